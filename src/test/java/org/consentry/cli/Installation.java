package org.consentry.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of the shipped jobs, mappings and sample clinic in a folder of its own, with a state
 * folder.
 */
final class Installation {

  /** What a run changes. */
  private static final List<String> CHANGED = List.of("state", "keys", "releases", "office");

  private final Path root;

  private Installation(Path root) {
    this.root = root;
  }

  /** What a command printed and how it ended. */
  record Answer(int exitCode, String out, String err) {

    /** The events of a command with {@code --json}. */
    List<JsonNode> events() {
      return out.lines().map(JsonMapper.shared()::readTree).toList();
    }

    /** Those of its events that are its answer. */
    List<JsonNode> results() {
      return events().stream()
          .filter(event -> event.path("event").asString().equals("result"))
          .toList();
    }
  }

  static Installation in(Path root) {
    return in(root, Path.of(""));
  }

  /** The same as a copy of the jobs, mappings and sample of another installation. */
  static Installation in(Path root, Path other) {
    for (String folder : List.of("jobs", "mappings", "sample-data")) {
      copy(other.resolve(folder), root.resolve(folder));
    }
    return new Installation(root);
  }

  Path root() {
    return root;
  }

  Path home() {
    return root.resolve("state");
  }

  /** Where an approver's key is. */
  Path keyOf(String approver) {
    return root.resolve(approver + ".key");
  }

  /** Pins people of the clinic as approvers, each with a new key. */
  void pinApprovers(String... names) {
    Approvers.pin(new StateFolder(home()), this::keyOf, names);
  }

  Path job(String name) {
    return root.resolve("jobs").resolve(name + ".yaml");
  }

  Path clinic(String table) {
    return root.resolve("sample-data/clinic").resolve(table + ".csv");
  }

  /** Runs a command in this process, with this installation's state folder. */
  Answer call(String... words) {
    return call(new StringWriter(), words);
  }

  /** The same, doing something at the moment the command announces a phase of its work. */
  Answer callAnd(String phase, Runnable then, String... words) {
    return call(new Listening(phase, then), words);
  }

  /** Notices a line and acts on the thread that prints it. */
  private static final class Listening extends StringWriter {
    private final String line;
    private final Runnable then;

    Listening(String line, Runnable then) {
      this.line = line;
      this.then = then;
    }

    @Override
    public void write(String text, int from, int length) {
      super.write(text, from, length);
      if (length == line.length() && text.startsWith(line, from)) {
        then.run();
      }
    }
  }

  /** A console without output. */
  static Console silent() {
    return new Console(
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        Console.Form.TEXT);
  }

  static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Answer call(StringWriter err, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(home().toString());
    return execute(err, all);
  }

  /** Runs a command that needs no state folder. */
  static Answer execute(List<String> words) {
    return execute(new StringWriter(), words);
  }

  private static Answer execute(StringWriter err, List<String> words) {
    StringWriter out = new StringWriter();
    String[] arguments = words.toArray(String[]::new);
    CommandLine line = Main.commandLine(arguments);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = Main.execute(line, arguments);
    if (Consoles.isJson(arguments)) {
      Events.require(out.toString(), code);
    }
    return new Answer(code, out.toString(), err.toString());
  }

  Answer run(String job) {
    return call("run", "--create-keys", "--threads", "2", job(job).toString());
  }

  /** The newest release of a job. */
  Path release(String job) {
    try (Stream<Path> list = Files.list(folder(job))) {
      return list.max(Path::compareTo).orElseThrow();
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  /** The folder of a job's releases: those of named people are in the clinic's own office. */
  private Path folder(String job) {
    boolean isInternal = read(job(job)).contains("internal: yes");
    return root.resolve(isInternal ? "office" : "releases").resolve(job);
  }

  /** All releases of a job, the oldest first. */
  List<Path> releases(String job) {
    Path folder = folder(job);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The only run that has not ended, or the newest of all. */
  RunRecord newestRun() {
    return new RunRecords(new StateFolder(home())).all().get(0);
  }

  /** How many files the newest run has in its working folder, by beginning and end of the name. */
  int staged(String beginning, String ending) {
    if (!Files.isDirectory(home().resolve("runs"))) {
      return 0;
    }
    List<RunRecord> runs = new RunRecords(new StateFolder(home())).all();
    if (runs.isEmpty()) {
      return 0;
    }
    Path work = Staging.of(root.resolve("releases"), runs.get(0).run()).work();
    String[] found =
        work.toFile()
            .list((directory, name) -> name.startsWith(beginning) && name.endsWith(ending));
    return found == null ? 0 : found.length;
  }

  /** Digests of the data files of a folder, by relative path. */
  static SortedMap<String, String> digests(Path folder) {
    SortedMap<String, String> digests = new TreeMap<>();
    for (Path file : files(folder)) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] digest = sha.digest(Files.readAllBytes(file));
        digests.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
      } catch (IOException | NoSuchAlgorithmException unreadable) {
        throw new IllegalStateException(unreadable);
      }
    }
    return digests;
  }

  /** Makes many more visits of the sample clinic's patients; some rows have line breaks. */
  void addVisits(int rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      LocalDate day = LocalDate.of(2016, 1, 1).plusDays((i * 31L) % 3800);
      text.append(String.format(Locale.ROOT, "W%07d,P%06d,", i, i * 7 % 1100 + 1));
      text.append(day).append(',').append(day).append("T09:30:00,follow-up,RN García,");
      text.append(i % 5 == 0 ? "\"Doing well.\nNo \"\"redness\"\".\"" : "Doing well.").append('\n');
    }
    append(clinic("visits"), text.substring(0, text.length() - 1));
  }

  /** Keeps a copy of everything a run changes, to begin again from there. */
  void keepCopy() {
    for (String folder : CHANGED) {
      if (Files.exists(root.resolve(folder))) {
        copy(root.resolve(folder), root.resolve("copy").resolve(folder));
      }
    }
  }

  /** Puts everything a run changes back to where it was. */
  void restoreCopy() {
    CHANGED.forEach(this::restoreCopyOf);
  }

  /** Puts one folder back to where it was. */
  void restoreCopyOf(String folder) {
    if (Files.exists(root.resolve(folder))) {
      delete(root.resolve(folder));
    }
    if (Files.exists(root.resolve("copy").resolve(folder))) {
      copy(root.resolve("copy").resolve(folder), root.resolve(folder));
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All files under a folder, sorted. */
  static List<Path> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void append(Path file, String line) {
    write(file, read(file) + line + "\n");
  }

  void replace(Path file, String from, String to) {
    String text = read(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("the file does not contain what is to be replaced");
    }
    write(file, text.replace(from, to));
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void write(Path file, String text) {
    try {
      if (isPosix()) {
        Files.createDirectories(
            file.toAbsolutePath().getParent(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Copies a folder with owners and permissions. */
  static void copy(Path from, Path to) {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
          if (isPosix()) {
            Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
          }
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether files here have owners and permissions. */
  static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}

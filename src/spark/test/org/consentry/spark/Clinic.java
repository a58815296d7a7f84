package org.consentry.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sample clinic in a folder of its own, and the program as it is installed. */
final class Clinic {

  private static final Path PROGRAM =
      Path.of(System.getProperty("consentry.folder", "")).toAbsolutePath().normalize();
  private static final String JOB = "jobs/outcomes-limited-data-set.yaml";
  private static final String RELEASES = "releases/outcomes-limited-data-set";

  /** Many splits, of which each is a task, and many part files. */
  private static final String OPTIONS =
      "-Dconsentry.splitBytes=30000 -Dconsentry.partRows=300 -Dconsentry.spark.startSeconds=30"
          + " -XX:TieredStopAtLevel=1";

  private final Path folder;

  private Clinic(Path folder) {
    this.folder = folder;
  }

  /** How the program ended, and what it printed. */
  record Ended(int exitCode, String text) {}

  static Clinic in(Path folder) throws IOException {
    Path root = PROGRAM.resolve("../..").normalize();
    for (String part : List.of("jobs", "mappings", "sample-data/clinic")) {
      try (Stream<Path> files = Files.walk(root.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = folder.resolve(root.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return new Clinic(folder);
  }

  Path folder() {
    return folder;
  }

  /** Where the program makes files that nothing depends on. */
  Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  /** Starts the program; its output goes to a file. */
  Process start(Path log, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.resolve("bin/consentry").toString());
    command.addAll(Arrays.asList(words));
    command.addAll(List.of("--home", "state"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CONSENTRY_JAVA_OPTS", OPTIONS);
    builder.environment().put("TMPDIR", temporary().toString());
    builder.environment().put("CONSENTRY_SPARK", System.getProperty("consentry.spark.folder", ""));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  Process startRun(Path log, List<String> engine) throws IOException {
    List<String> words = new ArrayList<>(List.of("run", JOB));
    words.addAll(engine);
    return start(log, words.toArray(String[]::new));
  }

  Ended end(Process process, Path log) throws IOException, InterruptedException {
    boolean hasEnded = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String text = Files.readString(log, StandardCharsets.UTF_8);
    if (!hasEnded) {
      throw new IllegalStateException("does not end: " + text);
    }
    return new Ended(process.exitValue(), text);
  }

  Ended run(String... words) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    return end(start(log, words), log);
  }

  /** The id of the run that a log is of. */
  static String id(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("run "))
        .map(line -> line.substring("run ".length()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Waits until so many splits of the run at work are done.
   *
   * @return how many are done; less than asked for when the process ended before
   */
  int awaitSplits(Process process, int count) throws IOException, InterruptedException {
    int done = 0;
    while (process.isAlive() && done < count) {
      process.waitFor(10, TimeUnit.MILLISECONDS);
      done = markers();
    }
    return done;
  }

  /** Markers of splits in the staging folders. */
  int markers() throws IOException {
    Path staging = folder.resolve("releases/.staging");
    if (!Files.isDirectory(staging)) {
      return 0;
    }
    try (Stream<Path> files = Files.find(staging, 3, (file, is) -> isMarker(file))) {
      return (int) files.count();
    } catch (java.io.UncheckedIOException changing) {
      return 0;
    }
  }

  private static boolean isMarker(Path file) {
    return file.toString().endsWith(".marker") && !file.toString().contains("~");
  }

  /** The newest release. */
  Path release() throws IOException {
    try (Stream<Path> folders = Files.list(folder.resolve(RELEASES))) {
      return folders.max((one, other) -> Integer.compare(number(one), number(other))).orElseThrow();
    }
  }

  private static int number(Path release) {
    String name = String.valueOf(release.getFileName());
    return Integer.parseInt(name.substring(name.lastIndexOf('r') + 1));
  }

  /** The bytes of every data file of the newest release, by name. */
  Map<String, String> data() throws IOException {
    Path data = release().resolve("data");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(data)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(
            data.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  /** What the manifest of the newest release states, but for what differs from run to run. */
  JsonNode manifest() throws IOException {
    ObjectNode stated = statement();
    stated.remove("changes");
    member(stated, "release").remove(List.of("name", "run", "createdAt", "ledgerHead", "previous"));
    member(stated, "consent").remove("decidedAt");
    member(stated, "software").remove("engine");
    return stated;
  }

  String engine() throws IOException {
    return member(statement(), "software").get("engine").asText();
  }

  private ObjectNode statement() throws IOException {
    byte[] manifest = Files.readAllBytes(release().resolve("manifest.json"));
    return member((ObjectNode) new ObjectMapper().readTree(manifest), "predicate");
  }

  private static ObjectNode member(ObjectNode of, String name) {
    return (ObjectNode) of.get(name);
  }
}

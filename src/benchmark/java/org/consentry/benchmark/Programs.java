package org.consentry.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.benchmark.Origin.Records;
import org.consentry.testing.Program;

/**
 * Runs the programs on the same files with the same number of threads, prints what each run took,
 * compares results, and counts the runs during which other processes were at work.
 */
final class Programs {

  /** The share of all processors' time from which other processes make figures worthless. */
  private static final double NOT_IDLE = 0.1;

  private final Settings settings;
  private final Starter starter;
  private final PrintStream out;
  private int runs;
  private int disturbed;
  private double mostOthers = -1;

  Programs(Settings settings, Starter starter, PrintStream out) {
    this.settings = settings;
    this.starter = starter;
    this.out = out;
  }

  Settings settings() {
    return settings;
  }

  /** Writes files into a folder. */
  @FunctionalInterface
  interface Writing {
    void to(Path folder) throws IOException;
  }

  /** Writes the files of a work, unless they are there. */
  void prepare(Work work) throws IOException {
    double gigabytes = prepare(clinic(work), work.people().count(), work::write) / 1e9;
    print("%s, %.2f GB %s", work.title(), gigabytes, work.javaOptions());
  }

  /**
   * Writes files, unless they are there.
   *
   * @return how many bytes the files of the folder have
   */
  double prepare(Path folder, int people, Writing files) throws IOException {
    Path done = folder.resolve("done-" + people);
    if (Files.notExists(done)) {
      delete(folder);
      files.to(folder);
      Files.createFile(done);
    }
    return size(folder);
  }

  /** Runs one of those that are compared. */
  Measured run(Engine engine, Work work, Format format) throws IOException, InterruptedException {
    return switch (engine) {
      case CONSENTRY -> consentry(work, format, Starter.Watch.NOTHING);
      case SORTED, UNSORTED -> duckdb(engine, work, format);
    };
  }

  /** Runs the program. */
  Measured consentry(Work work, Format format, Starter.Watch watch)
      throws IOException, InterruptedException {
    return consentry(work, format, "", watch);
  }

  /** Runs the program on the rows of a work wherever they are. */
  Measured consentry(Work work, Format format, Records records)
      throws IOException, InterruptedException {
    return consentry(work, format, records, "", Starter.Watch.NOTHING);
  }

  /**
   * Runs the program.
   *
   * @param rules lines that the job has besides
   */
  Measured consentry(Work work, Format format, String rules, Starter.Watch watch)
      throws IOException, InterruptedException {
    return consentry(work, format, Records.csv(clinic(work)), rules, watch);
  }

  private Measured consentry(
      Work work, Format format, Records records, String rules, Starter.Watch watch)
      throws IOException, InterruptedException {
    String mapping = Template.file("mapping.yaml", Map.of("tables", work.rules()));
    Path run = job(mapping, records, work.tables(), format, rules);
    return consentry(run, "job.yaml", work.javaOptions(), format.word(), watch);
  }

  /**
   * Writes a job, {@code job.yaml}, and its mapping.
   *
   * @param rules lines that the job has besides
   * @return their folder, which has nothing else
   */
  Path job(String mapping, Records records, List<String> tables, Format format, String rules)
      throws IOException {
    Path run = emptied("run");
    Files.writeString(run.resolve("mapping.yaml"), mapping);
    Map<String, String> values =
        Map.of(
            "source", records.source(),
            "consent", records.consent(),
            "tables", String.join(", ", tables),
            "format", format.word());
    Files.writeString(run.resolve("job.yaml"), Template.file("job.yaml", values) + rules);
    return run;
  }

  /**
   * Runs the program on a job that is in a folder already.
   *
   * @param options of its Java runtime, or nothing
   */
  Measured consentry(Path folder, String job, String options, String label, Starter.Watch watch)
      throws IOException, InterruptedException {
    return measure(Engine.CONSENTRY.title(), label, command(folder, job, options), watch);
  }

  /**
   * The words that run the program on a job that is in a folder already.
   *
   * @param options of its Java runtime, or nothing
   */
  List<String> command(Path folder, String job, String options) throws IOException {
    Files.createDirectories(folder.resolve("keys"));
    List<String> command = new ArrayList<>();
    if (!options.isEmpty()) {
      command.addAll(List.of("env", "CONSENTRY_JAVA_OPTS=" + options));
    }
    command.addAll(settings.program());
    command.addAll(
        List.of(
            "run",
            "--create-keys",
            "--home",
            folder.resolve("state").toString(),
            "--threads",
            Integer.toString(settings.threads()),
            folder.resolve(job).toString()));
    return command;
  }

  private Measured duckdb(Engine engine, Work work, Format format)
      throws IOException, InterruptedException {
    Path results = emptied(engine.name());
    String sql =
        Template.fill(
            Template.file("reference.sql", Map.of("copies", work.copies())),
            Map.of(
                "threads", Integer.toString(settings.threads()),
                "memory", "4GB",
                "temporary", emptied("temporary").toString(),
                "ipad", "36".repeat(64),
                "opad", "5c".repeat(64),
                "clinic", clinic(work).toString(),
                "out", results.toString(),
                "suffix", format.word(),
                "format", format.copy(),
                "order", engine.order()));
    Path file = settings.folder().resolve("reference.sql");
    Files.writeString(file, sql);
    List<String> options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    List<String> command = Program.java(options, Reference.class, List.of(file.toString())).words();
    return measure(engine.title(), format.word(), command, Starter.Watch.NOTHING);
  }

  /** Runs anything. */
  Measured measure(String title, String label, List<String> command, Starter.Watch watch)
      throws IOException, InterruptedException {
    Measured measured = starter.run(command, settings.folder().resolve("output.log"), watch);
    if (measured.exit() != 0) {
      throw new IllegalStateException(
          title + " ended with exit " + measured.exit() + ":\n" + measured.output());
    }
    print(
        "  %-15s %-7s %7.2f s %7.2f CPU s %6d MiB",
        title, label, measured.seconds(), measured.cpuSeconds(), measured.anonymousBytes() >> 20);
    runs++;
    disturbed += measured.othersShare() >= NOT_IDLE ? 1 : 0;
    mostOthers = Math.max(mostOthers, measured.othersShare());
    return measured;
  }

  /**
   * Compares what the program released last with what DuckDB wrote last.
   *
   * @throws IllegalStateException when they differ
   */
  void compare(Engine reference, Work work, Format format) throws IOException, SQLException {
    compare(reference.title(), settings.folder().resolve(reference.name()), work, format);
  }

  /**
   * Compares what the program released last with what another one wrote.
   *
   * @throws IllegalStateException when they differ
   */
  void compare(String reference, Path written, Work work, Format format)
      throws IOException, SQLException {
    List<Path> ours = files(settings.folder().resolve("run/releases"), "/data/", format);
    List<Path> theirs = files(written, "", format);
    String different =
        work.compared().entrySet().stream()
            .map(each -> each.getKey() + "::" + each.getValue())
            .map(each -> "ours." + each + " IS DISTINCT FROM reference." + each)
            .collect(Collectors.joining("\n    OR "));
    String sql =
        Template.file(
            "compare.sql",
            Map.of(
                "ours", format.reads(ours),
                "reference", format.reads(theirs),
                "different", different));
    String found = String.join("\n", Reference.run(sql));
    print("  compared with %s, %s: %s", reference, format.word(), found);
    if (!isEqual(found)) {
      throw new IllegalStateException("the results differ");
    }
  }

  private static List<Path> files(Path folder, String within, Format format) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> ("/" + folder.relativize(file)).contains(within))
          .filter(file -> file.toString().endsWith("." + format.word()))
          .sorted()
          .toList();
    }
  }

  /** There are rows, all have a counterpart with equal values, and codes and shifts correspond. */
  private static boolean isEqual(String found) {
    return found.matches(
        "rows=([1-9]\\d*) numbers=\\1 unpaired=0 different=0"
            + " codes=(\\d+) reference_codes=\\2 code_pairs=\\2 code_shifts=\\2");
  }

  /** Warns when other processes were at work, or that the system does not show it. */
  void warn() {
    if (mostOthers < 0) {
      print("WARNING: this system does not show whether the machine was idle");
    } else if (disturbed > 0) {
      print(
          "WARNING: the machine was not idle: in %d of %d runs other processes took %.0f %% or more"
              + " of the processors' time (up to %.0f %%); end them and measure again",
          disturbed, runs, NOT_IDLE * 100, mostOthers * 100);
    }
  }

  void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** A folder of this name without anything in it. */
  Path emptied(String name) throws IOException {
    Path folder = settings.folder().resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** The folder of the CSV files of a work. */
  Path clinic(Work work) {
    return settings.folder().resolve(work.folder());
  }

  private static double size(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
    }
  }
}

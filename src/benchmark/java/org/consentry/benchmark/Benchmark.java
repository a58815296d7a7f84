package org.consentry.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.testing.Program;

/**
 * Runs the program and DuckDB in turn on the same files with the same number of threads, compares
 * what they wrote and prints machine and load, then medians with minimum and maximum, slopes and
 * ratios. It warns when other processes were at work meanwhile.
 */
final class Benchmark {

  private static final Path FILES = Path.of("src/benchmark/clinic");
  private static final Path ZIPS =
      Path.of("src/main/resources/org/consentry/operator/zip3-census-2020.csv");

  /** The share of all processors' time from which other processes make figures worthless. */
  private static final double NOT_IDLE = 0.1;

  /**
   * What is measured.
   *
   * @param folder where everything is written
   * @param program the words that start the program, without its arguments
   * @param sizes rows of the event table; slopes need two sizes
   * @param patients rows of the table of people
   * @param repeats how often each program runs
   * @param threads how many threads each program may use
   */
  record Settings(
      Path folder, List<String> program, List<Long> sizes, int patients, int repeats, int threads) {

    Settings {
      folder = folder.toAbsolutePath();
      program = List.copyOf(program);
      sizes = List.copyOf(sizes);
    }

    /**
     * Reads the system properties {@code benchmark.folder}, {@code .program}, {@code .rows} (one
     * size or two), {@code .patients}, {@code .repeats} and {@code .threads}.
     */
    static Settings ofProperties() {
      return new Settings(
          Path.of(System.getProperty("benchmark.folder", "target/benchmark")),
          List.of(
              Path.of(System.getProperty("benchmark.program", "target/consentry/bin/consentry"))
                  .toAbsolutePath()
                  .toString()),
          Arrays.stream(System.getProperty("benchmark.rows", "5000000,20000000").split(",", -1))
              .map(size -> Long.valueOf(size.strip()))
              .toList(),
          Integer.getInteger("benchmark.patients", 500_000),
          Integer.getInteger("benchmark.repeats", 5),
          Integer.getInteger("benchmark.threads", Machine.PROCESSORS));
    }
  }

  /** What is written, in our words, in DuckDB's, and how DuckDB reads either. */
  private enum Format {
    CSV("csv", "FORMAT csv, HEADER", "read_csv([%s], header = true, all_varchar = true)"),
    PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd", "read_parquet([%s])");

    private final String word;
    private final String copy;
    private final String reading;

    Format(String word, String copy, String reading) {
      this.word = word;
      this.copy = copy;
      this.reading = reading;
    }

    String reads(List<Path> files) {
      String quoted =
          files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
      return String.format(Locale.ROOT, reading, quoted);
    }
  }

  /** What was run, and all its times. */
  private record Series(List<Double> seconds, List<Double> cpu, List<Long> memory) {

    Series() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Measured measured) {
      seconds.add(measured.seconds());
      cpu.add(measured.cpuSeconds());
      memory.add(measured.anonymousBytes());
    }

    long mebibytes() {
      return memory.stream().mapToLong(Long::longValue).max().orElse(-1) >> 20;
    }
  }

  /** The middle one of some figures, with the extremes. */
  private record Spread(double median, double least, double most) {

    static Spread of(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
    }
  }

  private final Settings settings;
  private final PrintStream out;
  private final Map<String, Series> times = new TreeMap<>();
  private int runs;
  private int disturbed;
  private double mostOthers = -1;

  Benchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * Runs everything.
   *
   * @param arguments none
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    new Benchmark(Settings.ofProperties(), System.out).run();
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException when a program fails or the results differ
   */
  void run() throws IOException, InterruptedException, SQLException {
    print("%s", Machine.describe());
    print("%s, DuckDB %s", Machine.jdk(), Reference.version());
    print("%s, load before it began %.2f", Instant.now(), Machine.load());
    print(
        "%d patients, %d threads, %d runs of each program in turn",
        settings.patients, settings.threads, settings.repeats);
    for (long rows : settings.sizes) {
      generate(rows);
      for (int repeat = 0; repeat < settings.repeats; repeat++) {
        for (Format format : Format.values()) {
          series("consentry", format, rows).add(consentry(rows, format));
          series("duckdb", format, rows).add(duckdb(rows, format));
          if (repeat == 0) {
            compare(rows, format);
          }
        }
      }
    }
    for (Format format : Format.values()) {
      report(format);
    }
    warn();
  }

  private void warn() {
    if (mostOthers < 0) {
      print("WARNING: this system does not show whether the machine was idle");
    } else if (disturbed > 0) {
      print(
          "WARNING: the machine was not idle: in %d of %d runs other processes took %.0f %% or more"
              + " of the processors' time (up to %.0f %%); end them and measure again",
          disturbed, runs, NOT_IDLE * 100, mostOthers * 100);
    }
  }

  private Series series(String engine, Format format, long rows) {
    return times.computeIfAbsent(engine + " " + format + " " + rows, key -> new Series());
  }

  private Path clinic(long rows) {
    return settings.folder.resolve("clinic-" + rows);
  }

  private void generate(long rows) throws IOException {
    Path done = clinic(rows).resolve("done-" + settings.patients);
    if (Files.notExists(done)) {
      delete(clinic(rows));
      Clinic.write(clinic(rows), rows, settings.patients);
      Files.createFile(done);
    }
    print("%d visits, %.2f GB", rows, Files.size(clinic(rows).resolve("visits.csv")) / 1e9);
  }

  private Measured consentry(long rows, Format format) throws IOException, InterruptedException {
    Path run = settings.folder.resolve("run");
    delete(run);
    Files.createDirectories(run.resolve("keys"));
    Files.copy(FILES.resolve("mapping.yaml"), run.resolve("mapping.yaml"));
    String job =
        Files.readString(FILES.resolve("job.yaml"))
            .replace("${clinic}", clinic(rows).toString())
            .replace("${format}", format.word);
    Files.writeString(run.resolve("job.yaml"), job);
    List<String> command = new ArrayList<>(settings.program);
    command.addAll(
        List.of(
            "run",
            "--create-keys",
            "--home",
            run.resolve("home").toString(),
            "--threads",
            Integer.toString(settings.threads),
            run.resolve("job.yaml").toString()));
    return measure("consentry", format, rows, command);
  }

  private Measured duckdb(long rows, Format format) throws IOException, InterruptedException {
    Path file = referenceFile(format);
    Files.deleteIfExists(file);
    List<String> command =
        reference(
            FILES.resolve("reference.sql"),
            Map.of(
                "threads", Integer.toString(settings.threads),
                "memory", "4GB",
                "ipad", "36".repeat(64),
                "opad", "5c".repeat(64),
                "clinic", clinic(rows).toString(),
                "zips", ZIPS.toAbsolutePath().toString(),
                "out", file.toString(),
                "format", format.copy));
    return measure("duckdb", format, rows, command);
  }

  private Path referenceFile(Format format) {
    return settings.folder.resolve("reference." + format.word);
  }

  private static List<String> reference(Path sql, Map<String, String> values) {
    List<String> arguments = new ArrayList<>(List.of(sql.toString()));
    values.forEach((name, value) -> arguments.add(name + "=" + value));
    List<String> options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    return Program.java(options, Reference.class, arguments).words();
  }

  private Measured measure(String engine, Format format, long rows, List<String> command)
      throws IOException, InterruptedException {
    Map<String, String> sameJdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    Measured measured = Measured.run(command, sameJdk, settings.folder.resolve(engine + ".log"));
    if (measured.exit() != 0) {
      throw new IllegalStateException(
          engine + " ended with exit " + measured.exit() + ":\n" + measured.output());
    }
    print(
        "  %-9s %-7s %10d rows %7.2f s %7.2f CPU s %6d MiB",
        engine,
        format.word,
        rows,
        measured.seconds(),
        measured.cpuSeconds(),
        measured.anonymousBytes() >> 20);
    runs++;
    disturbed += measured.othersShare() >= NOT_IDLE ? 1 : 0;
    mostOthers = Math.max(mostOthers, measured.othersShare());
    return measured;
  }

  private void compare(long rows, Format format) throws IOException, InterruptedException {
    Measured compared =
        Measured.run(
            reference(
                FILES.resolve("compare.sql"),
                Map.of(
                    "ours", format.reads(parts(format)),
                    "reference", format.reads(List.of(referenceFile(format))))),
            Map.of(),
            settings.folder.resolve("compare.log"));
    String found = compared.output().strip();
    print("  compared %-7s %10d rows: %s", format.word, rows, found);
    if (compared.exit() != 0 || !isEqual(found)) {
      throw new IllegalStateException("the results differ");
    }
  }

  /** One file, or a folder of parts. */
  private List<Path> parts(Format format) throws IOException {
    try (Stream<Path> all = Files.walk(settings.folder.resolve("run/releases"))) {
      return all.filter(file -> file.toString().contains("/data/visits"))
          .filter(file -> file.toString().endsWith("." + format.word))
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

  private void report(Format format) {
    for (long rows : settings.sizes) {
      print(
          "%s %d rows: peak anonymous memory consentry %d MiB, duckdb %d MiB",
          format,
          rows,
          series("consentry", format, rows).mebibytes(),
          series("duckdb", format, rows).mebibytes());
    }
    report(format, "wall s", Series::seconds);
    report(format, "CPU s", Series::cpu);
  }

  private void report(Format format, String unit, Function<Series, List<Double>> measure) {
    List<Spread> ours = spreads("consentry", format, measure);
    List<Spread> reference = spreads("duckdb", format, measure);
    for (int i = 0; i < ours.size(); i++) {
      print(
          "%s %d rows, %s: consentry %s, duckdb %s, ratio %.2f",
          format,
          settings.sizes.get(i),
          unit,
          ours.get(i),
          reference.get(i),
          ours.get(i).median / reference.get(i).median);
    }
    if (ours.size() == 2) {
      double slope = slope(ours);
      double referenceSlope = slope(reference);
      print(
          "%s marginal %s per million rows: consentry %.3f, duckdb %.3f, ratio %.2f",
          format, unit, slope, referenceSlope, slope / referenceSlope);
      double millions = settings.sizes.get(0) / 1e6;
      print(
          "%s fixed %s: consentry %.2f, duckdb %.2f",
          format,
          unit,
          ours.get(0).median - slope * millions,
          reference.get(0).median - referenceSlope * millions);
    }
  }

  /** By how much the median grows a million rows. */
  private double slope(List<Spread> spreads) {
    double millions = (settings.sizes.get(1) - settings.sizes.get(0)) / 1e6;
    return (spreads.get(1).median - spreads.get(0).median) / millions;
  }

  private List<Spread> spreads(
      String engine, Format format, Function<Series, List<Double>> measure) {
    return settings.sizes.stream()
        .map(rows -> Spread.of(measure.apply(series(engine, format, rows))))
        .toList();
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
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

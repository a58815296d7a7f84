package org.consentry.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the program and DuckDB in turn on the same files with the same number of threads, compares
 * what they wrote and prints medians, slopes and ratios.
 *
 * <p>System properties: {@code benchmark.rows} (two sizes), {@code benchmark.patients}, {@code
 * benchmark.repeats}, {@code benchmark.threads}, {@code benchmark.folder}, {@code
 * benchmark.program}.
 */
final class Benchmark {

  private static final Path FILES = Path.of("src/benchmark/clinic");
  private static final Path ZIPS =
      Path.of("src/main/resources/org/consentry/transform/zip3-census-2020.csv");

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

    double median() {
      return median(seconds);
    }

    double cpuMedian() {
      return median(cpu);
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    long mebibytes() {
      return memory.stream().mapToLong(Long::longValue).max().orElse(-1) >> 20;
    }
  }

  private final Path folder = Path.of(System.getProperty("benchmark.folder", "target/benchmark"));
  private final Path program =
      Path.of(System.getProperty("benchmark.program", "target/consentry/bin/consentry"));
  private final int patients = Integer.getInteger("benchmark.patients", 500_000);
  private final int repeats = Integer.getInteger("benchmark.repeats", 3);
  private final int threads =
      Integer.getInteger("benchmark.threads", Runtime.getRuntime().availableProcessors());
  private final long[] sizes =
      Arrays.stream(System.getProperty("benchmark.rows", "5000000,20000000").split(",", -1))
          .mapToLong(size -> Long.parseLong(size.strip()))
          .toArray();
  private final Map<String, Series> times = new TreeMap<>();

  private Benchmark() {}

  /**
   * Runs everything.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Benchmark().run();
  }

  private void run() throws IOException, InterruptedException {
    say(
        "%d processors, %d threads, Java %s, %d patients, median of %d",
        Runtime.getRuntime().availableProcessors(), threads, Runtime.version(), patients, repeats);
    for (long rows : sizes) {
      generate(rows);
      for (int repeat = 0; repeat < repeats; repeat++) {
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
  }

  private Series series(String engine, Format format, long rows) {
    return times.computeIfAbsent(engine + " " + format + " " + rows, key -> new Series());
  }

  private Path clinic(long rows) {
    return folder.resolve("clinic-" + rows).toAbsolutePath();
  }

  private void generate(long rows) throws IOException {
    Path done = clinic(rows).resolve("done-" + patients);
    if (Files.notExists(done)) {
      delete(clinic(rows));
      Clinic.write(clinic(rows), rows, patients);
      Files.createFile(done);
    }
    say("%d visits, %.2f GB", rows, Files.size(clinic(rows).resolve("visits.csv")) / 1e9);
  }

  private Measured consentry(long rows, Format format) throws IOException, InterruptedException {
    Path run = folder.resolve("run").toAbsolutePath();
    delete(run);
    Files.createDirectories(run.resolve("keys"));
    Files.copy(FILES.resolve("mapping.yaml"), run.resolve("mapping.yaml"));
    String job =
        Files.readString(FILES.resolve("job.yaml"))
            .replace("${clinic}", clinic(rows).toString())
            .replace("${format}", format.word);
    Files.writeString(run.resolve("job.yaml"), job);
    List<String> command =
        List.of(
            program.toAbsolutePath().toString(),
            "run",
            "--create-keys",
            "--home",
            run.resolve("home").toString(),
            "--threads",
            Integer.toString(threads),
            run.resolve("job.yaml").toString());
    return measure("consentry", format, rows, command);
  }

  private Measured duckdb(long rows, Format format) throws IOException, InterruptedException {
    Path out = twinFile(format);
    Files.deleteIfExists(out);
    List<String> command =
        new ArrayList<>(
            twin(
                FILES.resolve("twin.sql"),
                Map.of(
                    "threads", Integer.toString(threads),
                    "memory", "4GB",
                    "ipad", "36".repeat(64),
                    "opad", "5c".repeat(64),
                    "clinic", clinic(rows).toString(),
                    "zips", ZIPS.toAbsolutePath().toString(),
                    "out", out.toString(),
                    "format", format.copy)));
    return measure("duckdb", format, rows, command);
  }

  private Path twinFile(Format format) {
    return folder.resolve("twin." + format.word).toAbsolutePath();
  }

  private static List<String> twin(Path sql, Map<String, String> values) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Twin.class.getName(),
                sql.toString()));
    values.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  private Measured measure(String engine, Format format, long rows, List<String> command)
      throws IOException, InterruptedException {
    Measured measured = Measured.run(command, Map.of(), folder.resolve(engine + ".log"));
    if (measured.exit() != 0) {
      throw new IllegalStateException(
          engine + " ended with exit " + measured.exit() + ":\n" + measured.output());
    }
    say(
        "  %-9s %-7s %10d rows %7.2f s %7.2f CPU s %6d MiB",
        engine, format.word, rows, measured.seconds(), measured.cpuSeconds(), measured.anonymousBytes() >> 20);
    return measured;
  }

  private void compare(long rows, Format format) throws IOException, InterruptedException {
    Measured compared =
        Measured.run(
            twin(
                FILES.resolve("compare.sql"),
                Map.of(
                    "ours", format.reads(parts(format)),
                    "twin", format.reads(List.of(twinFile(format))))),
            Map.of(),
            folder.resolve("compare.log"));
    String found = compared.output().strip();
    say("  compared %-7s %10d rows: %s", format.word, rows, found);
    if (compared.exit() != 0 || !found.contains(" unpaired=0 different=0 ") || !oneToOne(found)) {
      throw new IllegalStateException("the results differ");
    }
  }

  /** One file, or a folder of parts. */
  private List<Path> parts(Format format) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("run/releases").toAbsolutePath())) {
      return all.filter(file -> file.toString().contains("/data/visits"))
          .filter(file -> file.toString().endsWith("." + format.word))
          .sorted()
          .toList();
    }
  }

  /** Codes, their twins, pairs and shifts are all as many. */
  private static boolean oneToOne(String found) {
    return found.matches("(?s).*codes=(\\d+) twin_codes=\\1 code_pairs=\\1 code_shifts=\\1");
  }

  private void report(Format format) {
    for (long rows : sizes) {
      Series ours = series("consentry", format, rows);
      Series twin = series("duckdb", format, rows);
      say(
          "%s %d rows: peak anonymous memory consentry %d MiB, duckdb %d MiB",
          format, rows, ours.mebibytes(), twin.mebibytes());
    }
    report(format, "wall s", Series::median);
    report(format, "CPU s", Series::cpuMedian);
  }

  private void report(Format format, String unit, ToDoubleFunction<Series> measure) {
    double[] ours = measures("consentry", format, measure);
    double[] twin = measures("duckdb", format, measure);
    for (int i = 0; i < sizes.length; i++) {
      say(
          "%s %d rows, %s: consentry %.2f, duckdb %.2f, ratio %.2f",
          format, sizes[i], unit, ours[i], twin[i], ours[i] / twin[i]);
    }
    if (sizes.length == 2) {
      double millions = (sizes[1] - sizes[0]) / 1e6;
      double slope = (ours[1] - ours[0]) / millions;
      double twinSlope = (twin[1] - twin[0]) / millions;
      say(
          "%s marginal %s per million rows: consentry %.3f, duckdb %.3f, ratio %.2f",
          format, unit, slope, twinSlope, slope / twinSlope);
      say(
          "%s fixed %s: consentry %.2f, duckdb %.2f",
          format, unit, ours[0] - slope * sizes[0] / 1e6, twin[0] - twinSlope * sizes[0] / 1e6);
    }
  }

  private double[] measures(String engine, Format format, ToDoubleFunction<Series> measure) {
    return Arrays.stream(sizes)
        .mapToDouble(rows -> measure.applyAsDouble(series(engine, format, rows)))
        .toArray();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
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

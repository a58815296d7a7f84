package org.consentry.connector;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.benchmark.Resources;
import org.consentry.connector.fhir.FhirSource;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;

/**
 * Prints how many megabytes of resources a second of processor time reads, for one view each of
 * patients, encounters, conditions and procedures, for all four, and for two views of each in one
 * pass; and the most bytes that the cells of a batch have. Resources are invented and have the
 * elements of a usual export. Processor time of the one reading thread is taken, so that other work
 * on the machine weighs little; the best of several rounds counts. Arguments: resources of all
 * types, patients (one has all of them), rounds.
 */
public final class FhirBenchmark {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Path folder;
  private final int patients;
  private final int rounds;
  private final PrintStream out;

  private FhirBenchmark(Path folder, int patients, int rounds, PrintStream out) {
    this.folder = folder;
    this.patients = patients;
    this.rounds = rounds;
    this.out = out;
  }

  /** Reads all types. */
  public static void main(String[] arguments) throws IOException {
    int resources = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int patients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
    run(resources, patients, rounds, System.out);
  }

  /** The same with other numbers and another place to print to. */
  public static void run(int resources, int patients, int rounds, PrintStream out)
      throws IOException {
    Path folder = Files.createTempDirectory("fhir-benchmark");
    try {
      new FhirBenchmark(folder, patients, rounds, out).run(resources);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void run(int resources) throws IOException {
    new Resources(patients, Math.max(1, (resources - patients) / 3)).write(folder);
    FhirSource source =
        new FhirSource(new FhirSource.Config(".", ".", Optional.empty()), folder, 64L << 20);
    double seconds = 0;
    double megabytes = 0;
    long most = 0;
    for (String name : Resources.tables()) {
      Reading best = new Reading(Double.MAX_VALUE, 0);
      for (int round = 0; round < rounds; round++) {
        Reading reading = read(source.table(name).orElseThrow());
        best = reading.seconds() < best.seconds() ? reading : best;
      }
      double size = source.table(name).orElseThrow().size() / 1e6;
      print(name, size, best.seconds());
      seconds += best.seconds();
      megabytes += size;
      most = Math.max(most, best.mostBytes());
    }
    print("all four", megabytes, seconds);
    double together = 0;
    for (String name : Resources.tables()) {
      SourceTable table = source.table(name).orElseThrow();
      double best = Double.MAX_VALUE;
      for (int round = 0; round < rounds; round++) {
        best = Math.min(best, readTwice(table));
      }
      together += best;
    }
    print("two views", megabytes, together);
    out.printf(Locale.ROOT, "%-10s %,d bytes in the cells of a batch%n", "at most", most);
  }

  private void print(String name, double megabytes, double seconds) {
    out.printf(
        Locale.ROOT, "%-10s %.1f MB, %.0f MB a CPU second%n", name, megabytes, megabytes / seconds);
  }

  private record Reading(double seconds, long mostBytes) {}

  /** Cuts a table into splits and reads all of them for two tables alike; gives CPU seconds. */
  private static double readTwice(SourceTable table) {
    List<Integer> columns = IntStream.range(0, table.columns().size()).boxed().toList();
    SharedRecords.Wanted wanted = new SharedRecords.Wanted(table, columns);
    SharedRecords records = table.records().orElseThrow();
    long start = THREADS.getCurrentThreadCpuTime();
    for (Split split : table.splits()) {
      try (BatchReader reader = records.open(split, List.of(wanted, wanted))) {
        while (reader.next().isPresent()) {
          // Reads all rows of both.
        }
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
  }

  /** Cuts a table into splits and reads all of them. */
  private static Reading read(SourceTable table) {
    List<Integer> columns = IntStream.range(0, table.columns().size()).boxed().toList();
    long most = 0;
    long start = THREADS.getCurrentThreadCpuTime();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          most = Math.max(most, ((BytesColumn) batch.get().columns().get(0)).buffer().length);
        }
      }
    }
    return new Reading((THREADS.getCurrentThreadCpuTime() - start) / 1e9, most);
  }
}

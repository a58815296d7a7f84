package org.consentry.connector;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.consentry.connector.csv.CsvSink;
import org.consentry.connector.parquet.Compression;
import org.consentry.connector.parquet.PageLayout;
import org.consentry.connector.parquet.ParquetSink;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;

/**
 * Prints, for columns as a clinic's release has them, processor nanoseconds and bytes a value of
 * three writers: CSV, our own Parquet pages, parquet-hadoop's stock column writers. Processor time
 * of the one writing thread is taken, so that other work on the machine weighs little; the best of
 * several rounds counts. Arguments: rows, rounds.
 */
public final class SinkBenchmark {

  private static final int BATCH = 1 << 15;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int rows;
  private final int rounds;
  private final Path folder;
  private final PrintStream out;

  private SinkBenchmark(int rows, int rounds, Path folder, PrintStream out) {
    this.rows = rows;
    this.rounds = rounds;
    this.folder = folder;
    this.out = out;
  }

  /** Runs every column alone and all of them as one table. */
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1 << 20;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    run(rows, rounds, System.out);
  }

  /** The same with other numbers and another place to print to. */
  public static void run(int rows, int rounds, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("sink-benchmark");
    try {
      new SinkBenchmark(rows, rounds, folder, out).run();
    } finally {
      Files.delete(folder);
    }
  }

  private void run() throws IOException {
    Map<String, BiFunction<Path, Schema, PartWriter>> writers = new LinkedHashMap<>();
    writers.put("csv", (file, schema) -> new CsvSink().open(file, schema, Map.of()));
    writers.put(
        "own pages",
        (file, schema) ->
            new ParquetSink(Compression.ZSTD, PageLayout.DEFAULT).open(file, schema, Map.of()));
    writers.put(
        "own, no zstd",
        (file, schema) ->
            new ParquetSink(Compression.NONE, PageLayout.DEFAULT).open(file, schema, Map.of()));
    writers.put(
        "stock columns",
        (file, schema) -> new StockParquetPart(file, schema, Map.of(), Compression.ZSTD));

    List<Field> fields = new ArrayList<>();
    List<List<Column>> columns = new ArrayList<>();
    columns()
        .forEach(
            (field, batches) -> {
              fields.add(field);
              columns.add(batches);
            });
    out.printf(Locale.ROOT, "%-22s", "ns / bytes a value");
    writers.keySet().forEach(name -> out.printf(Locale.ROOT, "%20s", name));
    out.println();
    measure("all columns, a row", fields, columns, writers);
    for (int i = 0; i < fields.size(); i++) {
      measure(fields.get(i).name(), List.of(fields.get(i)), List.of(columns.get(i)), writers);
    }
  }

  private void measure(
      String name,
      List<Field> fields,
      List<List<Column>> columns,
      Map<String, BiFunction<Path, Schema, PartWriter>> writers)
      throws IOException {
    Schema schema = new Schema("visits", fields);
    List<RowBatch> batches = new ArrayList<>();
    for (int b = 0; b < columns.get(0).size(); b++) {
      int index = b;
      List<Column> parts = columns.stream().map(column -> column.get(index)).toList();
      batches.add(new RowBatch(parts.get(0).rows(), parts, List.of(), row -> row));
    }
    double[] best = new double[writers.size()];
    double[] bytes = new double[writers.size()];
    Arrays.fill(best, Double.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      int w = 0;
      for (BiFunction<Path, Schema, PartWriter> open : writers.values()) {
        Path file = folder.resolve("part");
        long start = THREADS.getCurrentThreadCpuTime();
        try (PartWriter writer = open.apply(file, schema)) {
          batches.forEach(writer::write);
          bytes[w] = (double) writer.finish().bytes() / rows;
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        Files.delete(file);
        best[w] = Math.min(best[w], (double) nanos / rows);
        w++;
      }
    }
    out.printf(Locale.ROOT, "%-22s", name);
    for (int w = 0; w < best.length; w++) {
      out.printf(Locale.ROOT, "%10.1f /%8.2f", best[w], bytes[w]);
    }
    out.println();
  }

  private Map<Field, List<Column>> columns() {
    SplittableRandom random = new SplittableRandom(7);
    int patients = rows / 10;
    String[] codes = new String[patients];
    for (int i = 0; i < patients; i++) {
      codes[i] = code(random);
    }
    int[] patientOf = random.ints(rows, 0, patients).toArray();
    Map<Field, List<Column>> columns = new LinkedHashMap<>();
    columns.put(field("visit code", FieldType.CODE), texts(row -> code(random)));
    columns.put(
        field("patient, grouped", FieldType.CODE), texts(row -> codes[row / 10 % patients]));
    columns.put(field("patient, mixed", FieldType.CODE), texts(row -> codes[patientOf[row]]));
    columns.put(field("sex", FieldType.CODE), texts(row -> random.nextInt(2) == 0 ? "F" : "M"));
    columns.put(field("diagnosis", FieldType.CODE), texts(row -> "H02." + random.nextInt(500)));
    columns.put(
        field("short text", FieldType.TEXT),
        texts(
            row ->
                "seen by nurse " + random.nextInt(900) + ", no complaint " + random.nextInt(9999)));
    columns.put(
        field("shifted date", FieldType.DATE), longs(row -> 16_000 + random.nextLong(4_000)));
    columns.put(
        field("timestamp", FieldType.TIMESTAMP),
        longs(row -> 1_500_000_000_000_000L + random.nextLong(1 << 20) * 60_000_000L));
    columns.put(field("age", FieldType.INTEGER), longs(row -> random.nextLong(90)));
    columns.put(field("charge", FieldType.decimal(9, 2)), longs(row -> random.nextLong(1_000_000)));
    columns.put(
        field("mostly missing", FieldType.INTEGER),
        longs(row -> random.nextInt(20) == 0 ? random.nextLong(50) : LongColumn.MISSING));
    return columns;
  }

  private static Field field(String name, FieldType type) {
    return new Field(name, type, "");
  }

  private static String code(SplittableRandom random) {
    char[] letters = new char[26];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32));
    }
    return new String(letters);
  }

  private List<Column> longs(IntToLongFunction value) {
    List<Column> batches = new ArrayList<>();
    for (int from = 0; from < rows; from += BATCH) {
      long[] longs = new long[Math.min(BATCH, rows - from)];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = value.applyAsLong(from + i);
      }
      batches.add(new LongColumn(longs.length, longs));
    }
    return batches;
  }

  /** Each row has a range of its own, as when values come straight from a file. */
  private List<Column> texts(IntFunction<String> value) {
    List<Column> batches = new ArrayList<>();
    for (int from = 0; from < rows; from += BATCH) {
      int size = Math.min(BATCH, rows - from);
      int[] starts = new int[size];
      int[] ends = new int[size];
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < size; i++) {
        starts[i] = text.length();
        text.append(value.apply(from + i));
        ends[i] = text.length();
      }
      batches.add(
          new BytesColumn(size, text.toString().getBytes(StandardCharsets.US_ASCII), starts, ends));
    }
    return batches;
  }
}

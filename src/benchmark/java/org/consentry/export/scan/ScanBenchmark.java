package org.consentry.export.scan;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.connector.csv.CsvSink;
import org.consentry.connector.parquet.ParquetSink;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.Parallel;

/**
 * Prints processor nanoseconds a cell of the scan, for a table of visits with eleven columns as CSV
 * and as Parquet, against the identifiers of a source. Arguments: rows, people of the source.
 */
public final class ScanBenchmark {

  private static final int BATCH = 1 << 15;
  private static final CodeForm PERSON = new CodeForm("P");
  private static final CodeForm VISIT = new CodeForm("V");
  private static final String[] CODES = {"15822", "15823", "67904", "67900", "99213"};
  private static final String[] LABELS = {
    "Blepharoplasty, upper eyelid", "Repair of ptosis", "Office visit", "Follow-up", "Consultation"
  };

  private final int rows;
  private final int people;
  private final SplittableRandom random = new SplittableRandom(7);

  private ScanBenchmark(int rows, int people) {
    this.rows = rows;
    this.people = people;
  }

  /** Runs at the usual size. */
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int people = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    run(rows, people, System.out);
  }

  /** The same with other numbers and another place to print to. */
  public static void run(int rows, int people, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("scan-benchmark");
    try {
      new ScanBenchmark(rows, people).run(folder, out);
    } finally {
      Files.delete(folder);
    }
  }

  private void run(Path folder, PrintStream out) throws IOException {
    byte[][] codes = new byte[people][PERSON.size()];
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    for (byte[] code : codes) {
      code(PERSON, code);
      builder.addSubject(new String(code, StandardCharsets.US_ASCII));
      builder.add(String.format(Locale.ROOT, "%09d", random.nextInt(1_000_000_000)));
      builder.add("Name" + letters(random.nextInt()));
      builder.addDate(new String(code, StandardCharsets.US_ASCII), 9_000 + random.nextInt(9_000));
    }
    IdentifierSet set = builder.build();
    out.printf(Locale.ROOT, "identifiers %s%n", set.sizes());
    for (Sink sink : List.of(new CsvSink(), new ParquetSink())) {
      Path file = folder.resolve("visits." + sink.extension());
      write(sink, file, codes);
      scan(folder, set, sink.format(), out);
      Files.delete(file);
    }
  }

  private static void scan(Path folder, IdentifierSet set, String format, PrintStream out) {
    ScanRules rules =
        new ScanRules(
            ScanRules.Patterns.US, ScanRules.FinestDate.DAY, ScanRules.OwnDates.FORBIDDEN, 3, 90);
    double best = Double.MAX_VALUE;
    long cells = 0;
    for (int round = 0; round < 3; round++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      cells = ReleaseScan.scan(folder, set, rules, Parallel.onCallingThread()).cells();
      long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      best = Math.min(best, (double) time / cells);
    }
    out.printf(Locale.ROOT, "%s: %,d cells, %.1f ns a cell%n", format, cells, best);
  }

  private static String letters(int number) {
    StringBuilder text = new StringBuilder();
    for (char c : Integer.toHexString(number).toCharArray()) {
      text.append((char) ('a' + Character.digit(c, 16)));
    }
    return text.toString();
  }

  private void code(CodeForm form, byte[] into) {
    byte[] bytes = new byte[Codes.BYTES];
    random.nextBytes(bytes);
    form.encode(bytes, 0, into, 0);
  }

  private void write(Sink sink, Path file, byte[][] codes) {
    List<Field> fields = new ArrayList<>();
    for (String column :
        List.of("patient_id", "visit_id", "cpt_code", "label", "laterality", "insurer")) {
      fields.add(new Field(column, FieldType.CODE, ""));
    }
    fields.add(new Field("visited_on", FieldType.DATE, ""));
    fields.add(new Field("returned_on", FieldType.DATE, ""));
    for (String column : List.of("sequence", "units", "age_at_visit")) {
      fields.add(new Field(column, FieldType.INTEGER, ""));
    }
    try (PartWriter writer = sink.open(file, new Schema("visits", fields), Map.of())) {
      for (int from = 0; from < rows; from += BATCH) {
        writer.write(batch(from, Math.min(BATCH, rows - from), codes));
      }
      writer.finish();
    }
  }

  private RowBatch batch(int from, int size, byte[][] codes) {
    byte[] visit = new byte[VISIT.size()];
    byte[][] columns = new byte[6][];
    List<Column> all = new ArrayList<>();
    Texts6 texts = new Texts6(size);
    long[][] numbers = new long[5][size];
    for (int row = 0; row < size; row++) {
      int person = (int) ((long) (from + row) * codes.length / rows);
      code(VISIT, visit);
      columns[0] = codes[person];
      columns[1] = visit;
      columns[2] = ascii(CODES[random.nextInt(CODES.length)]);
      columns[3] = ascii(LABELS[random.nextInt(LABELS.length)]);
      columns[4] = ascii(random.nextBoolean() ? "left" : "right");
      columns[5] = ascii("Insurer " + random.nextInt(40));
      texts.add(columns);
      long day = LocalDate.of(2018, 1, 1).toEpochDay() + random.nextInt(3_000);
      numbers[0][row] = day;
      numbers[1][row] = day + random.nextInt(100);
      numbers[2][row] = (long) from + row;
      numbers[3][row] = random.nextInt(10);
      numbers[4][row] = random.nextInt(91);
    }
    all.addAll(texts.columns());
    Arrays.stream(numbers).map(values -> new LongColumn(size, values)).forEach(all::add);
    return new RowBatch(size, all, List.of(), row -> row);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Six columns of text in one buffer. */
  private static final class Texts6 {

    private final int[][] starts;
    private final int[][] ends;
    private final byte[] buffer;
    private int used;
    private int row;

    Texts6(int rows) {
      starts = new int[6][rows];
      ends = new int[6][rows];
      buffer = new byte[rows * 160];
    }

    void add(byte[][] cells) {
      for (int i = 0; i < cells.length; i++) {
        starts[i][row] = used;
        System.arraycopy(cells[i], 0, buffer, used, cells[i].length);
        used += cells[i].length;
        ends[i][row] = used;
      }
      row++;
    }

    List<Column> columns() {
      List<Column> all = new ArrayList<>();
      for (int i = 0; i < starts.length; i++) {
        all.add(new BytesColumn(row, buffer, starts[i], ends[i]));
      }
      return all;
    }
  }
}

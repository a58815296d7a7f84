package org.consentry.connector.fhir;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RowBatch;
import org.jspecify.annotations.Nullable;

/** The rows that are made of the resources of one split. Not thread-safe. */
final class ResourceRows implements BatchReader {

  /** What makes rows of resources. */
  interface Maker {

    /** The type of resource. */
    String resource();

    /** The elements that it reads. */
    Shape shape();

    /** The name of a column. */
    String column(int position);

    /**
     * The rows of a resource, each with a cell for every column.
     *
     * @param resource what was read of it
     * @param bytes have its JSON, which ends at {@code to}
     */
    List<@Nullable Item[]> rows(Item.Complex resource, byte[] bytes, int from, int to)
        throws Failure;
  }

  private static final int MOST_ROWS = 1 << 15;
  private static final int MOST_BYTES = 1 << 23;

  private final LineReader lines;
  private final FhirProblems problems;
  private final Maker maker;
  private final ResourceReader resources;
  private final int[] columns;

  private byte[] bytes = new byte[1 << 16];
  private int used;
  private int rows;
  private int[][] starts;
  private int[][] ends;
  private long[] numbers = new long[1 << 10];

  ResourceRows(
      LineReader lines, FhirProblems problems, Maker maker, List<Integer> columns, int longest) {
    this.lines = lines;
    this.problems = problems;
    this.maker = maker;
    this.resources = new ResourceReader(maker.shape(), longest);
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.starts = new int[this.columns.length][numbers.length];
    this.ends = new int[this.columns.length][numbers.length];
  }

  @Override
  public Optional<RowBatch> next() {
    rows = 0;
    used = 0;
    while (rows < MOST_ROWS && used < MOST_BYTES && lines.next()) {
      resource();
    }
    return rows == 0 ? Optional.empty() : Optional.of(batch());
  }

  private void resource() {
    try {
      Item.Complex resource = resources.read(lines.buffer(), lines.from(), lines.to());
      if (!resource.text("resourceType").equals(maker.resource())) {
        throw problems.wrongType(lines.number(), maker.resource());
      }
      for (@Nullable Item[] row : maker.rows(resource, lines.buffer(), lines.from(), lines.to())) {
        add(row);
      }
    } catch (Failure failure) {
      throw problems.resource(lines.number(), failure);
    }
  }

  private void add(@Nullable Item[] row) throws Failure {
    if (rows == numbers.length) {
      grow();
    }
    for (int slot = 0; slot < columns.length; slot++) {
      Item item = row[columns[slot]];
      starts[slot][rows] = BytesColumn.MISSING;
      if (item == null) {
        continue;
      }
      if (!(item instanceof Item.Primitive value)) {
        throw new Failure(
            "column '"
                + maker.column(columns[slot])
                + "' is no single value but has elements of its own",
            "name one of them in the view");
      }
      if (!value.released().isEmpty()) {
        starts[slot][rows] = used;
        append(value.released());
        ends[slot][rows] = used;
      }
    }
    numbers[rows] = lines.number();
    rows++;
  }

  private void grow() {
    numbers = Arrays.copyOf(numbers, rows * 2);
    for (int slot = 0; slot < columns.length; slot++) {
      starts[slot] = Arrays.copyOf(starts[slot], numbers.length);
      ends[slot] = Arrays.copyOf(ends[slot], numbers.length);
    }
  }

  /** Appends UTF-8; most values are ASCII. */
  private void append(String text) {
    int length = text.length();
    ensure(length * 3);
    int at = used;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, used, encoded.length);
        used += encoded.length;
        return;
      }
      bytes[at++] = (byte) c;
    }
    used = at;
  }

  private void ensure(int more) {
    if (bytes.length - used < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
    }
  }

  private RowBatch batch() {
    List<Column> batch = new ArrayList<>();
    for (int slot = 0; slot < columns.length; slot++) {
      batch.add(new BytesColumn(rows, bytes, starts[slot], ends[slot]));
    }
    long[] lineOfRow = numbers;
    return new RowBatch(rows, batch, List.of(), row -> lineOfRow[row]);
  }

  @Override
  public void close() {
    lines.close();
  }
}

package org.consentry.connector.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.connector.BatchReader;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;

/**
 * Reads any dialect and encoding by commons-csv, record by record: the definition of what the
 * dialects mean, and the way for those {@link SlabReader} does not understand. Gives the same
 * batches, rejections and errors as it.
 */
final class RecordReader implements BatchReader {

  private static final int MAX_ROWS = 1 << 15;
  private static final int MAX_BYTES = 1 << 23;

  private final CsvProblems problems;
  private final RecordGuard guard;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final int width;
  private final List<Integer> columns;

  private byte[] bytes = new byte[1 << 16];
  private int used;
  private final int[][] starts;
  private final int[][] ends;
  private long[] lines = new long[1 << 10];
  private int rows;

  /**
   * Begins to read.
   *
   * @param input the bytes, after a byte order mark
   * @param width fields of every record, or 0 when only one record of any width is read with {@link
   *     #single}
   */
  RecordReader(
      InputStream input,
      CsvProblems problems,
      ReadSetup setup,
      int width,
      long firstLine,
      List<Integer> columns) {
    this.problems = problems;
    this.width = width;
    this.columns = List.copyOf(columns);
    this.starts = new int[columns.size()][1 << 10];
    this.ends = new int[columns.size()][1 << 10];
    this.guard =
        new RecordGuard(
            new MarkingReader(input, setup.encoding().charset()),
            setup.dialect(),
            problems,
            firstLine,
            setup.longestRecord(),
            width == 0 ? RecordGuard.Extent.FIRST_RECORD : RecordGuard.Extent.EVERYTHING);
    try {
      this.parser = CSVParser.builder().setReader(guard).setFormat(setup.dialect().format()).get();
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
    this.records = parser.iterator();
  }

  /**
   * A record and what was seen of it.
   *
   * @param values its fields
   * @param seen line and flaw
   */
  record Single(List<String> values, RecordGuard.Seen seen) {}

  /** The next record as text, or empty at the end. */
  Optional<Single> single() {
    if (!hasNext()) {
      return Optional.empty();
    }
    CSVRecord values = records.next();
    return Optional.of(new Single(values.toList(), guard.next()));
  }

  private boolean hasNext() {
    try {
      return records.hasNext();
    } catch (UncheckedIOException foreign) {
      throw problems.unparsable(guard.line());
    }
  }

  @Override
  public Optional<RowBatch> next() {
    rows = 0;
    used = 0;
    List<RowBatch.Rejection> rejections = new ArrayList<>();
    while (rows < MAX_ROWS && used < MAX_BYTES && hasNext()) {
      CSVRecord values = records.next();
      RecordGuard.Seen seen = guard.next();
      Optional<RejectReason> flaw = seen.flaw();
      if (flaw.isEmpty() && (values.size() != width || seen.fields() != width)) {
        flaw = Optional.of(RejectReason.RAGGED);
      }
      if (flaw.isPresent()) {
        boolean cutOff = seen.end() == RecordGuard.End.END_OF_FILE;
        RejectReason why = cutOff ? RejectReason.TRUNCATED : flaw.get();
        boolean showsNothing = values.size() == 1 && Blanks.trim(values.get(0)).isEmpty();
        boolean empty = showsNothing && flaw.get() != RejectReason.NUL;
        rejections.add(new RowBatch.Rejection(why, seen.line(), empty ? 0 : seen.fields()));
      } else {
        add(values, seen.line());
      }
    }
    return rows == 0 && rejections.isEmpty() ? Optional.empty() : Optional.of(batch(rejections));
  }

  private void add(CSVRecord values, long line) {
    ensureRow();
    for (int slot = 0; slot < starts.length; slot++) {
      byte[] value = values.get(columns.get(slot)).getBytes(StandardCharsets.UTF_8);
      if (used + value.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(used + value.length, bytes.length * 2));
      }
      System.arraycopy(value, 0, bytes, used, value.length);
      starts[slot][rows] = value.length == 0 ? BytesColumn.MISSING : used;
      used += value.length;
      ends[slot][rows] = used;
    }
    lines[rows] = line;
    rows++;
  }

  private void ensureRow() {
    if (rows == lines.length) {
      lines = Arrays.copyOf(lines, rows * 2);
    }
    for (int slot = 0; slot < starts.length; slot++) {
      if (starts[slot].length < lines.length) {
        starts[slot] = Arrays.copyOf(starts[slot], lines.length);
        ends[slot] = Arrays.copyOf(ends[slot], lines.length);
      }
    }
  }

  private RowBatch batch(List<RowBatch.Rejection> rejections) {
    List<Column> batch = new ArrayList<>();
    for (int slot = 0; slot < starts.length; slot++) {
      batch.add(new BytesColumn(rows, bytes, starts[slot], ends[slot]));
    }
    long[] lineOfRow = lines;
    return new RowBatch(rows, batch, rejections, row -> lineOfRow[row]);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
  }
}

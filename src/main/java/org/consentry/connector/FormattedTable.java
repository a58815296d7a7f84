package org.consentry.connector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.CellFormat;
import org.consentry.data.Column;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;

/**
 * A table some of whose columns are not written the usual way: they are given the usual way, so
 * that no reader behind it knows another. All other columns pass as they are. Immutable; safe for
 * any number of threads.
 */
public final class FormattedTable implements SourceTable {

  private final SourceTable table;
  private final Map<String, CellFormat> formats;

  private FormattedTable(SourceTable table, Map<String, CellFormat> formats) {
    this.table = table;
    this.formats = formats;
  }

  /**
   * A table in formats.
   *
   * @param formats by the name of the column; names that the table does not have are passed over
   * @return the table itself when nothing in it is unusual
   */
  public static SourceTable of(SourceTable table, Map<String, CellFormat> formats) {
    Map<String, CellFormat> unusual = new LinkedHashMap<>();
    for (String column : table.columns()) {
      CellFormat format = formats.getOrDefault(column, CellFormat.USUAL);
      if (!format.isUsual()) {
        unusual.put(column, format);
      }
    }
    return unusual.isEmpty() ? table : new FormattedTable(table, unusual);
  }

  @Override
  public List<String> formats() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    formats.forEach(
        (column, format) ->
            columns.computeIfAbsent(format.inWords(), words -> new ArrayList<>()).add(column));
    return columns.entrySet().stream()
        .map(format -> String.join(", ", format.getValue()) + " (" + format.getKey() + ")")
        .toList();
  }

  @Override
  public CellFormat format(int column) {
    return formats.getOrDefault(columns().get(column), CellFormat.USUAL);
  }

  @Override
  public Optional<String> looksLike() {
    return table.looksLike();
  }

  @Override
  public Optional<String> definition() {
    return table.definition();
  }

  @Override
  public Optional<Origin> personal(String column) {
    return table.personal(column);
  }

  @Override
  public Optional<UnreadElements> unread() {
    return table.unread();
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public String file() {
    return table.file();
  }

  @Override
  public List<String> columns() {
    return table.columns();
  }

  @Override
  public Optional<String> refusal(String column) {
    return table.refusal(column);
  }

  @Override
  public SourceTable renewed() {
    return new FormattedTable(table.renewed(), formats);
  }

  @Override
  public boolean isInFiles() {
    return table.isInFiles();
  }

  @Override
  public long size() {
    return table.size();
  }

  @Override
  public List<Split> splits() {
    return table.splits();
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    return read(table.open(split, columns), columns);
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    return read(table.first(columns), columns);
  }

  private BatchReader read(BatchReader rows, List<Integer> columns) {
    List<Optional<Cells>> cells = new ArrayList<>();
    for (int position : columns) {
      cells.add(Optional.ofNullable(formats.get(columns().get(position))).map(Cells::new));
    }
    return new Reader(rows, cells);
  }

  private record Reader(BatchReader rows, List<Optional<Cells>> cells) implements BatchReader {

    @Override
    public Optional<RowBatch> next() {
      return rows.next().map(this::read);
    }

    private RowBatch read(RowBatch batch) {
      List<Column> columns = new ArrayList<>(batch.columns());
      for (int i = 0; i < columns.size(); i++) {
        if (cells.get(i).isPresent()) {
          columns.set(i, cells.get(i).get().read((BytesColumn) columns.get(i)));
        }
      }
      return new RowBatch(batch.rows(), columns, batch.rejections(), batch.lines());
    }

    @Override
    public long done() {
      return rows.done();
    }

    @Override
    public List<MissingCells> missing() {
      return rows.missing();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /**
   * Reads the cells of one column. A cell that was read lately is recognised by its bytes; a newer
   * one replaces it in the place its bytes lead to. Not thread-safe.
   */
  private static final class Cells {

    private static final int PLACES = 1 << 12;
    private static final int LONGEST = 64;

    private final CellFormat format;
    private final List<byte[]> nulls;
    private final byte[][] known = new byte[PLACES][];
    private final byte[][] values = new byte[PLACES][];
    private byte[] buffer = new byte[0];
    private int used;

    Cells(CellFormat format) {
      this.format = format;
      this.nulls =
          format.nulls().stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    }

    BytesColumn read(BytesColumn column) {
      return format.namesNullsAlone() ? withoutNulls(column) : inFormat(column);
    }

    /** The same bytes; texts may be long, and are not copied. */
    private BytesColumn withoutNulls(BytesColumn column) {
      int[] starts = Arrays.copyOf(column.starts(), column.rows());
      for (int row = 0; row < starts.length; row++) {
        if (!column.isMissing(row) && isNull(column.buffer(), starts[row], column.ends()[row])) {
          starts[row] = BytesColumn.MISSING;
        }
      }
      return new BytesColumn(column.rows(), column.buffer(), starts, column.ends());
    }

    private boolean isNull(byte[] bytes, int from, int to) {
      int start = Blanks.start(bytes, from, to);
      int end = Blanks.end(bytes, start, to);
      for (byte[] word : nulls) {
        if (Arrays.equals(word, 0, word.length, bytes, start, end)) {
          return true;
        }
      }
      return false;
    }

    private BytesColumn inFormat(BytesColumn column) {
      int[] starts = new int[column.rows()];
      int[] ends = new int[column.rows()];
      buffer = new byte[Math.max(64, column.rows() * 16)];
      used = 0;
      for (int row = 0; row < starts.length; row++) {
        starts[row] = BytesColumn.MISSING;
        if (!column.isMissing(row)) {
          byte[] value = value(column.buffer(), column.starts()[row], column.ends()[row]);
          starts[row] = value.length == 0 ? BytesColumn.MISSING : used;
          append(value);
          ends[row] = used;
        }
      }
      return new BytesColumn(starts.length, buffer, starts, ends);
    }

    private void append(byte[] value) {
      if (buffer.length - used < value.length) {
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + value.length));
      }
      System.arraycopy(value, 0, buffer, used, value.length);
      used += value.length;
    }

    private byte[] value(byte[] bytes, int start, int end) {
      if (end - start > LONGEST) {
        return make(bytes, start, end);
      }
      int place = place(bytes, start, end);
      byte[] before = known[place];
      if (before == null || !Arrays.equals(before, 0, before.length, bytes, start, end)) {
        known[place] = Arrays.copyOfRange(bytes, start, end);
        values[place] = make(bytes, start, end);
      }
      return values[place];
    }

    private byte[] make(byte[] bytes, int start, int end) {
      String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      return format.read(text).getBytes(StandardCharsets.UTF_8);
    }

    private static int place(byte[] bytes, int start, int end) {
      int hash = end - start;
      for (int i = start; i < end; i++) {
        hash = hash * 31 + bytes[i];
      }
      return (hash * 0x9E3779B1) >>> 20;
    }
  }
}

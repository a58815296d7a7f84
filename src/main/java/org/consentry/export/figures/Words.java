package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.profile.DistinctCount;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Shape;

/**
 * Counts codes. Of a column with more different values than the limit, or with a long one, and of
 * texts only rows, people and the number of different values are counted.
 *
 * <p>A value is known by its length, its first and last eight bytes and, when it is longer than
 * both, all its bytes.
 */
final class Words implements ColumnCount {

  /** Bytes of the longest value that is counted for itself. */
  static final int LONGEST = 100;

  /** So many values are shown. */
  static final int SHOWN = 8;

  /** So many people more could have the values that are not shown. */
  private static final int ROOM = 5;

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WORD = Long.BYTES;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int EMPTY = 0;
  private static final int ANY = 1;

  private final Shape shape;
  private final int most;
  private boolean isOpen;
  private Cells cells = new Cells();

  /** First and last bytes, place and length of the value of each count. */
  private long[] firsts = new long[16];

  private long[] lasts = new long[16];

  private int[] starts = new int[16];
  private int[] lengths = new int[16];
  private byte[] pool = new byte[256];
  private int poolEnd;
  private int[] slots = new int[64];
  private final DistinctCount distinct = new DistinctCount();

  /**
   * Counts.
   *
   * @param most so many different values are counted at most
   */
  Words(Shape shape, int most) {
    this.shape = shape;
    this.most = most;
    this.isOpen = shape == Shape.VALUES;
    cells.open();
    if (!isOpen) {
      cells.open();
    }
  }

  @Override
  public void add(Column column, int[] subjects) {
    BytesColumn texts = (BytesColumn) column;
    byte[] buffer = texts.buffer();
    for (int row = 0; row < texts.rows(); row++) {
      int start = texts.starts()[row];
      if (start == BytesColumn.MISSING) {
        cells.add(EMPTY, subjects[row]);
      } else {
        int cell = cell(buffer, start, texts.ends()[row]);
        cells.add(cell, subjects[row]); // after the cell is found: that may replace the cells
      }
    }
  }

  /** The count of a value. */
  private int cell(byte[] buffer, int start, int end) {
    int length = end - start;
    long first = first(buffer, start, length);
    long last = length <= WORD ? first : (long) LITTLE.get(buffer, end - WORD);
    if (isOpen && length > LONGEST) {
      close();
    }
    if (!isOpen) {
      distinct.add(ByteHash.of(buffer, start, end));
      return ANY;
    }
    int slot = slot(buffer, start, length, first, last);
    if (slots[slot] != 0) {
      return slots[slot];
    }
    if (cells.size() > most) {
      close();
      return cell(buffer, start, end);
    }
    return put(slot, buffer, start, length, first, last);
  }

  private int slot(byte[] buffer, int start, int length, long first, long last) {
    int mask = slots.length - 1;
    int slot = (int) (((first ^ Long.rotateLeft(last, 29)) * GOLDEN) >>> 40) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot], buffer, start, length, first, last)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int cell, byte[] buffer, int start, int length, long first, long last) {
    if (firsts[cell] != first || lasts[cell] != last || lengths[cell] != length) {
      return false;
    }
    int at = starts[cell];
    return length <= 2 * WORD
        || Arrays.equals(buffer, start, start + length, pool, at, at + length);
  }

  private int put(int slot, byte[] buffer, int start, int length, long first, long last) {
    int cell = cells.open();
    slots[slot] = cell;
    if (cell == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * cell);
      lasts = Arrays.copyOf(lasts, 2 * cell);
      starts = Arrays.copyOf(starts, 2 * cell);
      lengths = Arrays.copyOf(lengths, 2 * cell);
    }
    if (poolEnd + length > pool.length) {
      pool = Arrays.copyOf(pool, 2 * pool.length + length);
    }
    System.arraycopy(buffer, start, pool, poolEnd, length);
    firsts[cell] = first;
    lasts[cell] = last;
    starts[cell] = poolEnd;
    lengths[cell] = length;
    poolEnd += length;
    if (2 * cell > slots.length) {
      slots = new int[2 * slots.length];
      for (int each = 1; each <= cell; each++) {
        slots[slot(pool, starts[each], lengths[each], firsts[each], lasts[each])] = each;
      }
    }
    return cell;
  }

  /** Counts all values as one from now on. */
  private void close() {
    Cells all = new Cells();
    all.open();
    all.open();
    all.join(EMPTY, cells, EMPTY, 0);
    for (int cell = 1; cell < cells.size(); cell++) {
      all.join(ANY, cells, cell, 0);
      distinct.add(ByteHash.of(pool, starts[cell], starts[cell] + lengths[cell]));
    }
    cells = all;
    isOpen = false;
    pool = new byte[0];
    slots = new int[0];
  }

  private static long first(byte[] buffer, int start, int length) {
    if (length >= WORD) {
      return (long) LITTLE.get(buffer, start);
    }
    if (start + WORD <= buffer.length) {
      return (long) LITTLE.get(buffer, start) & ~(-1L << (8 * length));
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (buffer[start + i] & 0xFFL) << (8 * i);
    }
    return word;
  }

  @Override
  public void join(ColumnCount later, int offset) {
    Words other = (Words) later;
    cells.join(EMPTY, other.cells, EMPTY, offset);
    if (!other.isOpen && isOpen) {
      close();
    }
    for (int from = 1; from < other.cells.size(); from++) {
      int cell =
          other.isOpen
              ? cell(other.pool, other.starts[from], other.starts[from] + other.lengths[from])
              : ANY;
      cells.join(cell, other.cells, from, offset);
    }
    distinct.join(other.distinct);
  }

  @Override
  public ColumnFigures figures() {
    Shown shown = new Shown(cells, EMPTY);
    if (!isOpen) {
      shown.other(cells, ANY);
      return shown.figures(shape, distinct.count(), bars -> List.of());
    }
    List<Integer> order =
        IntStream.range(1, cells.size())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer cell) -> -cells.rows(cell))
                    .thenComparing(this::text))
            .toList();
    List<Integer> chosen = bars(order);
    for (int cell : order) {
      shown.value(cells, cell);
      if (chosen.contains(cell)) {
        shown.bar(text(cell), 1, cells, cell);
      } else {
        shown.other(cells, cell);
      }
    }
    return shown.figures(shape, -order.size(), bars -> List.of());
  }

  /**
   * The values that are shown. Who knows all values that are possible must not find that each of
   * the others has exactly ten people, because no more would fit: then one value fewer is shown.
   */
  private List<Integer> bars(List<Integer> order) {
    List<Integer> common = order.stream().filter(cells::isEnough).toList();
    Cells rare = new Cells();
    int all = rare.open();
    int room = 0;
    for (int cell : order) {
      if (!cells.isEnough(cell)) {
        rare.join(all, cells, cell, 0);
        room += Cells.ENOUGH - 1 - cells.people(cell);
      }
    }
    int most = rare.isEnough(all) && room < ROOM ? common.size() - 1 : common.size();
    return common.subList(0, Math.max(0, Math.min(SHOWN, most)));
  }

  private String text(int cell) {
    return new String(pool, starts[cell], lengths[cell], StandardCharsets.UTF_8);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(isOpen);
    cells.write(out);
    for (int cell = 1; isOpen && cell < cells.size(); cell++) {
      out.writeShort(lengths[cell]);
      out.write(pool, starts[cell], lengths[cell]);
    }
    distinct.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    boolean wasOpen = in.readBoolean();
    Cells counts = Cells.read(in);
    if (!wasOpen && isOpen) {
      close();
    }
    for (int cell = 1; wasOpen && cell < counts.size(); cell++) {
      byte[] value = new byte[in.readUnsignedShort()];
      in.readFully(value);
      cell(value, 0, value.length);
    }
    cells = counts;
    distinct.join(DistinctCount.read(in));
  }
}

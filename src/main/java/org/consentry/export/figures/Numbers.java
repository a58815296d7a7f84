package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.profile.DistinctCount;
import org.consentry.release.ColumnFigures;

/**
 * Counts numbers and times. When there are more different ones than the limit, all are counted on
 * the next coarser level of their scale. Which level it is in the end depends on the set of numbers
 * alone, whatever their order and however they were joined.
 */
final class Numbers implements ColumnCount {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int EMPTY = 0;

  private final Scale scale;
  private final int most;
  private Cells cells = new Cells();

  /** The number of each count, on its level. */
  private long[] keys = new long[16];

  private int[] slots = new int[64];
  private int shift = Long.SIZE - 6;
  private int level;
  private long step = 1;
  private final DistinctCount distinct = new DistinctCount();

  /** Numbers above level 0 that were found last, and their counts, by their lowest bits. */
  private long[] found = new long[0];

  private int[] counts = new int[0];

  /**
   * Counts.
   *
   * @param most so many different numbers are counted at most; at least 20
   */
  Numbers(Scale scale, int most) {
    this.scale = scale;
    this.most = most;
    cells.open();
  }

  @Override
  public void add(Column column, int[] subjects) {
    if (column instanceof BytesColumn texts) {
      for (int row = 0; row < texts.rows(); row++) {
        int start = texts.starts()[row];
        add(
            start == BytesColumn.MISSING
                ? LongColumn.MISSING
                : Scale.year(texts.buffer(), start, texts.ends()[row]),
            subjects[row]);
      }
      return;
    }
    long[] values = ((LongColumn) column).values();
    for (int row = 0; row < column.rows(); row++) {
      add(values[row], subjects[row]);
    }
  }

  private void add(long value, int subject) {
    int cell = value == LongColumn.MISSING ? EMPTY : cell(value);
    cells.add(cell, subject); // after the cell is found: that may replace the cells
  }

  /** The count of a number. */
  private int cell(long value) {
    if (level == 0) {
      int cell = slots[slot(value)];
      return cell == 0 ? cellOf(value) : cell;
    }
    int at = (int) value & (found.length - 1);
    if (found[at] != value) {
      distinct.add(ByteHash.mix(value));
      int cell = cellOf(scale.key(value, step));
      found[at] = value; // after the cell is found: that may begin again
      counts[at] = cell;
    }
    return counts[at];
  }

  private int cellOf(long key) {
    int cell = place(key);
    if (cells.size() - 1 <= most) {
      return cell;
    }
    int fine = level;
    while (cells.size() - 1 > most) {
      coarsen();
    }
    return place(raised(key, fine));
  }

  /** A number of a finer level on this one. */
  private long raised(long key, int from) {
    long raised = key;
    for (int each = from; each < level; each++) {
      raised = scale.coarser(raised, each);
    }
    return raised;
  }

  private int place(long key) {
    int slot = slot(key);
    if (slots[slot] != 0) {
      return slots[slot];
    }
    int cell = open(key);
    slots[slot] = cell;
    if (2 * cells.size() > slots.length) {
      shift--;
      index(2 * slots.length);
    }
    return cell;
  }

  private int slot(long key) {
    int slot = (int) ((key * GOLDEN) >>> shift);
    while (slots[slot] != 0 && keys[slots[slot]] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private int open(long key) {
    int cell = cells.open();
    if (cell == keys.length) {
      keys = Arrays.copyOf(keys, 2 * cell);
    }
    keys[cell] = key;
    return cell;
  }

  private void index(int length) {
    slots = new int[length];
    for (int cell = 1; cell < cells.size(); cell++) {
      slots[slot(keys[cell])] = cell;
    }
  }

  /** Starts to count on the level. */
  private void startLevel() {
    step = scale.step(level);
    found = new long[Integer.highestOneBit(most)];
    Arrays.fill(found, LongColumn.MISSING);
    counts = new int[found.length];
  }

  /** Counts on the next level. */
  private void coarsen() {
    Cells fine = cells;
    long[] fineKeys = keys;
    cells = new Cells();
    cells.open();
    cells.join(EMPTY, fine, EMPTY, 0);
    keys = new long[16];
    Arrays.fill(slots, 0);
    for (int cell = 1; cell < fine.size(); cell++) {
      if (level == 0) {
        distinct.add(ByteHash.mix(fineKeys[cell]));
      }
      int coarse = place(scale.coarser(fineKeys[cell], level));
      cells.join(coarse, fine, cell, 0);
    }
    level++;
    startLevel();
  }

  @Override
  public void join(ColumnCount later, int offset) {
    Numbers other = (Numbers) later;
    while (level < other.level) {
      coarsen();
    }
    cells.join(EMPTY, other.cells, EMPTY, offset);
    for (int from = 1; from < other.cells.size(); from++) {
      if (level > 0 && other.level == 0) {
        distinct.add(ByteHash.mix(other.keys[from]));
      }
      int cell = cellOf(raised(other.keys[from], other.level));
      cells.join(cell, other.cells, from, offset);
    }
    distinct.join(other.distinct);
  }

  @Override
  public ColumnFigures figures() {
    List<Integer> order =
        IntStream.range(1, cells.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer cell) -> keys[cell]))
            .toList();
    Shown shown = new Shown(cells, EMPTY);
    Bins bins = new Bins(scale, step);
    for (int cell : order) {
      bins.add(scale.axis(keys[cell], level), cells, cell);
      if (level == 0) {
        shown.value(cells, cell);
      }
    }
    bins.addTo(shown);
    long values = level == 0 ? -order.size() : distinct.count();
    return shown.figures(scale.shape(), values, bins::quantiles);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(level);
    cells.write(out);
    for (int cell = 1; cell < cells.size(); cell++) {
      out.writeLong(keys[cell]);
    }
    distinct.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    level = in.readInt();
    startLevel();
    cells = Cells.read(in);
    keys = new long[Math.max(16, cells.size())];
    for (int cell = 1; cell < cells.size(); cell++) {
      keys[cell] = in.readLong();
    }
    while (2 * cells.size() > slots.length) {
      shift--;
      slots = new int[2 * slots.length];
    }
    index(slots.length);
    distinct.join(DistinctCount.read(in));
  }
}

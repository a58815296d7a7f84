package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.consentry.data.SmallCounts;

/**
 * Counts of rows, each with the people behind it. Of people only so much is stored as decides
 * whether they are {@value SmallCounts#FEWEST} or more: the numbers of the first ten. So counts can
 * be joined and people are still counted once.
 *
 * <p>Rows come in the order of their subjects. Not thread-safe.
 */
final class Cells {

  /** So many people are enough; all more are one number. */
  static final int ENOUGH = SmallCounts.FEWEST;

  private static final int STORED = ENOUGH - 1;

  private long[] rows = new long[16];
  private int[] last = new int[16];
  private byte[] people = new byte[16];
  private int[] numbers = new int[16 * STORED];
  private int size;

  /** How many counts there are. */
  int size() {
    return size;
  }

  /** Adds a count of no rows and gives its number. */
  int open() {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      last = Arrays.copyOf(last, 2 * size);
      people = Arrays.copyOf(people, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size * STORED);
    }
    rows[size] = 0;
    last[size] = -1;
    people[size] = 0;
    return size++;
  }

  /** Adds a row of a subject. */
  void add(int cell, int subject) {
    rows[cell]++;
    if (people[cell] < ENOUGH && last[cell] != subject) {
      last[cell] = subject;
      put(cell, subject);
    }
  }

  /** Adds one row of each subject. */
  void addAll(int cell, int[] subjects, int count) {
    rows[cell] += count;
    for (int i = 0; i < count && people[cell] < ENOUGH; i++) {
      if (last[cell] != subjects[i]) {
        last[cell] = subjects[i];
        put(cell, subjects[i]);
      }
    }
  }

  private void put(int cell, int subject) {
    int known = people[cell];
    if (known == ENOUGH) {
      return;
    }
    int from = cell * STORED;
    for (int i = 0; i < known; i++) {
      if (numbers[from + i] == subject) {
        return;
      }
    }
    if (known < STORED) {
      numbers[from + known] = subject;
    }
    people[cell]++;
  }

  /**
   * Adds the rows of another count.
   *
   * @param offset what is added to the numbers of its people
   */
  void join(int cell, Cells other, int from, int offset) {
    rows[cell] += other.rows[from];
    if (other.last[from] >= 0) {
      last[cell] = Math.max(last[cell], other.last[from] + offset);
    }
    if (other.people[from] == ENOUGH) {
      people[cell] = ENOUGH;
    }
    for (int i = 0; i < other.people[from] && people[cell] < ENOUGH; i++) {
      put(cell, other.numbers[from * STORED + i] + offset);
    }
  }

  /** Rows of a count. */
  long rows(int cell) {
    return rows[cell];
  }

  /** Whether enough people are behind a count. */
  boolean isEnough(int cell) {
    return people[cell] == ENOUGH;
  }

  /** How many people are behind a count; of more than enough only that they are. */
  int people(int cell) {
    return people[cell];
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int cell = 0; cell < size; cell++) {
      out.writeLong(rows[cell]);
      out.writeInt(last[cell]);
      out.writeByte(people[cell]);
      for (int i = 0; i < Math.min(STORED, people[cell]); i++) {
        out.writeInt(numbers[cell * STORED + i]);
      }
    }
  }

  static Cells read(DataInput in) throws IOException {
    Cells cells = new Cells();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      int cell = cells.open();
      cells.rows[cell] = in.readLong();
      cells.last[cell] = in.readInt();
      cells.people[cell] = in.readByte();
      for (int j = 0; j < Math.min(STORED, cells.people[cell]); j++) {
        cells.numbers[cell * STORED + j] = in.readInt();
      }
    }
    return cells;
  }
}

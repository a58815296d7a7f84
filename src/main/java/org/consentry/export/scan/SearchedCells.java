package org.consentry.export.scan;

import org.jspecify.annotations.Nullable;

/**
 * Cells of a column that were searched, as many as there is room for. For one thread.
 *
 * <p>Invariant: what most callers ask for is in {@code answers}, so that a cell costs a look at two
 * arrays and at no object.
 */
final class SearchedCells {

  /** The cell is not remembered. */
  static final int NONE = -1;

  private static final int AT_FIRST = 1 << 8;
  private static final int AT_MOST = 1 << 15;

  /** Places of a key, side by side: in one place alone some cells would always replace others. */
  private static final int WAYS = 4;

  private static final int BITS_OF_KIND = 5;

  private long[] keys = new long[AT_FIRST];
  private byte[] answers = new byte[AT_FIRST];
  private @Nullable CellHits[] hits = new CellHits[AT_FIRST];
  private int added;

  /** What was found, apart from which. */
  enum Content {
    NOTHING(0),
    DAYS(1),
    MORE(2);

    private final int number;

    Content(int number) {
      this.number = number;
    }

    private static Content of(int number) {
      return number == NOTHING.number ? NOTHING : number == DAYS.number ? DAYS : MORE;
    }

    static Content of(CellHits hits) {
      if (hits.isEmpty()) {
        return NOTHING;
      }
      boolean onlyDays =
          hits.candidates().length == 0 && hits.words().length == 0 && hits.marks().isEmpty();
      return onlyDays ? DAYS : MORE;
    }
  }

  /** Where the cell of a key is remembered, or {@link #NONE}. */
  int slot(long key) {
    int first = (int) key & (keys.length - 1);
    for (int i = 0; i < WAYS; i++) {
      if (keys[first ^ i] == key && hits[first ^ i] != null) {
        return first ^ i;
      }
    }
    return NONE;
  }

  /** What the cell is for {@link SplitCells}. */
  byte kind(int slot) {
    return (byte) (answers[slot] & ((1 << BITS_OF_KIND) - 1));
  }

  /** What the cell contains, apart from which. */
  Content content(int slot) {
    return Content.of(answers[slot] >> BITS_OF_KIND);
  }

  /** What the cell contains. */
  CellHits hits(int slot) {
    CellHits known = hits[slot];
    return known == null ? CellHits.NONE : known;
  }

  /**
   * Remembers a cell that is not, perhaps in place of another.
   *
   * @param kind for {@link SplitCells}
   * @return where it is
   */
  int add(long key, CellHits of, byte kind) {
    if (added > keys.length / WAYS && keys.length < AT_MOST) {
      grow();
    }
    added++;
    return put(key, of, (byte) (Content.of(of).number << BITS_OF_KIND | kind));
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldAnswers = answers;
    @Nullable CellHits[] old = hits;
    keys = new long[4 * oldKeys.length];
    answers = new byte[keys.length];
    hits = new CellHits[keys.length];
    added = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      CellHits one = old[i];
      if (one != null) {
        put(oldKeys[i], one, oldAnswers[i]);
      }
    }
  }

  /** A free place for a key, or one after the other of those that are taken. */
  private int place(int first) {
    for (int i = 0; i < WAYS; i++) {
      if (hits[first ^ i] == null) {
        return first ^ i;
      }
    }
    return first ^ (added & (WAYS - 1));
  }

  private int put(long key, CellHits of, byte answer) {
    int slot = place((int) key & (keys.length - 1));
    keys[slot] = key;
    answers[slot] = answer;
    hits[slot] = of;
    return slot;
  }
}

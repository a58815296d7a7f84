package org.consentry.export.scan;

import org.jspecify.annotations.Nullable;

/** Cells of a column that were searched, as many as there is room for. For one thread. */
final class SearchedCells {

  private static final int AT_FIRST = 1 << 8;
  private static final int AT_MOST = 1 << 15;

  private long[] keys = new long[AT_FIRST];
  private @Nullable Found[] found = new Found[AT_FIRST];
  private int added;

  /** What was found, apart from which. */
  enum Content {
    NOTHING,
    DAYS,
    MORE
  }

  /**
   * What a cell contains.
   *
   * @param kind for {@link SplitCells}
   */
  record Found(CellHits hits, byte kind, Content content) {

    static Found of(CellHits hits, byte kind) {
      boolean onlyDays =
          hits.candidates().length == 0 && hits.words().length == 0 && hits.marks().isEmpty();
      Content content = onlyDays ? Content.DAYS : Content.MORE;
      return new Found(hits, kind, hits.isEmpty() ? Content.NOTHING : content);
    }
  }

  /** What the cell of a key contains; null when it is not remembered. */
  @Nullable Found of(long key) {
    int slot = (int) key & (keys.length - 1);
    return keys[slot] == key ? found[slot] : null;
  }

  /** Remembers a cell in place of another. */
  void add(long key, Found of) {
    if (added > keys.length / 2 && keys.length < AT_MOST) {
      grow();
    }
    put(key, of);
    added++;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Found[] old = found;
    keys = new long[4 * oldKeys.length];
    found = new Found[keys.length];
    added = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      Found one = old[i];
      if (one != null) {
        put(oldKeys[i], one);
      }
    }
  }

  private void put(long key, Found of) {
    int slot = (int) key & (keys.length - 1);
    keys[slot] = key;
    found[slot] = of;
  }
}

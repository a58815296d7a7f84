package org.consentry.operator.text;

import java.util.Arrays;
import java.util.List;
import org.consentry.data.Blanks;

/** From byte strings to their position in a list. Immutable; no object is made to look one up. */
public final class BytesLookup {

  private final byte[] buffer;
  private final int[] ends;
  private final int[] table;

  /** The keys, all different. */
  public BytesLookup(List<String> keys) {
    ByteOutput out = new ByteOutput(64);
    ends = new int[keys.size()];
    table = new int[Integer.highestOneBit(Math.max(4, keys.size())) * 4];
    for (int i = 0; i < ends.length; i++) {
      int from = out.size();
      out.append(keys.get(i));
      ends[i] = out.size();
      int slot = ByteHash.of(out.buffer(), from, out.size()) & (table.length - 1);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i + 1;
    }
    buffer = out.buffer();
  }

  /** The position of a key; of the value without blanks at its ends where it is none itself. */
  public int findTrimmed(byte[] b, int start, int end) {
    int key = find(b, start, end);
    if (key >= 0 || !Blanks.mayTrim(b, start, end)) {
      return key;
    }
    int from = Blanks.start(b, start, end);
    return find(b, from, Blanks.end(b, from, end));
  }

  /** The position of a key, or -1. */
  int find(byte[] b, int start, int end) {
    int mask = table.length - 1;
    int slot = ByteHash.of(b, start, end) & mask;
    while (table[slot] != 0) {
      int key = table[slot] - 1;
      int from = key == 0 ? 0 : ends[key - 1];
      if (Arrays.equals(buffer, from, ends[key], b, start, end)) {
        return key;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }
}

package org.consentry.consent;

import java.util.Arrays;

/**
 * The other lines which lines name: of each line that does, how many it revokes and supersedes, and
 * their ids as hashes, first the revoked, then the superseded ones. Few lines name others. Lines
 * are added in ascending order.
 */
final class LineRefs {

  private int[] lines = new int[8];
  private int[] offsets = new int[8];
  private int size;
  private long[] words = new long[64];
  private int end;

  /** Adds what a line names. */
  void add(int line, LineFacts.NamedLines names) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, size + (size >> 1));
      offsets = Arrays.copyOf(offsets, lines.length);
    }
    lines[size] = line;
    offsets[size++] = end;
    int revoked = names.revoked().size();
    int superseded = names.superseded().size();
    reserve(1 + revoked + superseded);
    words[end++] = ((long) revoked << 32) | superseded;
    names.revoked().forEach(id -> words[end++] = id);
    names.superseded().forEach(id -> words[end++] = id);
  }

  /** Whether no line names another. */
  boolean isEmpty() {
    return size == 0;
  }

  /** The offset of what a line names, which was added. */
  int of(int line) {
    return offsets[Arrays.binarySearch(lines, 0, size, line)];
  }

  int revokes(int offset) {
    return (int) (words[offset] >>> 32);
  }

  int supersedes(int offset) {
    return (int) words[offset];
  }

  long revoked(int offset, int i) {
    return words[offset + 1 + i];
  }

  long superseded(int offset, int i) {
    return words[offset + 1 + revokes(offset) + i];
  }

  /** Whether the line revokes or supersedes the given one. */
  boolean names(int offset, long id) {
    return contains(offset + 1, revokes(offset) + supersedes(offset), id);
  }

  boolean supersedes(int offset, long id) {
    return contains(offset + 1 + revokes(offset), supersedes(offset), id);
  }

  private boolean contains(int from, int count, long id) {
    for (int i = from; i < from + count; i++) {
      if (words[i] == id) {
        return true;
      }
    }
    return false;
  }

  private void reserve(int more) {
    int needed = Math.addExact(end, more);
    if (needed > words.length) {
      words = Arrays.copyOf(words, Math.max(needed, words.length + (words.length >> 1)));
    }
  }
}

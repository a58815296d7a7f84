package org.consentry.consent;

import java.util.Arrays;
import java.util.List;
import org.consentry.problem.Place;

/**
 * The other lines which a line names: ids as hashes, first the revoked, then the superseded ones,
 * and the line number. Few lines name others.
 */
final class LineRefs {

  private static final int HEADER = 2;

  private String file = "";
  private long[] words = new long[64];
  private int end;

  /** Adds what the line names and returns its offset, or {@link LineStore#NONE} for nothing. */
  int add(LineFacts line) {
    List<Long> revoked = line.names().revoked();
    List<Long> superseded = line.names().superseded();
    if (line.names().isEmpty()) {
      return LineStore.NONE;
    }
    file = line.file();
    int offset = end;
    reserve(HEADER + revoked.size() + superseded.size());
    words[end++] = ((long) revoked.size() << 32) | superseded.size();
    words[end++] = line.line();
    revoked.forEach(id -> words[end++] = id);
    superseded.forEach(id -> words[end++] = id);
    return offset;
  }

  int revokes(int offset) {
    return (int) (words[offset] >>> 32);
  }

  int supersedes(int offset) {
    return (int) words[offset];
  }

  long revoked(int offset, int i) {
    return words[offset + HEADER + i];
  }

  long superseded(int offset, int i) {
    return words[offset + HEADER + revokes(offset) + i];
  }

  /** Whether the line revokes or supersedes the given one. */
  boolean names(int offset, long id) {
    return contains(offset + HEADER, revokes(offset) + supersedes(offset), id);
  }

  boolean supersedes(int offset, long id) {
    return contains(offset + HEADER + revokes(offset), supersedes(offset), id);
  }

  Place place(int offset) {
    return Place.of(file, words[offset + 1]);
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

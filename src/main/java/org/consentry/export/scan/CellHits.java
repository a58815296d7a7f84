package org.consentry.export.scan;

import java.util.Set;

/**
 * What a text contains, apart from where it is.
 *
 * @param candidates digests that are in the set of the source's identifiers
 * @param words those that are written as ordinary words, which are none in a list of codes
 * @param days days since 1970-01-01 that are written in the text
 * @param marks patterns and limits
 */
@SuppressWarnings("ArrayRecordComponent") // one object per different cell, never changed
record CellHits(long[] candidates, long[] words, long[] days, Set<Mark> marks) {

  static final CellHits NONE = new CellHits(new long[0], new long[0], new long[0], Set.of());

  /** A pattern or limit that a text meets. */
  record Mark(Finding.Evidence evidence, String kind) {}

  boolean isEmpty() {
    return candidates.length == 0 && words.length == 0 && days.length == 0 && marks.isEmpty();
  }
}

package org.consentry.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.Exclusion;
import org.consentry.data.RejectReason;
import org.consentry.data.Tally;

/** Counts what becomes of rows. Not thread-safe: one a split. */
final class TallyCounter {

  private final long[] excluded = new long[128];
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final Map<String, Long> withheld = new TreeMap<>();
  private final Map<String, Long> blanked = new TreeMap<>();
  private final Map<String, Map<String, Long>> answers = new TreeMap<>();
  private final Map<String, Long> formulas = new TreeMap<>();
  private long read;
  private long released;

  void read(long rows) {
    read += rows;
  }

  void released(long rows) {
    released += rows;
  }

  void excluded(int code) {
    excluded[code]++;
  }

  void rejected(RejectReason reason, long rows) {
    if (rows > 0) {
      rejected.merge(reason, rows, Long::sum);
    }
  }

  void withheld(String column, long cells) {
    if (cells > 0) {
      withheld.merge(column, cells, Long::sum);
    }
  }

  void blanked(String column, long cells) {
    if (cells > 0) {
      blanked.merge(column, cells, Long::sum);
    }
  }

  void answered(String column, String word, long cells) {
    answers.computeIfAbsent(column, name -> new TreeMap<>()).merge(word, cells, Long::sum);
  }

  void formulas(String column, long cells) {
    if (cells > 0) {
      formulas.merge(column, cells, Long::sum);
    }
  }

  /** What was counted; fails when it does not balance. */
  Tally tally() {
    Map<Exclusion, Long> reasons = new EnumMap<>(Exclusion.class);
    for (int code = 1; code < excluded.length; code++) {
      if (excluded[code] > 0) {
        reasons.put(Exclusion.ofCode(code), excluded[code]);
      }
    }
    return new Tally(read, released, reasons, rejected, withheld, blanked, answers, formulas);
  }
}

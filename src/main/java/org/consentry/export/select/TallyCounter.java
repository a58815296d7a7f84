package org.consentry.export.select;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.RejectReason;
import org.consentry.data.Tally;

/**
 * Counts what becomes of rows, and which people are behind the rows that are left out and the cells
 * that are emptied. Not thread-safe: one a split.
 */
public final class TallyCounter {

  private final long[] excluded = new long[128];
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final Map<String, Long> withheld = new TreeMap<>();
  private final Map<String, Long> blanked = new TreeMap<>();
  private final Map<String, Map<String, Long>> answers = new TreeMap<>();
  private final Map<String, Long> formulas = new TreeMap<>();
  private final Map<String, Tally.Readings> readings = new TreeMap<>();
  private final CountedSubjects people = new CountedSubjects();
  private long read;
  private long released;

  void read(long rows) {
    read += rows;
  }

  public void released(long rows) {
    released += rows;
  }

  /**
   * Counts a row left out.
   *
   * @param subject whose it is; negative when that is not known
   */
  void excluded(int code, int subject) {
    excluded[code]++;
    if (subject >= 0) {
      people.leftOut(code, subject);
    }
  }

  /** Counts a row that could not be read, so that its subject is not known. */
  void rejected(RejectReason reason) {
    rejected.merge(reason, 1L, Long::sum);
  }

  /** Counts a row of a subject that could not be used. */
  void rejected(RejectReason reason, int subject) {
    rejected(reason);
    people.of(ExclusionGroup.NOT_USABLE.name()).set(subject);
  }

  /**
   * Counts cells taken back.
   *
   * @param cells their positions
   * @param subjects the subject of the row at each position
   */
  public void withheld(String column, BitSet cells, int[] subjects) {
    count(withheld, column, CountedSubjects.withheld(column), cells, subjects);
  }

  /** Counts cells set to missing, as {@link #withheld} does. */
  public void blanked(String column, BitSet cells, int[] subjects) {
    count(blanked, column, CountedSubjects.blanked(column), cells, subjects);
  }

  private void count(
      Map<String, Long> counts, String column, String name, BitSet cells, int[] subjects) {
    if (!cells.isEmpty()) {
      counts.merge(column, (long) cells.cardinality(), Long::sum);
      BitSet behind = people.of(name);
      cells.stream().forEach(position -> behind.set(subjects[position]));
    }
  }

  public void answered(String column, String word, long cells) {
    answers.computeIfAbsent(column, name -> new TreeMap<>()).merge(word, cells, Long::sum);
  }

  public void formulas(String column, long cells) {
    if (cells > 0) {
      formulas.merge(column, cells, Long::sum);
    }
  }

  /** Counts how many cells of a source column could be read. */
  void readings(String column, Tally.Readings cells) {
    readings.merge(column, cells, Tally.Readings::plus);
  }

  /** Who is behind what was counted. */
  public CountedSubjects people() {
    return people;
  }

  /** What was counted; fails when it does not balance. */
  public Tally tally() {
    Map<Exclusion, Long> reasons = new EnumMap<>(Exclusion.class);
    for (int code = 1; code < excluded.length; code++) {
      if (excluded[code] > 0) {
        reasons.put(Exclusion.ofCode(code), excluded[code]);
      }
    }
    return new Tally(
        read, released, reasons, rejected, withheld, blanked, answers, formulas, readings,
        Map.of());
  }
}

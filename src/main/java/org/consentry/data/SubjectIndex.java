package org.consentry.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Everything the extract needs to know of a subject, decided once, in flat arrays indexed by the
 * subject's dense number. Read-only once built; safe for any number of threads.
 *
 * <p><b>Security promise:</b> it lives in memory only, in the processes of one run, and has no
 * toString that shows its content.
 *
 * @param keys subject ids to dense numbers
 * @param exclusions 0, or the {@link Exclusion#code()} that keeps the whole subject out (consent or
 *     cohort)
 * @param births when each subject may have been born
 * @param deathDays days since 1970-01-01, or {@link #UNKNOWN_DAY} when alive or unknown
 * @param codes one column of codes per code slot of the plan; row number is the subject
 * @param shifts one array of days per shift slot of the plan; index is the subject; never 0 for a
 *     subject that is not excluded
 * @param represented subjects who are minors and for whom a parent or guardian signed; read, never
 *     changed
 */
@SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
public record SubjectIndex(
    SubjectKeys keys,
    byte[] exclusions,
    BirthDays births,
    int[] deathDays,
    List<BytesColumn> codes,
    List<int[]> shifts,
    BitSet represented) {

  /** A day that is not known. */
  public static final int UNKNOWN_DAY = Integer.MIN_VALUE;

  public SubjectIndex {
    codes = List.copyOf(codes);
    shifts = List.copyOf(shifts);
  }

  /** An index in which every subject signed without a parent or guardian. */
  public SubjectIndex(
      SubjectKeys keys,
      byte[] exclusions,
      BirthDays births,
      int[] deathDays,
      List<BytesColumn> codes,
      List<int[]> shifts) {
    this(keys, exclusions, births, deathDays, codes, shifts, new BitSet());
  }

  /** Writes the index, for a process of the same run, on a channel that is encrypted. */
  public void write(FlatOutput out) {
    keys.write(out);
    out.bytes(exclusions);
    births.write(out);
    out.ints(deathDays);
    out.number(codes.size());
    codes.forEach(column -> column.write(out));
    out.number(shifts.size());
    shifts.forEach(out::ints);
    out.bits(represented);
  }

  /** Reads what {@link #write} wrote. */
  public static SubjectIndex read(FlatInput in) {
    SubjectKeys keys = SubjectKeys.read(in);
    byte[] exclusions = in.bytes();
    BirthDays births = BirthDays.read(in);
    int[] deathDays = in.ints();
    List<BytesColumn> codes = new ArrayList<>();
    for (int left = in.integer(); left > 0; left--) {
      codes.add(BytesColumn.read(in));
    }
    List<int[]> shifts = new ArrayList<>();
    for (int left = in.integer(); left > 0; left--) {
      shifts.add(in.ints());
    }
    return new SubjectIndex(keys, exclusions, births, deathDays, codes, shifts, in.bits());
  }

  /** Number of subjects. */
  public int size() {
    return keys.size();
  }

  /** Shows the number of subjects and nothing else. */
  @Override
  public String toString() {
    return "SubjectIndex[" + size() + " subjects]";
  }
}

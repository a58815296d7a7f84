package org.consentry.export.decide;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.consentry.consent.RecordConsent;
import org.consentry.data.Exclusion;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.consentry.plan.PeopleAsked;
import org.consentry.plan.PeopleAsked.Ask;

/**
 * Which records are asked for, of those that may leave: by a line of the request that has the
 * record's category and all of its dates. Immutable; any number of threads may ask, and asking
 * makes no objects.
 *
 * <p><b>Security promise:</b> it lives in memory only and its text form shows a count.
 */
public final class AskedRecords implements RecordConsent {

  private static final byte NOT_ASKED = Exclusion.NOT_ASKED.code();
  private static final byte RECORD_NOT_ASKED = Exclusion.RECORD_NOT_ASKED.code();

  private final RecordConsent granted;
  private final List<Integer> subjectOfLine;

  /** By subject, the first of its lines; -1 for a subject that is not asked for. */
  private final int[] first;

  /** By line, the next one of the same subject; -1 after the last. */
  private final int[] next;

  private final long[] categories;
  private final int[] from;
  private final int[] to;

  private AskedRecords(RecordConsent granted, List<Ask> asks, List<Integer> subjects, int size) {
    this.granted = granted;
    this.subjectOfLine = List.copyOf(subjects);
    this.first = new int[size];
    this.next = new int[asks.size()];
    this.categories = asks.stream().mapToLong(Ask::categories).toArray();
    this.from = asks.stream().mapToInt(Ask::from).toArray();
    this.to = asks.stream().mapToInt(Ask::to).toArray();
    Arrays.fill(first, -1);
    for (int line = asks.size() - 1; line >= 0; line--) {
      int subject = subjects.get(line);
      next[line] = subject < 0 ? -1 : first[subject];
      if (subject >= 0) {
        first[subject] = line;
      }
    }
  }

  private AskedRecords(RecordConsent granted, FlatInput in) {
    this.granted = granted;
    this.subjectOfLine = List.of();
    this.first = in.ints();
    this.next = in.ints();
    this.categories = in.longs();
    this.from = in.ints();
    this.to = in.ints();
  }

  /** Writes which records are asked for, for a process of the same run. */
  void write(FlatOutput out) {
    out.ints(first);
    out.ints(next);
    out.longs(categories);
    out.ints(from);
    out.ints(to);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param granted which records may leave
   */
  static AskedRecords read(FlatInput in, RecordConsent granted) {
    return new AskedRecords(granted, in);
  }

  /** The people of a request among all subjects. */
  static AskedRecords of(
      PeopleAsked people, PeopleFinder finder, SubjectKeys keys, RecordConsent granted) {
    return new AskedRecords(granted, people.asks(), finder.find(people, keys), keys.size());
  }

  /** By line of the request, the number of the subject, -1 where no subject has that id. */
  public List<Integer> subjects() {
    return subjectOfLine;
  }

  /** How many lines name no subject. */
  public long unknown() {
    return subjectOfLine.stream().filter(subject -> subject < 0).count();
  }

  /** Puts subjects who are not asked for out. */
  void leaveOthersOut(byte[] exclusions) {
    for (int subject = 0; subject < exclusions.length; subject++) {
      if (exclusions[subject] == 0 && first[subject] < 0) {
        exclusions[subject] = NOT_ASKED;
      }
    }
  }

  @Override
  public byte record(int subject, RecordCategory category, When when) {
    byte answer = granted.record(subject, category, when);
    if (answer != 0) {
      return answer;
    }
    for (int line = first[subject]; line >= 0; line = next[line]) {
      if ((categories[line] & category.bit()) != 0 && covers(line, when)) {
        return 0;
      }
    }
    return RECORD_NOT_ASKED;
  }

  /**
   * Marks the lines that ask for a record.
   *
   * @param lines by number in the request, from 0
   */
  public void addLines(int subject, RecordCategory category, When when, BitSet lines) {
    for (int line = first[subject]; line >= 0; line = next[line]) {
      if ((categories[line] & category.bit()) != 0 && covers(line, when)) {
        lines.set(line);
      }
    }
  }

  /** A record without a date has all of them: it is asked for only where no day is left out. */
  private boolean covers(int line, When when) {
    if (when.timeless()) {
      return true;
    }
    boolean known = !when.unknown() && when.first() <= when.last();
    return known
        ? from[line] <= when.first() && when.last() <= to[line]
        : from[line] == PeopleAsked.EVER && to[line] == PeopleAsked.FOREVER;
  }

  /** Shows how many people are asked for and nothing else. */
  @Override
  public String toString() {
    BitSet people = new BitSet();
    subjectOfLine.stream().filter(subject -> subject >= 0).forEach(people::set);
    return "AskedRecords[" + people.cardinality() + " subjects]";
  }
}

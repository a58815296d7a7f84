package org.consentry.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.consentry.data.RecordCategory;

/**
 * What one permitted subject's consent grants, as it was decided at one moment. Stored with a
 * release, it is compared with what consent grants later. It has categories and days, nothing of
 * the person.
 */
public final class Grants {

  private final int[] words;

  private Grants(int[] words) {
    this.words = words;
  }

  /**
   * Grants from the words that {@link #words()} gave.
   *
   * @throws IllegalArgumentException when they are not such words
   */
  public static Grants of(int[] words) {
    long at = Profiles.FIRST;
    int permits = words.length < at ? -1 : words[Profiles.PERMITS];
    for (; permits > 0 && at + LineScope.WORDS < words.length; permits--) {
      long denials = Integer.toUnsignedLong(words[(int) at + LineScope.WORDS]);
      at += LineScope.WORDS + 1 + denials * LineScope.WORDS;
    }
    if (permits != 0 || at != words.length) {
      throw new IllegalArgumentException("these are not the words of grants");
    }
    return new Grants(words.clone());
  }

  /** The words to store. */
  public int[] words() {
    return words.clone();
  }

  /**
   * The spans of days for which {@link RecordRule} covers records of a category: a record is
   * covered when one single span has all of its dates, one of unknown date when a span is {@link
   * DaySpan#ALWAYS}.
   *
   * @return in order, without repetition; spans of two permits may overlap
   */
  public List<DaySpan> spans(RecordCategory category) {
    int bit = LineScope.bit(category);
    List<DaySpan> spans = new ArrayList<>();
    int at = Profiles.FIRST;
    for (int p = words[Profiles.PERMITS]; p > 0; p--) {
      if ((words[at] & bit) != 0 && RecordRule.isWindow(words[at + 1], words[at + 2])) {
        spans.addAll(undenied(at, bit));
      }
      at = RecordRule.next(words, at);
    }
    spans.sort(Comparator.comparingInt(DaySpan::first).thenComparingInt(DaySpan::last));
    return spans.stream().distinct().toList();
  }

  /** What the restrictions upon a permit leave of its window. */
  private List<DaySpan> undenied(int permit, int bit) {
    List<DaySpan> left = List.of(new DaySpan(words[permit + 1], words[permit + 2]));
    for (int at = permit + LineScope.WORDS + 1;
        at < RecordRule.next(words, permit);
        at += LineScope.WORDS) {
      if ((words[at] & bit) != 0) {
        DaySpan denied = new DaySpan(words[at + 1], words[at + 2]);
        left = left.stream().flatMap(span -> without(span, denied).stream()).toList();
      }
    }
    return left;
  }

  private static List<DaySpan> without(DaySpan span, DaySpan denied) {
    if (!span.meets(denied)) {
      return List.of(span);
    }
    List<DaySpan> left = new ArrayList<>(2);
    if (span.first() < denied.first()) {
      left.add(new DaySpan(span.first(), denied.first() - 1));
    }
    if (denied.last() < span.last()) {
      left.add(new DaySpan(denied.last() + 1, span.last()));
    }
    return left;
  }

  /** Whether the row that describes the person, which has no event, is released. */
  public boolean describesThePerson() {
    int bit = LineScope.bit(RecordCategory.DEMOGRAPHIC);
    RecordDates none = RecordDates.timeless();
    return RecordRule.answer(words, 0, bit, none.first(), none.last()) == RecordRule.COVERED;
  }

  /** The answer of the one permit of these grants, see {@link RecordRule}. */
  byte ofPermit(RecordCategory category, RecordDates dates) {
    int bit = LineScope.bit(category);
    return RecordRule.permit(words, Profiles.FIRST, bit, dates.first(), dates.last());
  }

  /** The number of the restriction upon the one permit that covers a record, or -1. */
  int denial(RecordCategory category, RecordDates dates) {
    int bit = LineScope.bit(category);
    return RecordRule.denial(words, Profiles.FIRST, bit, dates.first(), dates.last());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grants grants && Arrays.equals(words, grants.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /** Shows how many permits there are and nothing else. */
  @Override
  public String toString() {
    return "Grants[" + words[Profiles.PERMITS] + " permits]";
  }
}

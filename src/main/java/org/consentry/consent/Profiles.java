package org.consentry.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a permitted subject's passing permits grant, in a form that is read per record, each
 * different one once.
 *
 * <p>A profile is: the categories granted whatever the date, the categories no permit grants, the
 * number of permits, and for each permit its categories, first day, last day, the number of
 * restrictions upon it, and their categories, first and last days. Permits and restrictions are
 * sorted and without repetition, so that equal consent gives equal words in whatever order lines
 * came.
 */
final class Profiles {

  static final int ALWAYS = 0;
  static final int NEVER = 1;
  static final int PERMITS = 2;
  static final int FIRST = 3;

  /** Lines whose profile is remembered. */
  private static final int LATELY = 1 << 8;

  private static final Comparator<int[]> BY_WORDS = Arrays::compare;

  private final LineStore store;
  private final SubjectDecision decision;
  private final IntPool profiles = new IntPool();

  /**
   * Lines of subjects who have no other line, as {@link LineStore#commonOf}, by their last bits.
   */
  private final int[] onlyLine = new int[LATELY];

  /** The profiles of these subjects. */
  private final int[] ofOnlyLine = new int[LATELY];

  Profiles(LineStore store, SubjectDecision decision) {
    this.store = store;
    this.decision = decision;
  }

  /** The offset of the profile of the subject just decided, which has a passing permit. */
  int ofPermitted() {
    if (decision.count() > 1) {
      return ofLines();
    }
    int line = store.commonOf(decision.line(0));
    int place = line & (LATELY - 1);
    if (onlyLine[place] != line) {
      onlyLine[place] = line;
      ofOnlyLine[place] = ofLines();
    }
    return ofOnlyLine[place];
  }

  private int ofLines() {
    List<int[]> permits = new ArrayList<>(1);
    for (int i = 0; i < decision.count(); i++) {
      int line = decision.line(i);
      if (decision.isLivePermit(line) && decision.failed(i) == 0) {
        permits.add(permit(line));
      }
    }
    int[] profile = profile(sorted(permits));
    return profiles.intern(profile);
  }

  /** Adds all profiles to a pool; returns their offsets there, by the offsets here. */
  int[] moveInto(IntPool all) {
    return profiles.moveInto(all);
  }

  /** The profile of a subject all of whose records may leave, on whatever day. */
  static int[] everything() {
    return profile(List.of(new int[] {LineScope.ALL, LineScope.EVER, LineScope.FOREVER, 0}));
  }

  private int[] permit(int line) {
    List<int[]> denials = new ArrayList<>(0);
    for (int j = 0; j < decision.count(); j++) {
      if (decision.limits(decision.line(j), line)) {
        denials.add(store.scope(decision.line(j)));
      }
    }
    List<int[]> distinct = sorted(denials);
    int[] words =
        Arrays.copyOf(store.scope(line), LineScope.WORDS + 1 + distinct.size() * LineScope.WORDS);
    words[LineScope.WORDS] = distinct.size();
    for (int d = 0; d < distinct.size(); d++) {
      int at = LineScope.WORDS + 1 + d * LineScope.WORDS;
      System.arraycopy(distinct.get(d), 0, words, at, LineScope.WORDS);
    }
    return words;
  }

  /** The profile of permits, each with the restrictions upon it. */
  static int[] profile(List<int[]> permits) {
    int length = FIRST + permits.stream().mapToInt(permit -> permit.length).sum();
    int[] profile = new int[length];
    profile[NEVER] = -1;
    profile[PERMITS] = permits.size();
    int at = FIRST;
    for (int[] permit : permits) {
      profile[ALWAYS] |= always(permit);
      profile[NEVER] &= ~permit[0];
      System.arraycopy(permit, 0, profile, at, permit.length);
      at += permit.length;
    }
    return profile;
  }

  /** The categories which a permit grants for every day, and no restriction touches. */
  private static int always(int[] permit) {
    if (permit[1] != LineScope.EVER || permit[2] != LineScope.FOREVER) {
      return 0;
    }
    int always = permit[0];
    for (int at = LineScope.WORDS + 1; at < permit.length; at += LineScope.WORDS) {
      always &= ~permit[at];
    }
    return always;
  }

  private static List<int[]> sorted(List<int[]> sequences) {
    sequences.sort(BY_WORDS);
    List<int[]> distinct = new ArrayList<>(sequences.size());
    for (int[] sequence : sequences) {
      if (distinct.isEmpty() || !Arrays.equals(distinct.get(distinct.size() - 1), sequence)) {
        distinct.add(sequence);
      }
    }
    return distinct;
  }
}

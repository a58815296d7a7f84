package org.consentry.consent;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Exclusion;

/**
 * Decides the subjects of one range, apart from all others. Other threads may decide other ranges;
 * {@link ConsentDecider} combines them in order. Not thread-safe.
 */
public final class SubjectRange {

  private final LineStore store;
  private final byte[] forced;
  private final int[] answers;
  private final int from;
  private final int to;
  private final Optional<LineRecorder> recorder;
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final SubjectDecision decision;
  private final Profiles profiles;
  private long duplicated;
  private long passed;
  private final long[] excluded = new long[Byte.MAX_VALUE + 1];
  private final long[] failed = new long[Byte.MAX_VALUE + 1];

  /** Subjects of whom a parent or guardian decides, by their place in the range. */
  private final BitSet represented = new BitSet();

  private Moratorium moratorium = Moratorium.NONE;
  private Optional<ConsentExplanation> explanation = Optional.empty();

  /**
   * The subjects from {@code from} to {@code to} - 1.
   *
   * @param forced by subject: the code that excludes it whatever its lines are, or 0
   * @param answers gets, by subject: the offset of a profile of this range, or minus the code that
   *     excludes it
   */
  SubjectRange(
      LineStore store,
      byte[] forced,
      int[] answers,
      int from,
      int to,
      Optional<LineRecorder> recorder) {
    this.store = store;
    this.forced = forced;
    this.answers = answers;
    this.from = from;
    this.to = to;
    this.recorder = recorder.filter(one -> one.subject() >= from && one.subject() < to);
    this.decision = new SubjectDecision(store, reported);
    this.profiles = new Profiles(store, decision);
  }

  /** Decides. */
  public SubjectRange decide() {
    for (int subject = from; subject < to; subject++) {
      byte code = decision.decide(subject);
      countPermits();
      byte answer = forced[subject] == 0 ? code : forced[subject];
      if (recorder.isPresent() && recorder.get().subject() == subject) {
        explanation = Optional.of(recorder.get().explain(answer, decision, store));
      }
      if (answer == 0) {
        addMoratorium();
        represented.set(subject - from, decision.isForMinor());
      }
      answers[subject] = answer == 0 ? profiles.ofPermitted() : -answer;
      excluded[answer]++;
    }
    return this;
  }

  private void countPermits() {
    for (int i = 0; i < decision.count(); i++) {
      int line = decision.line(i);
      if (!store.has(line, SubjectDecision.PERMITS)) {
        continue;
      }
      if (!decision.isLivePermit(line)) {
        duplicated++;
      } else if (decision.failed(i) == 0) {
        passed++;
      } else {
        failed[decision.failed(i)]++;
      }
    }
  }

  /** The longest of a subject's moratoria counts, each subject once. */
  private void addMoratorium() {
    int until = LineStore.NO_MORATORIUM;
    for (int i = 0; i < decision.count(); i++) {
      int line = decision.line(i);
      if (decision.isLivePermit(line) && decision.failed(i) == 0) {
        until = Math.max(until, store.moratorium(line));
      }
    }
    if (until != LineStore.NO_MORATORIUM) {
      Optional<LocalDate> last =
          until == LineStore.NO_LAST_DAY
              ? Optional.empty()
              : Optional.of(LocalDate.ofEpochDay(until));
      moratorium = moratorium.plus(last);
    }
  }

  /** Moves the profiles of this range into those of all, and the answers with them. */
  void moveInto(IntPool all) {
    int[] moved = profiles.moveInto(all);
    for (int subject = from; subject < to; subject++) {
      if (answers[subject] >= 0) {
        answers[subject] = moved[answers[subject]];
      }
    }
  }

  /** Adds the permitted subjects whose permits a parent or guardian signed for a minor. */
  void addRepresented(BitSet all) {
    represented.stream().forEach(place -> all.set(from + place));
  }

  /** Adds what was counted by outcome of a line. */
  void addOutcomes(Map<LineOutcome, Long> sum) {
    add(LineOutcome.DUPLICATE_ID, duplicated, sum);
    add(LineOutcome.PERMIT_PASSED, passed, sum);
    add(LineOutcome.PERMIT_FAILED, Arrays.stream(failed).sum(), sum);
  }

  private static void add(LineOutcome outcome, long count, Map<LineOutcome, Long> sum) {
    if (count > 0) {
      sum.merge(outcome, count, Long::sum);
    }
  }

  /** Adds subjects by the code that excludes them, and permits by the check that they failed. */
  void addReasons(long[] excludedSum, long[] failedSum) {
    for (Exclusion reason : Exclusion.values()) {
      excludedSum[reason.code()] += excluded[reason.code()];
      failedSum[reason.code()] += failed[reason.code()];
    }
    excludedSum[0] += excluded[0];
  }

  /** What is wrong with the lines of these subjects. */
  ProblemCounts reported() {
    return reported.reported();
  }

  Moratorium moratorium() {
    return moratorium;
  }

  Optional<ConsentExplanation> explanation() {
    return explanation;
  }
}

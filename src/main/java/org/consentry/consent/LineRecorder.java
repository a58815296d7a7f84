package org.consentry.consent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.consentry.consent.ConsentExplanation.Answer;
import org.consentry.consent.ConsentExplanation.Grant;
import org.consentry.consent.ConsentExplanation.LineAccount;
import org.consentry.consent.ConsentExplanation.TestAccount;
import org.consentry.consent.ConsentExplanation.Weight;
import org.consentry.data.Exclusion;
import org.consentry.problem.Place;

/** Remembers the lines of one subject while all are decided, and explains the decision. */
final class LineRecorder {

  /**
   * A line seen.
   *
   * @param number its number in the store, or {@link LineStore#NONE}
   */
  private record Seen(
      int number, Place place, Optional<ConsentLine> content, Optional<LineOutcome> outcome) {}

  private static final Comparator<Seen> LATEST_THEN_ID =
      Comparator.comparing((Seen seen) -> seen.content().orElseThrow().signedFrom())
          .reversed()
          .thenComparing(seen -> seen.content().orElseThrow().id());

  private final int subject;
  private final List<Seen> seen = new ArrayList<>();

  LineRecorder(int subject) {
    this.subject = subject;
  }

  int subject() {
    return subject;
  }

  void sawBad(Place place, LineOutcome outcome) {
    seen.add(new Seen(LineStore.NONE, place, Optional.empty(), Optional.of(outcome)));
  }

  /** A permit's outcome is known only when all lines are. */
  void saw(int number, LineFacts line) {
    seen.add(new Seen(number, line.place(), line.content(), line.outcome()));
  }

  ConsentExplanation explain(byte code, SubjectDecision decision, LineStore store) {
    Optional<Exclusion> exclusion =
        code == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(code));
    List<Integer> deciding = deciding(exclusion, decision, store);
    List<LineAccount> lines = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      Seen line = seen.get(i);
      Weight weight = deciding.contains(i) ? Weight.DECIDES : Weight.DOES_NOT_DECIDE;
      lines.add(account(line, decision, weight));
      if (code == 0 && isPassed(line, decision)) {
        grants.add(grant(line, decision, store));
      }
    }
    return new ConsentExplanation(exclusion, lines, grants);
  }

  private LineAccount account(Seen line, SubjectDecision decision, Weight weight) {
    if (line.outcome().isPresent()) {
      return new LineAccount(
          line.place(), line.content(), line.outcome().get(), List.of(), Optional.empty(), weight);
    }
    if (!decision.isLivePermit(line.number())) {
      return new LineAccount(
          line.place(),
          line.content(),
          LineOutcome.DUPLICATE_ID,
          List.of(),
          Optional.empty(),
          weight);
    }
    byte failed = decision.failedOf(line.number());
    return new LineAccount(
        line.place(),
        line.content(),
        failed == 0 ? LineOutcome.PERMIT_PASSED : LineOutcome.PERMIT_FAILED,
        tests(failed),
        placeOf(decision.decidedByOf(line.number())),
        weight);
  }

  private static List<TestAccount> tests(byte failed) {
    Optional<Exclusion> reason =
        failed == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(failed));
    Optional<PermitCheck> failing = reason.map(PermitCheck::of);
    List<TestAccount> tests = new ArrayList<>();
    Answer answer = Answer.PASSED;
    for (PermitCheck test : PermitCheck.values()) {
      if (failing.filter(test::equals).isPresent()) {
        tests.add(new TestAccount(test, Answer.FAILED, reason));
        answer = Answer.NOT_REACHED;
      } else {
        tests.add(new TestAccount(test, answer, Optional.empty()));
      }
    }
    return tests;
  }

  private Grant grant(Seen line, SubjectDecision decision, LineStore store) {
    List<Seen> denials =
        seen.stream()
            .filter(other -> other.number() != LineStore.NONE)
            .filter(other -> decision.limits(other.number(), line.number()))
            .toList();
    int[] words =
        IntStream.concat(
                IntStream.concat(scope(line, store), IntStream.of(denials.size())),
                denials.stream().flatMapToInt(denial -> scope(denial, store)))
            .toArray();
    return new Grant(
        line.place(),
        Grants.of(Profiles.profile(List.of(words))),
        denials.stream().map(Seen::place).toList());
  }

  private static IntStream scope(Seen line, LineStore store) {
    return IntStream.of(store.scope(line.number()));
  }

  /** Positions of the lines that decide the outcome of the subject. */
  private List<Integer> deciding(
      Optional<Exclusion> exclusion, SubjectDecision decision, LineStore store) {
    if (exclusion.isEmpty()) {
      return positions(line -> isPassed(line, decision));
    }
    return switch (exclusion.get()) {
      case BAD_RESTRICTION_ROW ->
          positions(line -> line.outcome().equals(Optional.of(LineOutcome.BAD_RESTRICTION_ROW)));
      case REFUSED ->
          positions(
              line ->
                  line.number() != LineStore.NONE
                      && store.has(line.number(), SubjectDecision.DENIAL_PRESENT));
      case NO_CONSENT, PATIENT_AMBIGUOUS -> List.of();
      default -> furthest(exclusion.get(), decision);
    };
  }

  /** The permit that got furthest (the latest signed, then by id) and the line that stopped it. */
  private List<Integer> furthest(Exclusion exclusion, SubjectDecision decision) {
    int permit =
        seen.stream()
            .filter(line -> line.outcome().isEmpty() && decision.isLivePermit(line.number()))
            .filter(line -> decision.failedOf(line.number()) == exclusion.code())
            .min(LATEST_THEN_ID)
            .orElseThrow()
            .number();
    int by = decision.decidedByOf(permit);
    return positions(
        line ->
            line.number() != LineStore.NONE && (line.number() == permit || line.number() == by));
  }

  private List<Integer> positions(Predicate<Seen> wanted) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (wanted.test(seen.get(i))) {
        positions.add(i);
      }
    }
    return positions;
  }

  private static boolean isPassed(Seen line, SubjectDecision decision) {
    return line.outcome().isEmpty()
        && decision.isLivePermit(line.number())
        && decision.failedOf(line.number()) == 0;
  }

  private Optional<Place> placeOf(int number) {
    return number == LineStore.NONE
        ? Optional.empty()
        : seen.stream().filter(line -> line.number() == number).map(Seen::place).findFirst();
  }
}

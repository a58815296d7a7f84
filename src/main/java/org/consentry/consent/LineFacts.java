package org.consentry.consent;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.data.BirthRange;
import org.consentry.problem.Place;

/**
 * What one line means for one request, without a look at other lines: all that is remembered of a
 * line while the rest of the file is read. Immutable.
 *
 * @param file the file as messages show it
 * @param line line number in the file, from 1
 * @param id the line's id as {@link LineStore#hash}
 * @param flags the flags of {@link SubjectDecision} and of this class
 * @param signedFrom earliest moment of the signature, or {@link ConsentLine#NO_TIME}
 * @param signedTo latest moment of the signature, or {@link ConsentLine#NO_TIME}
 * @param failed code of the first check that a permit fails, or 0
 * @param scope the records of a permit or of a denial of this request
 * @param names the other lines which the line names
 * @param outcome what becomes of the line; empty for a permit, which depends on other lines too
 * @param moratorium the last day of a permit's publication moratorium, if it has one
 * @param content the line itself, for the explanation of a watched subject only
 */
record LineFacts(
    String file,
    long line,
    long id,
    int flags,
    long signedFrom,
    long signedTo,
    byte failed,
    Scope scope,
    NamedLines names,
    Optional<LineOutcome> outcome,
    Optional<Optional<LocalDate>> moratorium,
    Optional<ConsentLine> content) {

  /** The status takes the force away. */
  static final int DROPPED = 1 << 16;

  /** The line has its force and its first day has come. */
  static final int EFFECTIVE = 1 << 17;

  /** It revokes every line of its patient. */
  static final int REVOKES_ALL = 1 << 18;

  /**
   * Categories and days as {@link LineScope} writes them.
   *
   * @param categories bits of categories
   * @param from first day
   * @param to last day
   */
  record Scope(int categories, int from, int to) {

    /** No record. */
    static final Scope NONE = new Scope(0, 0, 0);

    private static Scope of(int[] words) {
      return new Scope(words[0], words[1], words[2]);
    }
  }

  /**
   * Hashes of the ids of other lines.
   *
   * @param revoked what the line revokes
   * @param superseded what the line supersedes
   */
  record NamedLines(List<Long> revoked, List<Long> superseded) {

    /** No line. */
    static final NamedLines NONE = new NamedLines(List.of(), List.of());

    NamedLines {
      revoked = List.copyOf(revoked);
      superseded = List.copyOf(superseded);
    }

    private static NamedLines of(ConsentLine line) {
      return line.revokes().names().isEmpty() && line.supersedes().names().isEmpty()
          ? NONE
          : new NamedLines(hashes(line.revokes().names()), hashes(line.supersedes().names()));
    }

    private static List<Long> hashes(List<String> ids) {
      return ids.stream().map(LineStore::hash).toList();
    }

    boolean isEmpty() {
      return revoked.isEmpty() && superseded.isEmpty();
    }
  }

  /**
   * The facts of a line.
   *
   * @param born of the patient; it does not matter for a line of an unknown patient
   */
  static LineFacts of(ConsentLine line, LineChecks checks, BirthRange born) {
    Builder facts = new Builder(line, checks);
    if (LineChecks.isDropped(line.status())) {
      return facts.build(Optional.of(LineOutcome.valueOf(line.status().name())));
    }
    if ((facts.flags & SubjectDecision.IS_PERMIT) == 0) {
      return facts.build(Optional.of(facts.restriction()));
    }
    if (!checks.isOfThePast(line)) {
      return facts.build(Optional.of(LineOutcome.LATER_THAN_NOW));
    }
    facts.permit(born);
    return facts.build(Optional.empty());
  }

  /** The same with the line itself. */
  LineFacts with(ConsentLine itself) {
    return new LineFacts(
        file,
        line,
        id,
        flags,
        signedFrom,
        signedTo,
        failed,
        scope,
        names,
        outcome,
        moratorium,
        Optional.of(itself));
  }

  Place place() {
    return Place.of(file, line);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean isPermit() {
    return has(SubjectDecision.IS_PERMIT);
  }

  /** Collects the facts of one line. */
  private static final class Builder {
    private final ConsentLine line;
    private final LineChecks checks;
    private final NamedLines names;
    private final int[] words = new int[LineScope.WORDS];
    private int flags;
    private long signedFrom = ConsentLine.NO_TIME;
    private long signedTo = ConsentLine.NO_TIME;
    private byte failed;
    private Scope scope = Scope.NONE;
    private Optional<Optional<LocalDate>> moratorium = Optional.empty();

    Builder(ConsentLine line, LineChecks checks) {
      this.line = line;
      this.checks = checks;
      this.names = NamedLines.of(line);
      boolean permits = line.decision() == Decision.PERMIT && line.status() != Status.REJECTED;
      flags = permits ? SubjectDecision.IS_PERMIT : SubjectDecision.IS_RESTRICTION;
      if (line.revokes().everything()) {
        flags |= REVOKES_ALL;
      }
      if (LineChecks.isDropped(line.status())) {
        flags |= DROPPED;
      } else if (checks.hasBegun(line)) {
        flags |= EFFECTIVE;
      }
    }

    void permit(BirthRange born) {
      flags |= SubjectDecision.PERMITS;
      sign();
      failed = checks.firstFailure(line, born);
      if (failed == 0 && checks.isForMinor(line, born)) {
        flags |= SubjectDecision.FOR_MINOR;
      }
      LineScope.ofPermit(line, words);
      scope = Scope.of(words);
      if ((flags & EFFECTIVE) != 0) {
        replace();
      }
      moratorium = DuoTerms.moratorium(line);
    }

    LineOutcome restriction() {
      boolean withdrawal = line.decision() == Decision.WITHDRAW;
      boolean denial = !withdrawal || line.status() == Status.REJECTED;
      sign();
      if ((flags & EFFECTIVE) == 0) {
        return LineOutcome.RESTRICTS_LATER;
      }
      boolean here = checks.restrictionApplies(line);
      boolean inForce = !checks.hasEnded(line);
      if (denial && inForce) {
        deny(here);
      }
      replace();
      if (withdrawal && line.revokes().isEmpty() && here) {
        flags |= SubjectDecision.WITHDRAWS;
      }
      return restricting(inForce || withdrawal);
    }

    private void deny(boolean here) {
      flags |= SubjectDecision.DENIAL_PRESENT;
      if (!here) {
        return;
      }
      flags |= SubjectDecision.DENIES;
      LineScope.ofRestriction(line, words);
      scope = Scope.of(words);
      if (LineScope.isWhole(words)) {
        flags |= SubjectDecision.DENIES_ALL;
      }
    }

    /** Whatever a line revokes or supersedes no longer permits, also when the line is a permit. */
    private void replace() {
      if ((flags & REVOKES_ALL) != 0) {
        flags |= SubjectDecision.WITHDRAWS;
      }
      if (!names.isEmpty()) {
        flags |= SubjectDecision.NAMES_OTHERS;
      }
    }

    private LineOutcome restricting(boolean inForce) {
      int restricting =
          SubjectDecision.DENIES | SubjectDecision.WITHDRAWS | SubjectDecision.NAMES_OTHERS;
      if ((flags & restricting) != 0) {
        return LineOutcome.RESTRICTS;
      }
      return inForce ? LineOutcome.RESTRICTS_ELSEWHERE : LineOutcome.RESTRICTED_EARLIER;
    }

    private void sign() {
      signedFrom = line.signedFrom();
      signedTo = line.signedTo();
    }

    LineFacts build(Optional<LineOutcome> outcome) {
      return new LineFacts(
          line.file(),
          line.line(),
          LineStore.hash(line.id()),
          flags,
          signedFrom,
          signedTo,
          failed,
          scope,
          names,
          outcome,
          moratorium,
          Optional.empty());
    }
  }
}

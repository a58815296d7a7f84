package org.consentry.followup;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.Register.Recall;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Memberships.Published;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.StatedAuthority.Ending;

/** Whether a release may be handed over to its recipient on a day, and what came of it. */
public final class HandOver {

  private final Disclosed release;
  private final LocalDate today;

  /**
   * The hand-over of a release.
   *
   * @param today the day, clinic-local
   */
  public HandOver(Disclosed release, LocalDate today) {
    this.release = release;
    this.today = today;
  }

  /** The folder it was published as. */
  public Path folder() {
    return Path.of(release.fact(LedgerFact.TARGET));
  }

  /**
   * Refuses what must not leave any more: releases that are recalled, replaced or destroyed, whose
   * agreement ended, or of whose authority nothing is known.
   *
   * @throws ProblemException category AUTHORITY with all reasons
   */
  public void requireAuthority() {
    Problems problems = new Problems();
    if (release.authority().isEmpty()) {
      refuse(problems, "its manifest is missing or changed", "restore it from a backup");
    }
    if (release.recall() == Recall.OPEN) {
      refuse(problems, "a recall of it is open", "make a release that replaces it");
    }
    release
        .replacedBy()
        .ifPresent(newer -> refuse(problems, "it is replaced by " + newer, "hand that over"));
    if (release.isDestroyed()) {
      refuse(problems, "the recipient confirmed that it is destroyed", "make another release");
    }
    ended(problems, Ending.AGREEMENT);
    ended(problems, Ending.BOARD);
    ended(problems, Ending.DESTRUCTION);
    problems.throwIfAny(Category.AUTHORITY);
  }

  private void ended(Problems problems, Ending what) {
    LocalDate end = release.ends().get(what);
    if (end != null && end.isBefore(today)) {
      refuse(problems, what.words() + " " + end, "have it renewed and make another release");
    }
  }

  private void refuse(Problems problems, String why, String hint) {
    problems.error("HAND_OVER", Place.of(release.name()), "it is not handed over: " + why, hint);
  }

  /**
   * Refuses a release with people whose consent does not cover it any more.
   *
   * @throws ProblemException category STALE when there are such people, or as {@link
   *     RecallRun#judge(Published)} when it cannot be judged
   */
  public void requireConsent(RecallRun judging) {
    Optional<RecallList> list = judging.judge(new Published(release.entry()));
    if (list.isPresent()) {
      throw new ProblemException(
          Category.STALE,
          List.of(
              Problem.error(
                  "CONSENT_CHANGED",
                  Place.of(release.name()),
                  "consent no longer covers "
                      + CountWords.of(list.get().patients(), "patient")
                      + " of it; it is not handed over",
                  "make another release with --replaces, and hand that over")));
    }
  }

  /**
   * What the ledger keeps of a confirmation.
   *
   * @param kind RECEIVED or DESTROYED
   * @param day when it happened
   * @param document what the recipient wrote; only its digest is kept
   * @param key fingerprint of the key that signed it; empty when it is not signed
   * @throws ProblemException category USAGE when it cannot have happened on that day, or is known
   *     already
   */
  public LedgerEvent confirmed(
      Kind kind, LocalDate day, byte[] document, String key, String askedBy) {
    requireDay(kind, day);
    return LedgerEvent.confirmed(release.entry(), kind, askedBy, day, Sha256.hex(document), key);
  }

  /** Refuses a day on which the recipient cannot have received or destroyed the release. */
  private void requireDay(Kind kind, LocalDate day) {
    if (day.isBefore(release.day()) || day.isAfter(today)) {
      throw usage(
          "CONFIRMED_DAY",
          "expected a day from " + release.day() + ", when it was published, to today, " + today);
    }
    if (release.isDestroyed()) {
      throw usage("DESTROYED", "the ledger has it already that this release is destroyed");
    }
    if (kind == Kind.RECEIVED && release.handOver().containsKey(Kind.RECEIVED)) {
      throw usage("RECEIVED", "the ledger has a receipt of this release already");
    }
  }

  private ProblemException usage(String code, String message) {
    return ProblemException.of(
        Category.USAGE,
        code,
        Place.of(release.name()),
        message,
        "consentry register shows what is known of it");
  }
}

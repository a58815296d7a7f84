package org.consentry.followup;

import java.nio.file.Path;
import java.time.LocalDate;
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
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.StatedAuthority;
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
    String basis = release.entry().fact(LedgerFact.LEGAL_BASIS).orElse("");
    if (AccountingBasis.of(basis).isOfTheOffice()) {
      refuse(problems, "it is a list of the clinic's own office", "use it there");
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
   * Refuses a release with people whose consent does not cover it any more, and one that its job
   * could not release today.
   *
   * @throws ProblemException category AUTHORITY when an agreement, an approval or a statement of
   *     the job ended; STALE when there are such people, or when the year turned since a release
   *     whose ages are counted by it (45 CFR 164.514(b)(2)(i)(C)); or when it cannot be judged
   */
  public void requireConsent(RecallRun judging) {
    RecallRun.Judgement judgement = judging.judge(new Published(release.entry()));
    Problems ended = new Problems();
    ended.addAll(judgement.plan().authority(today));
    ended.throwIfAny(Category.AUTHORITY);
    LocalDate reference =
        release.authority().flatMap(StatedAuthority::reference).orElse(LocalDate.MIN);
    if (judgement.plan().isOutdated(reference, today)) {
      throw stale(
          "REFERENCE_DATE_PAST",
          "the year turned since it was made, so that ages over 89 could be disclosed",
          "make another release, and hand that over");
    }
    if (judgement.list().isPresent()) {
      throw stale(
          "CONSENT_CHANGED",
          "consent no longer covers "
              + CountWords.of(judgement.list().get().patients(), "patient")
              + " of it; it is not handed over",
          "make another release with --replaces, and hand that over");
    }
  }

  private ProblemException stale(String code, String message, String hint) {
    return ProblemException.of(Category.STALE, code, Place.of(release.name()), message, hint);
  }

  /**
   * What the ledger keeps of a confirmation.
   *
   * @param kind RECEIVED, DESTROYED, or MISTAKEN for what was noted by mistake
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

  /** Refuses what cannot have happened, or is known already. */
  private void requireDay(Kind kind, LocalDate day) {
    boolean isKnown = release.handOver().containsKey(kind);
    boolean isConfirmed = release.handOver().containsKey(Kind.RECEIVED) || release.isDestroyed();
    if (kind == Kind.MISTAKEN && !isConfirmed) {
      throw usage("NOT_CONFIRMED", "nothing was confirmed of this release");
    }
    if (kind != Kind.MISTAKEN && (isKnown || release.isDestroyed())) {
      throw usage(
          "CONFIRMED",
          "the ledger has that already; if it is wrong, take it back by consentry confirm "
              + release.name()
              + " mistaken");
    }
    LocalDate first = release.handOver().getOrDefault(Kind.RECEIVED, release.day());
    if (day.isBefore(first) || day.isAfter(today)) {
      throw usage(
          "CONFIRMED_DAY",
          "expected a day from "
              + first
              + ", when it was published or received, to today, "
              + today);
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

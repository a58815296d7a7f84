package org.consentry.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.Job;
import org.consentry.config.Job.Agreement;
import org.consentry.config.Job.Attestation;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobKind;
import org.consentry.config.Recipient;
import org.consentry.config.Study;
import org.consentry.config.Study.Board;
import org.consentry.config.WithPlace;
import org.consentry.data.EnumWord;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/**
 * Whether the agreements and approvals that a job names allow a release on a day. A pure function
 * of job and day: what is expired, not yet signed, missing or does not fit refuses the run before a
 * row is read.
 */
public final class Authority {

  private final Job job;
  private final Policies policies;
  private final Optional<Policy> policy;
  private final LocalDate day;
  private final Problems problems = new Problems();

  private Authority(Job job, Policies policies, LocalDate day) {
    this.job = job;
    this.policies = policies;
    this.policy = policies.named(job.target().value());
    this.day = day;
  }

  /**
   * Checks a job. A target that is not in the catalogue is a problem of the file and not reported
   * here.
   *
   * @param policies the targets there are
   * @param day the day of the release
   * @return everything found; throw it under {@link org.consentry.problem.Category#AUTHORITY}
   */
  public static List<Problem> check(Job job, Policies policies, LocalDate day) {
    Authority authority = new Authority(job, policies, day);
    authority.basis();
    authority.board();
    authority.agreement();
    authority.attestation();
    authority.adultsOnly();
    authority.accounting();
    return authority.problems.list();
  }

  private void basis() {
    LegalBasis basis = job.legalBasis().value();
    if (Binder.isFiller(job.legalBasis().place())) {
      return;
    }
    if (basis.kind() != job.kind()) {
      problems.error(
          "BASIS_OF_KIND",
          job.legalBasis().place(),
          "legal basis " + EnumWord.of(basis) + " is not of kind " + job.kind().word(),
          "");
    }
    policy
        .map(Policy::target)
        .filter(target -> !target.bases().contains(basis))
        .ifPresent(
            target ->
                problems.error(
                    "BASIS_TARGET",
                    job.target().place(),
                    "legal basis "
                        + EnumWord.of(basis)
                        + " is not served by target "
                        + target.word(),
                    "one of: " + String.join(", ", policies.serving(basis))));
  }

  private void board() {
    Optional<Board> board = job.study().board();
    boolean waiver = job.legalBasis().value() == LegalBasis.WAIVER;
    if (board.isEmpty()) {
      if (waiver) {
        missing(
            "BOARD_MISSING",
            job.study().place(),
            "a waiver names the board that granted it (45 CFR 164.512(i)(2)(i))",
            "add study.board");
      }
      return;
    }
    begun("BOARD_NOT_YET", board.get().approvedOn(), "the board's approval begins on ");
    board
        .get()
        .expiresOn()
        .ifPresent(end -> notEnded("BOARD_EXPIRED", end, "the board's approval ended on "));
    if (waiver) {
      waiver(board.get());
    }
  }

  private void waiver(Board board) {
    String rule = " (45 CFR 164.512(i)(2))";
    if (board.review().isEmpty()) {
      missing(
          "BOARD_MISSING",
          board.place(),
          "a waiver names how it was reviewed" + rule,
          "add review: normal or expedited");
    }
    if (board.phiDescription().isEmpty()) {
      missing(
          "BOARD_MISSING",
          board.place(),
          "a waiver describes the information that is needed" + rule,
          "add phiDescription");
    }
    if (board.signedBy().isEmpty()) {
      missing(
          "BOARD_MISSING", board.place(), "a waiver names who signed it" + rule, "add signedBy");
    }
  }

  private void agreement() {
    if (job.agreement().isEmpty()) {
      if (job.legalBasis().value() == LegalBasis.LIMITED_DATA_SET) {
        missing(
            "AGREEMENT_MISSING",
            job.legalBasis().place(),
            "a limited data set needs a data use agreement (45 CFR 164.514(e)(4))",
            "add agreement");
      }
      return;
    }
    Agreement agreement = job.agreement().get();
    begun("AGREEMENT_NOT_YET", agreement.signedOn(), "the agreement is signed only on ");
    notEnded("AGREEMENT_EXPIRED", agreement.expiresOn(), "the agreement ended on ");
    agreement
        .destroyBy()
        .ifPresent(end -> notEnded("AGREEMENT_EXPIRED", end, "the data was to be destroyed by "));
  }

  private void attestation() {
    if (job.attestation().isEmpty()) {
      policy
          .flatMap(known -> known.target().attestation())
          .ifPresent(
              text ->
                  missing(
                      "ATTESTATION_MISSING",
                      job.target().place(),
                      text,
                      "add attestation: {text, by, on}"));
      return;
    }
    Attestation attestation = job.attestation().get();
    begun("ATTESTATION_NOT_YET", attestation.on(), "the attestation is given only on ");
    attestation
        .expiresOn()
        .ifPresent(end -> notEnded("ATTESTATION_EXPIRED", end, "the attestation ended on "));
  }

  private void adultsOnly() {
    job.consent()
        .adultsOnly()
        .ifPresent(
            statement -> {
              begun(
                  "ADULTS_ONLY_NOT_YET",
                  statement.on(),
                  "the statement of consent.adultsOnly is given only on ");
              statement
                  .expiresOn()
                  .ifPresent(
                      end ->
                          notEnded(
                              "ADULTS_ONLY_EXPIRED",
                              end,
                              "the statement of consent.adultsOnly ended on "));
            });
  }

  /** Whether patients get an account of disclosures under a basis (45 CFR 164.528(a)(1)). */
  public static boolean isAccounted(LegalBasis basis) {
    return switch (basis) {
      case WAIVER, GDPR_CONSENT, REQUIRED_BY_LAW -> true;
      case AUTHORIZATION,
          LIMITED_DATA_SET,
          DE_IDENTIFIED,
          PAYMENT,
          MARKETING_AUTHORIZATION,
          RECONTACT_AUTHORIZATION ->
          false;
    };
  }

  /**
   * What an accounting lists of a disclosure that no exception leaves out. It is given to patients
   * years later, so that what is missing then cannot be added.
   */
  private void accounting() {
    if (!isAccounted(job.legalBasis().value()) || Binder.isFiller(job.legalBasis().place())) {
      return;
    }
    Recipient recipient = job.recipient();
    Study study = job.study();
    Optional<Study.Sponsor> sponsor = study.sponsor();
    accounted("recipient.address", recipient.place(), recipient.address());
    if (job.kind() != JobKind.RESEARCH) {
      return;
    }
    accounted("recipient.phone", recipient.place(), recipient.phone());
    accounted("study.description", study.place(), study.description());
    accounted("study.sponsor.name", study.place(), sponsor.map(Study.Sponsor::name));
    Place place = sponsor.map(Study.Sponsor::place).orElse(study.place());
    accounted("study.sponsor.address", place, sponsor.flatMap(Study.Sponsor::address));
    accounted("study.sponsor.phone", place, sponsor.flatMap(Study.Sponsor::phone));
  }

  private void accounted(String key, Place place, Optional<String> value) {
    if (value.isEmpty()) {
      missing(
          "ACCOUNTING_MISSING",
          place,
          "disclosures under "
              + EnumWord.of(job.legalBasis().value())
              + " are accounted for to patients, and the account has the "
              + key
              + " (45 CFR 164.528(b))",
          "add " + key);
    }
  }

  private void begun(String code, WithPlace<LocalDate> begin, String sentence) {
    if (begin.value().isAfter(day)) {
      problems.error(
          code,
          begin.place(),
          sentence + begin.value() + ", after the day of the run, " + day,
          "wait, or correct the date");
    }
  }

  private void notEnded(String code, WithPlace<LocalDate> end, String sentence) {
    if (end.value().isBefore(day)) {
      problems.error(
          code,
          end.place(),
          sentence + end.value() + ", before the day of the run, " + day,
          "have it renewed, then write the new date");
    }
  }

  private void missing(String code, Place place, String message, String hint) {
    problems.error(code, place, message, hint);
  }
}

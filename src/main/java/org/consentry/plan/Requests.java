package org.consentry.plan;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.config.ConsentRule;
import org.consentry.config.Job;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobKind;
import org.consentry.config.Recipient;
import org.consentry.config.SafeWord;
import org.consentry.config.Study;
import org.consentry.config.Study.Board;
import org.consentry.config.Suggestion;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.PurposeOfUse;
import org.consentry.data.Digest;
import org.consentry.data.Placeholder;
import org.consentry.problem.Problems;

/**
 * From a job to what is asked of every consent. What the job leaves open is read the strict way: a
 * recipient without other words works for profit and uses the data commercially.
 */
final class Requests {

  private static final Set<String> RESEARCH = Set.of("HRESCH");
  private static final Set<String> LIMITED_DATA_SET = Set.of("HRESCH", "PUBHLTH", "HOPERAT");

  /** Purposes of the clinic's other promises; research has none of them, nor one below them. */
  private static final Set<String> NOT_RESEARCH =
      Set.of("HPAYMT", "HMARKT", "HLEGAL", PurposeOfUse.RECONTACT);

  private Requests() {}

  /** Whether a kind of disclosure may have a purpose of use. */
  static boolean allows(JobKind kind, String purpose) {
    Set<String> covering = PurposeOfUse.bundled().covering(purpose);
    return switch (kind) {
      case RESEARCH -> covering.stream().noneMatch(NOT_RESEARCH::contains);
      case INSURER_RESPONSE -> covering.contains("HPAYMT");
      case LEGAL_PROCESS -> covering.contains("HLEGAL");
      case MAILING -> covering.contains("HMARKT");
      case RECONTACT -> covering.contains(PurposeOfUse.RECONTACT);
    };
  }

  private static void notOfKind(Job job, Problems problems) {
    problems.error(
        "PURPOSE_OF_KIND",
        job.study().purpose().place(),
        "'" + job.study().purpose().value() + "' is no purpose of kind " + job.kind().word(),
        job.kind() == JobKind.RESEARCH
            ? "write a purpose of research, or a job of the kind that has this purpose"
            : job.kind() == JobKind.INSURER_RESPONSE
                ? "write HPAYMT, or a purpose below it such as COVERAGE"
                : "");
  }

  /** Reports what no request can be made of. */
  static void check(Job job, Problems problems) {
    Study study = job.study();
    String purpose = study.purpose().value();
    PurposeOfUse known = PurposeOfUse.bundled();
    if (!known.isKnown(purpose) && Placeholder.in(purpose).isEmpty()) {
      problems.error(
          "PURPOSE",
          study.purpose().place(),
          SafeWord.word(purpose) + " is no purpose of use",
          Suggestion.nearest(purpose, known.codes()).map(Suggestion::of).orElseGet(known::inWords));
    }
    if (!known.isKnown(purpose) || allows(job.kind(), purpose)) {
      lawful(job, known, problems);
    } else {
      notOfKind(job, problems);
    }
    if (!study.diseases().stream().allMatch(ConsentRequest::isDisease)) {
      problems.error(
          "DISEASE",
          study.place(),
          "study.diseases has a word that is no ICD-10-CM code",
          "write codes such as H02.4");
    }
  }

  /** Purposes for which a legal basis may be used at all; consent is asked besides. */
  private static void lawful(Job job, PurposeOfUse known, Problems problems) {
    String purpose = job.study().purpose().value();
    LegalBasis basis = job.legalBasis().value();
    Set<String> allowed =
        switch (basis) {
          case LIMITED_DATA_SET -> LIMITED_DATA_SET;
          case WAIVER -> RESEARCH;
          case AUTHORIZATION,
              DE_IDENTIFIED,
              GDPR_CONSENT,
              PAYMENT,
              REQUIRED_BY_LAW,
              MARKETING_AUTHORIZATION,
              RECONTACT_AUTHORIZATION ->
              Set.of();
        };
    if (allowed.isEmpty()
        || !known.isKnown(purpose)
        || known.covering(purpose).stream().anyMatch(allowed::contains)) {
      return;
    }
    problems.error(
        "PURPOSE_OF_BASIS",
        job.study().purpose().place(),
        "'"
            + purpose
            + "' is no purpose of "
            + (basis == LegalBasis.WAIVER
                ? "a waiver, which is for research (45 CFR 164.512(i))"
                : "a limited data set, which is for research, public health and health care"
                    + " operations (45 CFR 164.514(e)(3)(i))"),
        "one below: " + String.join(", ", new TreeSet<>(allowed)) + "; or another legal basis");
  }

  /**
   * What is asked.
   *
   * @param releaseStudy the study of the release whose people are asked for; empty for no release
   */
  static ConsentRequest of(Job job, LocalDateTime now, Optional<String> releaseStudy) {
    Study study = job.study();
    String named = releaseStudy.orElse(ConsentRequest.NO_STUDY);
    return new ConsentRequest(
        job.kind() == JobKind.RESEARCH ? study.id() : named,
        ConsentRequest.StudyState.valueOf(study.state().name()),
        study.purpose().value(),
        ConsentRequest.MethodsResearch.valueOf(study.methodsResearch().name()),
        study.diseases(),
        recipient(job.recipient()),
        study.board().map(Requests::lastDay),
        obligations(job),
        job.consent().stewardDecision(),
        now,
        minors(job.consent()));
  }

  /** See {@link ExportPlan#requestDigest()}; the order of sets and maps makes no difference. */
  static String digest(Job job) {
    ConsentRequest.Recipient recipient = recipient(job.recipient());
    ConsentRequest.Minors minors = minors(job.consent());
    return new Digest()
        .add(job.study().id())
        .add(job.study().purpose().value())
        .add(job.study().methodsResearch().name())
        .add(new TreeSet<>(job.study().diseases()).toString())
        .add(recipient.id())
        .add(new TreeSet<>(recipient.classes()).toString())
        .add(recipient.profit().name())
        .add(recipient.use().name())
        .add(recipient.country())
        .add(new TreeSet<>(recipient.institutions()).toString())
        .add(new TreeSet<>(recipient.users()).toString())
        .add(minors.parentalPermit().name())
        .add(new TreeMap<>(minors.majority()).toString())
        .add(Integer.toString(minors.defaultMajority()))
        .add(Integer.toString(minors.assentAge()))
        .add(
            job.consent()
                .adultsOnly()
                .map(statement -> statement.by() + statement.on().value())
                .orElse(""))
        .text();
  }

  private static LocalDate lastDay(Board board) {
    return board.expiresOn().map(end -> end.value()).orElse(LocalDate.MAX);
  }

  private static ConsentRequest.Recipient recipient(Recipient recipient) {
    boolean nonProfit = recipient.profit().equals(Optional.of(Recipient.Profit.NON_PROFIT));
    boolean nonCommercial = recipient.use().equals(Optional.of(Recipient.Use.NON_COMMERCIAL));
    return new ConsentRequest.Recipient(
        recipient.id(),
        Set.copyOf(recipient.classes()),
        nonProfit ? ConsentRequest.Profit.NON_PROFIT : ConsentRequest.Profit.FOR_PROFIT,
        nonCommercial ? ConsentRequest.Use.NON_COMMERCIAL : ConsentRequest.Use.COMMERCIAL,
        recipient.country().orElse(""),
        Set.copyOf(recipient.institutions()),
        Set.copyOf(recipient.users()));
  }

  private static Set<ConsentRequest.Obligation> obligations(Job job) {
    Set<ConsentRequest.Obligation> promised = EnumSet.noneOf(ConsentRequest.Obligation.class);
    job.agreement().map(agreement -> agreement.obligations()).orElse(List.of()).stream()
        .map(obligation -> ConsentRequest.Obligation.valueOf(obligation.name()))
        .forEach(promised::add);
    return promised;
  }

  private static ConsentRequest.Minors minors(ConsentRule rule) {
    Map<String, Integer> ages = new HashMap<>(rule.ages());
    Integer otherwise = ages.remove(ConsentRule.OTHERWISE);
    return new ConsentRequest.Minors(
        ConsentRequest.ParentalPermit.valueOf(rule.minors().name()),
        ages,
        otherwise == null ? 18 : otherwise,
        rule.assentAge());
  }
}

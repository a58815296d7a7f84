package org.consentry.consent;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.consentry.consent.ConsentLine.DuoTerm;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Obligation;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.Exclusion;

/**
 * Judges the data use terms of one line against one request. Permissions follow the published DUOS
 * V4 matching table (DataBiosphere/consent-ontology); what that table leaves to a person is refused
 * unless the request carries a steward's decision. All terms of a line must be met; the failing one
 * that is first in {@link Exclusion} is the answer.
 */
final class DuoTerms {

  private static final int MET = 0;

  private final ConsentRequest request;
  private final List<String> diseases;
  private final boolean ancestry;
  private final boolean methods;
  private final boolean health;

  DuoTerms(ConsentRequest request) {
    this.request = request;
    this.diseases = request.diseases().stream().map(DuoTerms::plainDisease).toList();
    Set<String> covering = PurposeOfUse.bundled().covering(request.purpose());
    this.ancestry = covering.contains("POARCH");
    this.methods = request.methods() == MethodsResearch.YES;
    this.health = covering.contains("HRESCH") && !ancestry;
  }

  /** Returns 0, or the {@link Exclusion#code()} of the first term that is not met. */
  byte judge(ConsentLine line) {
    List<DuoTerm> terms = line.duo();
    int first = MET;
    for (int i = 0; i < terms.size(); i++) {
      int failed = judge(terms.get(i), line);
      if (failed != MET && (first == MET || failed < first)) {
        first = failed;
      }
    }
    return (byte) first;
  }

  /**
   * The last day of a line's publication moratorium.
   *
   * @return empty without one; an empty day when it does not state how long
   */
  static Optional<Optional<LocalDate>> moratorium(ConsentLine line) {
    for (DuoTerm term : line.duo()) {
      if (term.code() == DuoCode.MOR) {
        return Optional.of(lastDay(term.argument(), line));
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> lastDay(String argument, ConsentLine line) {
    if (argument.isEmpty() || line.signedFrom() == ConsentLine.NO_TIME) {
      return Optional.empty();
    }
    return Optional.of(
        argument.indexOf('-') > 0
            ? LocalDate.parse(argument)
            : ClinicTime.day(line.signedFrom()).plusMonths(Long.parseLong(argument)));
  }

  private int judge(DuoTerm term, ConsentLine line) {
    return switch (term.code()) {
      case NRES, MOR -> MET; // a moratorium binds the recipient; the manifest lists it
      case GRU -> unless(!isResearch(), Exclusion.DUO_PERMISSION);
      case HMB -> unless(!isResearch() || ancestry, Exclusion.DUO_PERMISSION);
      case POA -> unless(!takesAncestryData(), Exclusion.DUO_PERMISSION);
      case NPOA -> unless(ancestry, Exclusion.DUO_PERMISSION);
      case DS -> unless(!coversDiseases(line), Exclusion.DUO_DISEASE);
      case NMDS -> unless(methods, Exclusion.DUO_METHODS);
      case NPU -> unless(!nonProfit(), Exclusion.DUO_NPU);
      case NCU -> unless(!nonCommercial(), Exclusion.DUO_NCU);
      case NPUNCU -> unless(!nonProfit() || !nonCommercial(), Exclusion.DUO_NPUNCU);
      case IRB -> unless(!boardApproves(), Exclusion.DUO_IRB);
      case TS -> unless(!withinMonths(term, line), Exclusion.DUO_TS);
      case GS -> listed(line, DuoCode.GS, Set.of(request.recipient().country()), Exclusion.DUO_GS);
      case IS -> listed(line, DuoCode.IS, request.recipient().institutions(), Exclusion.DUO_IS);
      case PS -> listed(line, DuoCode.PS, Set.of(request.study()), Exclusion.DUO_PS);
      case US -> listed(line, DuoCode.US, request.recipient().users(), Exclusion.DUO_US);
      case PUB -> obligation(Obligation.PUBLISHES);
      case COL -> obligation(Obligation.COLLABORATES);
      case RTN -> obligation(Obligation.RETURNS);
      case RS, GSO, CC -> needsPerson();
    };
  }

  private boolean isResearch() {
    return health || ancestry;
  }

  /** Ancestry data may serve ancestry research, and research into methods without a disease. */
  private boolean takesAncestryData() {
    return diseases.isEmpty() && (ancestry || (methods && health));
  }

  private boolean nonProfit() {
    return request.recipient().profit() == Profit.NON_PROFIT;
  }

  private boolean nonCommercial() {
    return request.recipient().use() == Use.NON_COMMERCIAL;
  }

  private boolean boardApproves() {
    LocalDate today = request.now().toLocalDate();
    return request.boardApprovedUntil().filter(until -> !until.isBefore(today)).isPresent();
  }

  /** Every disease of the request is a disease of the line, or is below one. */
  private boolean coversDiseases(ConsentLine line) {
    if (!isResearch() || ancestry || diseases.isEmpty()) {
      return false;
    }
    List<String> permitted =
        arguments(line, DuoCode.DS).stream().map(DuoTerms::plainDisease).toList();
    return diseases.stream().allMatch(asked -> permitted.stream().anyMatch(asked::startsWith));
  }

  /** The months are counted from the day of the signature; their last day is inside. */
  private boolean withinMonths(DuoTerm term, ConsentLine line) {
    if (line.signedFrom() == ConsentLine.NO_TIME) {
      return false;
    }
    LocalDate signed = ClinicTime.day(line.signedFrom());
    LocalDate last = signed.plusMonths(Long.parseLong(term.argument()));
    return !request.now().toLocalDate().isAfter(last);
  }

  /** Everything the request brings must be listed; a term that lists nothing needs a person. */
  private int listed(ConsentLine line, DuoCode code, Set<String> asked, Exclusion otherwise) {
    List<String> allowed = arguments(line, code);
    if (allowed.isEmpty()) {
      return needsPerson();
    }
    Predicate<String> isAllowed = allowed::contains;
    boolean isMet = !asked.isEmpty() && asked.stream().allMatch(isAllowed);
    return isMet ? MET : otherwise.code();
  }

  private int obligation(Obligation obligation) {
    return unless(!request.obligations().contains(obligation), Exclusion.DUO_OBLIGATION);
  }

  private int needsPerson() {
    return unless(request.stewardDecision().isEmpty(), Exclusion.DUO_NEEDS_STEWARD);
  }

  private static int unless(boolean fails, Exclusion reason) {
    return fails ? reason.code() : MET;
  }

  private static List<String> arguments(ConsentLine line, DuoCode code) {
    List<String> arguments = new ArrayList<>();
    for (DuoTerm term : line.duo()) {
      if (term.code() == code && !term.argument().isEmpty()) {
        arguments.add(term.argument());
      }
    }
    return arguments;
  }

  private static String plainDisease(String code) {
    return code.replace(".", "").toUpperCase(Locale.ROOT);
  }
}

package org.consentry.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binding.Among;
import org.consentry.config.Job.LegalBasis;
import org.consentry.data.EnumWord;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * Records that a court, a statute or the police demands. No consent is asked; in its place there is
 * a document, and only what the document names leaves: persons, tables, columns and dates.
 *
 * @param process the document and what it names
 * @param recipient who receives the records
 */
@Doc("Records that a court, a statute or the police demands, and nothing beside them")
record LegalProcess(
    @Among JobParts parts,
    @Doc("the document and what it names") Demand process,
    @Doc("who receives the records") Recipient recipient)
    implements JobForm {

  /** What demands the records. */
  enum Type {
    @Doc("an order of a court or tribunal, 45 CFR 164.512(e)(1)(i)")
    COURT_ORDER,
    @Doc("a subpoena or discovery request without an order, 45 CFR 164.512(e)(1)(ii)")
    SUBPOENA,
    @Doc("a statute or regulation, 45 CFR 164.512(a)")
    STATUTE,
    @Doc("a demand of law enforcement, 45 CFR 164.512(f)")
    LAW_ENFORCEMENT
  }

  /**
   * A document that demands records.
   *
   * @param id the court's or authority's number
   * @param issuer who issued it
   * @param dated its day
   * @param document the document itself, relative to the job file
   * @param scope columns of the source by table; nothing else leaves
   * @param persons the file of the persons it names
   * @param from first day of the records it names
   * @param to last day
   * @param assurance what a subpoena rests on; required of one and refused elsewhere
   * @param suspension a statement that patients are not informed for a time
   */
  @Doc("A document that demands records, and what it names")
  record Demand(
      Place place,
      @Doc("what demands the records") Type type,
      @Doc("the court's or authority's number") String id,
      @Doc("who issued it") String issuer,
      @Doc("its day") WithPlace<LocalDate> dated,
      @Doc("the document itself, relative to the job file") WithPlace<Path> document,
      @Doc("columns of the source by table, as the document names them; nothing else leaves")
          Map<String, WithPlace<List<String>>> scope,
      @Doc("the file of the persons it names, relative to the job file") WithPlace<Path> persons,
      @Doc("first day of the records it names") WithPlace<LocalDate> from,
      @Doc("last day of the records it names") WithPlace<LocalDate> to,
      @Doc("what a subpoena rests on, 45 CFR 164.512(e)(1)(ii)") Optional<Assurance> assurance,
      @Doc("a statement that patients are not informed for a time, 45 CFR 164.528(a)(2)")
          Optional<Suspension> suspension) {

    Demand {
      if (to.value().isBefore(from.value())) {
        throw new IllegalArgumentException("to must not be before from");
      }
      if (type == Type.SUBPOENA && assurance.isEmpty()) {
        throw new IllegalArgumentException(
            "type must have an assurance where it is a subpoena: notice to the patient or a"
                + " protective order, and its document (45 CFR 164.512(e)(1)(ii))");
      }
      if (type != Type.SUBPOENA && assurance.isPresent()) {
        throw new IllegalArgumentException("assurance is for type: subpoena; remove it");
      }
    }
  }

  /**
   * What allows to answer a subpoena without an order.
   *
   * @param document the written statement, relative to the job file
   */
  @Doc("What allows to answer a subpoena without an order")
  record Assurance(
      Place place,
      @Doc("what is assured") AssuranceType type,
      @Doc("the written statement, relative to the job file") WithPlace<Path> document) {}

  /** What is assured. */
  enum AssuranceType {
    @Doc("the patient was notified and did not object, 45 CFR 164.512(e)(1)(iii)")
    NOTICE,
    @Doc("a qualified protective order is agreed or requested, 45 CFR 164.512(e)(1)(iv)")
    PROTECTIVE_ORDER
  }

  /**
   * A law-enforcement official's statement that accounting would impede an inquiry.
   *
   * @param until last day on which the patient's account leaves the disclosure out
   * @param official who made it
   * @param document the statement, relative to the job file
   */
  @Doc("An official's statement that patients are not informed for a time")
  record Suspension(
      Place place,
      @Doc("last day on which accounts leave the disclosure out") WithPlace<LocalDate> until,
      @Doc("the official who made it") String official,
      @Doc("the statement, relative to the job file") WithPlace<Path> document) {}

  @Override
  public Job job() {
    Study study =
        Study.ofRequest(
            process.place(), process.id(), title(), new WithPlace<>("HLEGAL", process.place()));
    return parts.job(
        JobKind.LEGAL_PROCESS,
        study,
        recipient,
        LegalBasis.REQUIRED_BY_LAW,
        ConsentRule.notAsked(process.place()),
        Optional.empty(),
        List.of());
  }

  /** The brief statement of purpose that an account needs, 45 CFR 164.528(b)(2)(iv). */
  private String title() {
    String type = EnumWord.of(process.type()).replace('-', ' ');
    return type.substring(0, 1).toUpperCase(Locale.ROOT)
        + type.substring(1)
        + " "
        + process.id()
        + " of "
        + process.issuer()
        + ", dated "
        + process.dated().value();
  }

  @Override
  public Map<String, String> statement() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("type", EnumWord.of(process.type()));
    facts.put("issuer", process.issuer());
    facts.put("dated", process.dated().value().toString());
    facts.put("from", process.from().value().toString());
    facts.put("to", process.to().value().toString());
    process
        .scope()
        .forEach(
            (table, columns) -> facts.put("scope " + table, String.join(", ", columns.value())));
    process.assurance().ifPresent(given -> facts.put("assurance", EnumWord.of(given.type())));
    return facts;
  }

  /**
   * Records of substance use need an order of a court made for them (42 CFR 2.61), and notes of
   * psychotherapy an authorization unless the law requires them (45 CFR 164.508(a)(2)(ii)).
   */
  @Override
  public Set<RecordCategory> outOfDemand() {
    return switch (process.type()) {
      case COURT_ORDER -> Set.of();
      case STATUTE -> Set.of(RecordCategory.SUD_PART2);
      case SUBPOENA, LAW_ENFORCEMENT ->
          Set.of(RecordCategory.SUD_PART2, RecordCategory.PSYCHOTHERAPY_NOTE);
    };
  }

  @Override
  public Map<String, WithPlace<LocalDate>> pastDays() {
    return Map.of("dated", process.dated());
  }

  @Override
  public Return afterUse() {
    return process
        .assurance()
        .filter(given -> given.type() == AssuranceType.PROTECTIVE_ORDER)
        .map(given -> Return.RETURN_OR_DESTROY)
        .orElse(Return.NOT_ASKED);
  }

  @Override
  public Optional<LocalDate> suspendedUntil() {
    return process.suspension().map(given -> given.until().value());
  }

  @Override
  public Optional<WithPlace<Path>> people() {
    return Optional.of(process.persons());
  }

  @Override
  public Optional<Window> window() {
    return Optional.of(new Window(process.from().value(), process.to().value()));
  }

  @Override
  public Map<String, WithPlace<Path>> documents() {
    Map<String, WithPlace<Path>> documents = new LinkedHashMap<>();
    documents.put("document", process.document());
    process.assurance().ifPresent(given -> documents.put("assurance", given.document()));
    process.suspension().ifPresent(given -> documents.put("suspension", given.document()));
    return documents;
  }

  @Override
  public Map<String, WithPlace<List<String>>> scope() {
    return process.scope();
  }
}

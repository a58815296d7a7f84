package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.consent.ConsentExplanation;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.PlainExplanation;
import org.consentry.consent.RecordConsent;
import org.consentry.consent.RecordDates;
import org.consentry.data.BirthRange;
import org.consentry.data.BytesColumn;
import org.consentry.data.Exclusion;
import org.consentry.data.IdRule;
import org.consentry.data.IsoDates;
import org.consentry.data.RecordCategory;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.ConsentStep;
import org.consentry.export.decide.DecisionStep;
import org.consentry.export.decide.Decisions;
import org.consentry.ledger.Memberships;
import org.consentry.plan.DecidePlan;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked.Named;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Explains one patient to the person who asked, by the same procedure that decides a run.
 *
 * <p><b>Security promise:</b> what it gives is shown and kept nowhere; no message of it names the
 * patient.
 */
public final class Explainer {

  private final ExportPlan plan;
  private final Optional<Memberships> memberships;

  /** Explains by a plan that names no people. */
  public Explainer(ExportPlan plan) {
    this(plan, Optional.empty());
  }

  /**
   * Explains by a plan.
   *
   * @param memberships who is in the releases that are out; needed where a request names people
   */
  public Explainer(ExportPlan plan, Optional<Memberships> memberships) {
    this.plan = plan;
    this.memberships = memberships;
  }

  /**
   * A record of the patient, as consent sees it.
   *
   * @param line where the record is in its file
   * @param category its consent category
   * @param dates what is known of its dates
   * @param own released columns that need other categories than the record's, and which
   * @param withheld of these columns those whose cell of the record is empty, and why
   * @param outcome what the extract does with the row: it asks consent first and then the rows that
   *     this one names
   */
  public record RecordFound(
      Place line,
      RecordCategory category,
      RecordDates dates,
      Map<String, Set<RecordCategory>> own,
      Map<String, Exclusion> withheld,
      RowOutcomes.Outcome outcome) {

    public RecordFound {
      own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
      withheld = Map.copyOf(withheld);
    }
  }

  /**
   * A patient explained.
   *
   * @param consent what the consent lines lead to
   * @param exclusion why a run would leave the patient out, cohort included; empty when it would
   *     not
   * @param plain the same in sentences to read aloud
   * @param born when the patient may have been born, or why it does not matter, in words
   * @param decided what a run would decide of all patients
   */
  public record Patient(
      ConsentExplanation consent,
      Optional<Exclusion> exclusion,
      PlainExplanation plain,
      String born,
      Decisions decided) {}

  /**
   * Explains a patient.
   *
   * @param patient the id as the clinic writes it
   * @param now the moment of decision, local to the clinic
   * @throws ProblemException when the subjects table does not know the patient
   */
  public Patient patient(String patient, LocalDateTime now) {
    boolean isOfRequest = plan.decide().people().isPresent();
    ConsentRequest request = plan.request(now, isOfRequest ? releaseStudy() : Optional.empty());
    DecisionStep deciding = new DecisionStep(decide(), table -> table.splits());
    DecisionStep.ConsentResult consented =
        ConsentStep.decide(plan, deciding, request, keys -> number(keys, patient));
    int subject = number(consented.subjects().keys(), patient);
    if (subject < 0) {
      throw unknown();
    }
    ConsentExplanation explanation =
        consented.decisions().explanation().orElseGet(() -> notAsked(consented, subject));
    Decisions decided = DryRun.complete(deciding, consented);
    SubjectIndex index = decided.index();
    RequestAnswer asked =
        isOfRequest
            ? RequestAnswer.of(plan, memberships(), patient)
            : new RequestAnswer(Optional.empty(), List.of());
    Optional<Exclusion> exclusion =
        exclusion(index.exclusions()[subject])
            .or(asked::exclusion)
            .or(() -> leftOutOfList(decided, patient));
    boolean isSeveral = explanation.exclusion().equals(Optional.of(Exclusion.PATIENT_AMBIGUOUS));
    BirthRange born = isSeveral ? BirthRange.UNKNOWN : index.births().of(subject);
    return new Patient(
        explanation,
        exclusion,
        plain(explanation, exclusion, request, born, asked.sentences()),
        born(born, plan.decide().births().calendar().isMoved()),
        decided);
  }

  /** Without those whom a researcher names by codes: see {@link RequestAnswer}. */
  private DecidePlan decide() {
    return DryRun.keyless(
        plan.decide(), plan.decide().people().filter(people -> people.named() == Named.PATIENT_ID));
  }

  /** The study of the release whose people are asked for, where the ledger has that release. */
  private Optional<String> releaseStudy() {
    return new ReleaseCodes(memberships()).study(plan);
  }

  private Memberships memberships() {
    return memberships.orElseThrow(
        () -> new IllegalStateException("a request is explained beside the ledger"));
  }

  /**
   * Whether a contact list would leave out the patient's own row: the dead, and who has no channel.
   */
  private Optional<Exclusion> leftOutOfList(Decisions decided, String patient) {
    for (TableExtract table : plan.tables()) {
      if (table.isSubjects() && plan.job().kind().isContactList()) {
        List<RecordFound> own = found(table, List.of(), decided, patient, batch -> row -> true);
        return own.stream()
            .map(row -> row.outcome().exclusion())
            .reduce((one, other) -> one.isEmpty() ? one : other)
            .flatMap(exclusion -> exclusion);
      }
    }
    return Optional.empty();
  }

  private PlainExplanation plain(
      ConsentExplanation explanation,
      Optional<Exclusion> exclusion,
      ConsentRequest request,
      BirthRange born,
      List<String> asked) {
    PlainExplanation plain =
        plan.decide().asksConsent()
            ? PlainExplanation.of(explanation, exclusion, request, born)
            : PlainExplanation.withoutConsent(exclusion, request);
    return asked.isEmpty()
        ? plain
        : plain.with(new PlainExplanation.Paragraph("What is asked of this patient", asked));
  }

  /** Consent is not asked: of a subject of whom it is not clear who that is nothing leaves. */
  private static ConsentExplanation notAsked(DecisionStep.ConsentResult consented, int subject) {
    return new ConsentExplanation(
        exclusion(consented.decisions().exclusionCodes()[subject]), List.of(), List.of());
  }

  private static Optional<Exclusion> exclusion(byte code) {
    return code == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(code));
  }

  private String born(BirthRange born, boolean isMoved) {
    String statement =
        plan.decide().births().adultsOnly().isPresent()
            ? "of age by consent.adultsOnly of the job"
            : "";
    if (!born.isKnown()) {
      return statement.isEmpty() ? "birth not known" : statement;
    }
    LocalDate last = LocalDate.ofEpochDay(born.last());
    String days;
    if (born.first() == born.last()) {
      days = "born on " + last;
    } else if (born.first() == BirthRange.OPEN) {
      days = "born in " + last.getYear() + " or before";
    } else {
      int first = LocalDate.ofEpochDay(born.first()).getYear();
      days =
          "born in "
              + (first == last.getYear() ? "" : first + " or ")
              + last.getYear()
              + ": every day of it is considered, and the strictest counts";
    }
    return days
        + (isMoved ? " (moved date)" : "")
        + (statement.isEmpty()
            ? ""
            : "; consent.adultsOnly of the job counts unless this is a minor");
  }

  private static int number(SubjectKeys keys, String patient) {
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    return keys.find(id, 0, id.length);
  }

  private ProblemException unknown() {
    return ProblemException.of(
        Category.USAGE,
        "UNKNOWN_PATIENT",
        Place.of(plan.decide().subjects().file()),
        "the subjects table does not know that patient",
        "check the id; it is compared trimmed and in upper case");
  }

  /**
   * Finds the records of the patient that have a key, in the order of the file; several where the
   * clinic gave a key twice.
   *
   * @param patient the patient, explained
   * @param id the id as the clinic writes it
   * @param asked the table and the values of its key, compared as written
   */
  public List<RecordFound> records(Patient patient, String id, RecordQuestion asked) {
    return found(
        asked.table(),
        asked.columns(),
        patient.decided(),
        id,
        batch -> row -> isAsked(batch, row, asked));
  }

  private List<RecordFound> found(
      TableExtract table,
      List<Integer> more,
      Decisions decided,
      String id,
      Function<RowBatch, IntPredicate> isAsked) {
    List<Integer> columns = new ArrayList<>(table.sourceColumns());
    columns.addAll(more);
    RowOutcomes outcomes = new RowOutcomes(plan.tables(), table, decided, plan.foldedTables());
    List<RecordFound> found = new ArrayList<>();
    for (Split split : table.source().splits()) {
      try (BatchReader reader = table.source().open(split, columns)) {
        for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
          RowBatch rows = next.get();
          IntPredicate asked = isAsked.apply(rows);
          for (int row = 0; row < rows.rows(); row++) {
            if (asked.test(row) && isOf(id, text(rows, table.subject(), row))) {
              found.add(found(table, rows, row, decided, outcomes.of(rows, row)));
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean isAsked(RowBatch rows, int row, RecordQuestion asked) {
    int first = asked.table().sourceColumns().size();
    for (int i = 0; i < asked.values().size(); i++) {
      if (!text(rows, first + i, row).orElse("").equals(asked.values().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(String patient, Optional<String> subject) {
    return subject.map(IdRule::normalize).equals(Optional.of(IdRule.normalize(patient)));
  }

  private static RecordFound found(
      TableExtract table, RowBatch rows, int row, Decisions decided, RowOutcomes.Outcome outcome) {
    RecordDates dates = dates(table, rows, row);
    String id = text(rows, table.subject(), row).orElse("");
    return new RecordFound(
        Place.of(table.source().file(), rows.lines().applyAsLong(row)),
        table.category(),
        dates,
        table.ownCategories(),
        withheld(table, dates, decided, number(decided.index().keys(), id)),
        outcome);
  }

  /** Cells of a category of their own, as the extract decides them: by consent and by request. */
  private static Map<String, Exclusion> withheld(
      TableExtract table, RecordDates dates, Decisions decided, int subject) {
    RecordConsent.When when = new RecordConsent.When();
    when.reset(dates.knowledge() == RecordDates.Knowledge.TIMELESS);
    if (dates.knowledge() == RecordDates.Knowledge.ALL_KNOWN) {
      when.add(dates.first());
      when.add(dates.last());
    } else {
      when.addUnknown();
    }
    Map<String, Exclusion> withheld = new LinkedHashMap<>();
    table
        .ownCategories()
        .forEach(
            (column, categories) ->
                categories.stream()
                    .flatMap(
                        category ->
                            exclusion(decided.records().record(subject, category, when)).stream())
                    .findFirst()
                    .ifPresent(reason -> withheld.put(column, reason)));
    return withheld;
  }

  private static RecordDates dates(TableExtract table, RowBatch rows, int row) {
    if (table.dating() instanceof TableExtract.Dating.Timeless) {
      return RecordDates.timeless();
    }
    if (!(table.dating() instanceof TableExtract.Dating.ByDates dated)) {
      return RecordDates.unknown();
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int column : dated.columns()) {
      byte[] bytes = text(rows, column, row).orElse("").getBytes(StandardCharsets.UTF_8);
      long day = table.dates().day(bytes, 0, bytes.length);
      if (day == IsoDates.INVALID) {
        return RecordDates.unknown();
      }
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
    return RecordDates.known(first, last);
  }

  private static Optional<String> text(RowBatch rows, int column, int row) {
    BytesColumn bytes = (BytesColumn) rows.columns().get(column);
    if (bytes.isMissing(row)) {
      return Optional.empty();
    }
    int start = bytes.starts()[row];
    return Optional.of(
        new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8));
  }
}

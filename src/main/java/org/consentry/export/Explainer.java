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
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.consent.ConsentExplanation;
import org.consentry.consent.PlainExplanation;
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

  /** Explains by a plan. */
  public Explainer(ExportPlan plan) {
    this.plan = plan;
  }

  /**
   * A record of the patient, as consent sees it.
   *
   * @param line where the record is in its file
   * @param category its consent category
   * @param dates what is known of its dates
   * @param own released columns that need other categories than the record's, and which
   * @param outcome what the extract does with the row: it asks consent first and then the rows that
   *     this one names
   */
  public record RecordFound(
      Place line,
      RecordCategory category,
      RecordDates dates,
      Map<String, Set<RecordCategory>> own,
      RowOutcomes.Outcome outcome) {

    public RecordFound {
      own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
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
    requireExplainable();
    DecisionStep deciding =
        new DecisionStep(DryRun.keyless(plan.decide()), table -> table.splits());
    DecisionStep.ConsentResult consented =
        ConsentStep.decide(plan, deciding, plan.request(now), keys -> number(keys, patient));
    ConsentExplanation explanation = consented.decisions().explanation().orElseThrow(this::unknown);
    Decisions decided = DryRun.complete(deciding, consented);
    SubjectIndex index = decided.index();
    int subject = number(index.keys(), patient);
    byte code = index.exclusions()[subject];
    Optional<Exclusion> exclusion =
        code == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(code));
    boolean isSeveral = explanation.exclusion().equals(Optional.of(Exclusion.PATIENT_AMBIGUOUS));
    BirthRange born = isSeveral ? BirthRange.UNKNOWN : index.births().of(subject);
    return new Patient(
        explanation,
        exclusion,
        PlainExplanation.of(explanation, exclusion, plan.request(now), born),
        born(born, plan.decide().births().calendar().isMoved()),
        decided);
  }

  /** What consent does not decide cannot be explained by it. */
  private void requireExplainable() {
    if (!plan.decide().asksConsent()) {
      throw notExplained("the job asks no consent: its document and its list of persons decide");
    }
    if (plan.decide().people().filter(people -> people.named() == Named.CODE).isPresent()) {
      throw notExplained(
          "the job finds people by the codes of a release, which only a run looks up; a job of kind"
              + " mailing with purpose and recipient alike explains their consent to be contacted");
    }
  }

  private ProblemException notExplained(String why) {
    return ProblemException.of(Category.USAGE, "NOT_EXPLAINED", Place.of(plan.jobFile()), why, "");
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
    TableExtract table = asked.table();
    List<Integer> columns = new ArrayList<>(table.sourceColumns());
    columns.addAll(asked.columns());
    RowOutcomes outcomes =
        new RowOutcomes(plan.tables(), table, patient.decided(), plan.foldedTables());
    List<RecordFound> found = new ArrayList<>();
    for (Split split : table.source().splits()) {
      try (BatchReader reader = table.source().open(split, columns)) {
        for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
          RowBatch rows = next.get();
          for (int row = 0; row < rows.rows(); row++) {
            if (isAsked(rows, row, asked) && isOf(id, text(rows, table.subject(), row))) {
              found.add(found(table, rows, row, outcomes.of(rows, row)));
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
      TableExtract table, RowBatch rows, int row, RowOutcomes.Outcome outcome) {
    return new RecordFound(
        Place.of(table.source().file(), rows.lines().applyAsLong(row)),
        table.category(),
        dates(table, rows, row),
        table.ownCategories(),
        outcome);
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

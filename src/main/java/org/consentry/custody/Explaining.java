package org.consentry.custody;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.consent.ConsentExplanation;
import org.consentry.consent.RecordDates;
import org.consentry.data.BytesColumn;
import org.consentry.data.Exclusion;
import org.consentry.data.IdRule;
import org.consentry.data.IsoDates;
import org.consentry.data.RecordCategory;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.pipeline.Deciding;
import org.consentry.pipeline.TableExtract;
import org.consentry.pipeline.TableExtract.ParentReference;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.source.BatchReader;
import org.consentry.source.Split;

/**
 * Explains one patient to the person who asked, by the same procedure that decides a run.
 *
 * <p><b>Security promise:</b> what it gives is shown and kept nowhere; no message of it names the
 * patient.
 */
public final class Explaining {

  private final ExportPlan plan;

  /** Explains by a plan. */
  public Explaining(ExportPlan plan) {
    this.plan = plan;
  }

  /**
   * A record of the patient, as consent sees it.
   *
   * @param line where the record stands in its file
   * @param category its consent category
   * @param dates what is known of its dates
   * @param own released columns that need other categories than the record's, and which
   * @param parents tables whose rows this record names, which must be released for it to leave
   */
  public record RecordFound(
      Place line,
      RecordCategory category,
      RecordDates dates,
      Map<String, Set<RecordCategory>> own,
      List<String> parents) {

    public RecordFound {
      own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
      parents = List.copyOf(parents);
    }
  }

  /**
   * A patient explained.
   *
   * @param consent what the consent lines lead to
   * @param exclusion why a run would leave the patient out, cohort included; empty when it would
   *     not
   */
  public record Patient(ConsentExplanation consent, Optional<Exclusion> exclusion) {}

  /**
   * Explains a patient.
   *
   * @param patient the id as the clinic writes it
   * @param now the moment of decision, local to the clinic
   * @throws ProblemException when the subjects table does not know the patient
   */
  public Patient patient(String patient, LocalDateTime now) {
    Deciding deciding = new Deciding(DryRun.keyless(plan.decide()), table -> table.splits());
    Deciding.Consented consented =
        deciding.consent(
            plan.request(now),
            plan.consentFile(),
            plan.consentName(),
            keys -> number(keys, patient));
    ConsentExplanation explanation = consented.decisions().explanation().orElseThrow(this::unknown);
    SubjectIndex index = DryRun.complete(deciding, consented).index();
    byte code = index.exclusions()[number(index.keys(), patient)];
    return new Patient(
        explanation, code == 0 ? Optional.empty() : Optional.of(Exclusion.ofCode(code)));
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
   * Finds a record of the patient by its key.
   *
   * @param key value of the table's key column, compared as written
   * @return empty when the patient has no such record
   */
  public Optional<RecordFound> record(String patient, String table, String key) {
    TableExtract extract =
        plan.tables().stream()
            .filter(candidate -> candidate.name().equals(table))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        Category.USAGE,
                        "UNKNOWN_TABLE",
                        Place.of(plan.jobFile().toString()),
                        "the job releases no such table",
                        "write --record TABLE:KEY with a table of the job"));
    int keyColumn = keyColumn(extract);
    List<Integer> columns = new ArrayList<>(extract.sourceColumns());
    columns.add(keyColumn);
    for (Split split : extract.source().splits()) {
      Optional<RecordFound> found = find(extract, split, columns, patient, key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private int keyColumn(TableExtract table) {
    String name =
        Optional.ofNullable(plan.mapping().tables().get(table.name()))
            .orElseThrow()
            .key()
            .get(0)
            .value();
    return table.source().columns().indexOf(name);
  }

  private Optional<RecordFound> find(
      TableExtract table, Split split, List<Integer> columns, String patient, String key) {
    String id = IdRule.normalize(patient);
    try (BatchReader reader = table.source().open(split, columns)) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        RowBatch rows = batch.get();
        for (int row = 0; row < rows.rows(); row++) {
          if (text(rows, columns.size() - 1, row).equals(Optional.of(key))
              && text(rows, table.subject(), row).map(IdRule::normalize).equals(Optional.of(id))) {
            Place line = Place.of(table.source().file(), rows.lines().applyAsLong(row));
            return Optional.of(
                new RecordFound(
                    line,
                    table.category(),
                    dates(table, rows, row),
                    table.ownCategories(),
                    parents(table)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> parents(TableExtract table) {
    return table.parents().stream().map(ParentReference::table).toList();
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
      long day = IsoDates.day(bytes, 0, bytes.length);
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

package org.consentry.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.CohortRule;
import org.consentry.config.Job;
import org.consentry.config.JobFile;
import org.consentry.config.JobForm;
import org.consentry.config.JobKind;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.Recipient;
import org.consentry.config.SafeWord;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.PlannedColumn;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** What the kind of a job asks of its mapping and its files. */
final class KindBinder {

  private KindBinder() {}

  /**
   * A mapping that releases the clinic's own list for contacting people, and the job that asks for
   * it.
   *
   * @param job of a kind whose release is such a list
   * @param mapping names the columns that contacting needs
   * @return empty when at least one error was added to the problems
   */
  static Optional<Listed> listed(JobFile job, MappingFile mapping, Problems problems) {
    Place asked = job.job().mapping().place();
    return ContactList.of(mapping.mapping(), asked, problems)
        .map(
            list -> {
              Optional<CohortRule> cohort =
                  job.form().services().flatMap(codes -> list.whoHad(codes, problems));
              Job listing = job.form().listing(new WithPlace<>(list.table(), asked), cohort);
              return new Listed(
                  new JobFile(job.path(), job.name(), job.sha256(), job.form(), listing),
                  new MappingFile(
                      mapping.path(), mapping.name(), mapping.sha256(), list.mapping()));
            });
  }

  /** The files of a contact list, as the engine takes them. */
  record Listed(JobFile job, MappingFile mapping) {}

  /** A mapping is made for one kind: its reasons are those of that kind. */
  static void check(JobForm form, Mapping mapping, Problems problems) {
    JobKind kind = form.job().kind();
    if (kind != JobKind.RESEARCH) {
      Recipient recipient = form.job().recipient();
      Handover.require(recipient, recipient.place(), problems);
    }
    JobKind made = mapping.kind().value().kind();
    if (!kind.isContactList() && kind != made) {
      problems.error(
          "KIND_OF_MAPPING",
          form.job().mapping().place(),
          "the mapping is made for kind " + made.word() + ", and the job is of kind " + kind.word(),
          "name a mapping with kind: " + kind.word());
    }
    form.scope().forEach((table, columns) -> known(table, columns, mapping, problems));
  }

  /** What is named as past must have come. */
  static void past(JobForm form, LocalDate day, Problems problems) {
    form.pastDays()
        .forEach(
            (key, named) -> {
              if (named.value().isAfter(day)) {
                problems.error(
                    "REQUEST_NOT_YET",
                    named.place(),
                    "'" + key + "' is " + named.value() + ", and that day has not come yet",
                    "correct the day");
              }
            });
  }

  private static void known(
      String table, WithPlace<List<String>> columns, Mapping mapping, Problems problems) {
    TableRule rule = mapping.tables().get(table);
    if (rule == null) {
      problems.error(
          "SCOPE_UNKNOWN",
          columns.place(),
          "the scope names table " + SafeWord.word(table) + ", which the mapping does not have",
          "correct the name");
      return;
    }
    columns.value().stream()
        .filter(column -> !rule.columns().containsKey(column))
        .forEach(
            column ->
                problems.error(
                    "SCOPE_UNKNOWN",
                    columns.place(),
                    "the scope names column "
                        + SafeWord.word(column)
                        + " of table '"
                        + table
                        + "', which the mapping does not have",
                    "correct the name"));
  }

  /**
   * Only what a document names leaves, 45 CFR 164.512(a)(1) and (e)(1)(i).
   *
   * @param columns what becomes of every column
   */
  static void inScope(JobForm form, List<PlannedColumn> columns, Problems problems) {
    if (form.scope().isEmpty()) {
      return;
    }
    for (PlannedColumn column : columns) {
      WithPlace<List<String>> named = form.scope().get(column.table());
      boolean isIn =
          named != null
              && column.origin() == PlannedColumn.Origin.SOURCE_COLUMN
              && named.value().contains(column.source());
      if (column.released().isPresent() && !isIn) {
        problems.error(
            "OUT_OF_SCOPE",
            form.job().mapping().place(),
            "the mapping releases column '"
                + column.source()
                + "' of table '"
                + column.table()
                + "', which is not in the scope of the document (45 CFR 164.512(a)(1), (e)(1)(i))",
            "drop it in the mapping, or correct the scope");
      }
    }
  }

  /**
   * Digests of the files that the job rests on.
   *
   * @return {@code sha256:...} by what they are
   */
  static Map<String, String> documents(JobForm form, Lists files, Problems problems) {
    Map<String, String> digests = new TreeMap<>();
    form.documents()
        .forEach(
            (what, path) ->
                files
                    .digest(path.value().toString())
                    .ifPresentOrElse(
                        digest -> digests.put(what, digest),
                        () -> ConsentBinder.noFile("the " + what, path, problems)));
    return digests;
  }
}

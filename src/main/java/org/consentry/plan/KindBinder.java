package org.consentry.plan;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import org.consentry.data.RecordCategory;
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

  /** Refuses columns of a category that the document cannot demand. */
  static void inDemand(JobForm form, List<PlannedColumn> columns, Problems problems) {
    for (PlannedColumn column : columns) {
      column.categories().stream()
          .filter(form.outOfDemand()::contains)
          .filter(category -> column.released().isPresent())
          .forEach(
              category ->
                  problems.error(
                      "CATEGORY_NOT_DEMANDED",
                      form.job().mapping().place(),
                      "the mapping releases column '"
                          + column.source()
                          + "' of table '"
                          + column.table()
                          + "', which is of category "
                          + category
                          + " and cannot be demanded so (42 CFR 2.61, 45 CFR 164.508(a)(2))",
                      "drop it in the mapping; a court orders it by an order of its own"));
    }
  }

  /**
   * Refuses lines that ask for what the mapping does not have, because no answer to them would be
   * true; and for rows without those they belong to: no row leaves without its person and its
   * parents, and no cell without its row.
   */
  static void complete(PeopleAsked people, Mapping mapping, Problems problems) {
    Set<RecordCategory> mapped = EnumSet.noneOf(RecordCategory.class);
    for (TableRule table : mapping.tables().values()) {
      mapped.add(table.category().value());
      table.columns().keySet().forEach(column -> mapped.addAll(table.categories(column)));
    }
    for (PeopleAsked.Ask ask : people.asks()) {
      Set<RecordCategory> missing = EnumSet.noneOf(RecordCategory.class);
      if (!ask.isForEverything()) {
        Set<RecordCategory> others = EnumSet.complementOf(EnumSet.copyOf(mapped));
        others.removeIf(category -> (ask.categories() & category.bit()) == 0);
        if (!others.isEmpty()) {
          problems.error(
              "PEOPLE_CATEGORY",
              Place.of(people.file(), ask.line()),
              "the mapping has no records of category " + names(others),
              "add them to the mapping, or remove the category");
        }
        mapping.tables().values().forEach(table -> missing(ask, table, mapping, missing));
      }
      if (!missing.isEmpty()) {
        problems.error(
            "PEOPLE_CATEGORY",
            Place.of(people.file(), ask.line()),
            "the line asks for records that leave only with those of category " + names(missing),
            "add what is missing to 'categories'");
      }
    }
  }

  private static void missing(
      PeopleAsked.Ask ask, TableRule table, Mapping mapping, Set<RecordCategory> missing) {
    Set<RecordCategory> needed = EnumSet.noneOf(RecordCategory.class);
    if (asks(ask, table)) {
      needed.addAll(categoriesOfParents(table, mapping));
    } else {
      Set<RecordCategory> cells = ofCells(ask, table);
      mapping.tables().values().stream()
          .filter(other -> asks(ask, other))
          .forEach(other -> cells.removeAll(ofCells(ask, other)));
      if (!cells.isEmpty()) {
        needed.add(table.category().value());
      }
    }
    needed.stream()
        .filter(category -> (ask.categories() & category.bit()) == 0)
        .forEach(missing::add);
  }

  private static String names(Set<RecordCategory> categories) {
    return categories.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static boolean asks(PeopleAsked.Ask ask, TableRule table) {
    return (ask.categories() & table.category().value().bit()) != 0;
  }

  /** The categories of cells of a table that a line asks for. */
  private static Set<RecordCategory> ofCells(PeopleAsked.Ask ask, TableRule table) {
    Set<RecordCategory> cells = EnumSet.noneOf(RecordCategory.class);
    table.columns().keySet().forEach(column -> cells.addAll(table.categories(column)));
    cells.removeIf(category -> (ask.categories() & category.bit()) == 0);
    return cells;
  }

  private static Set<RecordCategory> categoriesOfParents(TableRule table, Mapping mapping) {
    Set<RecordCategory> parents = EnumSet.noneOf(RecordCategory.class);
    TableRule persons = mapping.tables().get(mapping.subjects().table().value());
    if (persons != null) {
      parents.add(persons.category().value());
    }
    for (WithPlace<TableRule.TableReference> reference : table.references().values()) {
      TableRule parent = mapping.tables().get(reference.value().table());
      if (parent != null) {
        parents.add(parent.category().value());
      }
    }
    return parents;
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

package org.consentry.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.JobForm;
import org.consentry.config.JobKind;
import org.consentry.config.WithPlace;
import org.consentry.data.RecordCategory;
import org.consentry.operator.SmallTable;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.plan.PeopleAsked.Named;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Reads the file of a job that lists who is asked for: patients with categories and dates of an
 * insurer's request, persons of an order, codes of a researcher. Messages name lines and never a
 * cell. Used once.
 */
final class PeopleFile {

  private static final String ALL = "*";

  private final SmallTable table;
  private final Problems problems;
  private final Set<List<String>> seen = new HashSet<>();

  private PeopleFile(SmallTable table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  /**
   * Reads the file that a job names.
   *
   * @param files reads files beside the job
   * @return empty when the job names none, or when at least one error was added to the problems
   */
  static Optional<PeopleAsked> read(JobForm form, Lists files, Problems problems) {
    JobKind kind = form.job().kind();
    return form.people()
        .flatMap(
            file ->
                SmallTable.read(name(file), files, SmallTable.Form.FREE, file.place(), problems)
                    .flatMap(table -> read(kind, table, form, problems)));
  }

  private static String name(WithPlace<Path> file) {
    return file.value().toString();
  }

  private static Optional<PeopleAsked> read(
      JobKind kind, SmallTable table, JobForm form, Problems problems) {
    Problems found = new Problems();
    PeopleFile file = new PeopleFile(table, found);
    List<String> columns = columns(kind);
    List<Ask> asks = new ArrayList<>();
    if (!table.header().equals(columns)) {
      found.error(
          "PEOPLE_HEADER",
          Place.of(table.name(), 1),
          "expected the columns " + String.join(", ", columns),
          "write them in this order, in a file with commas between the columns");
    } else {
      table.rows().forEach(row -> file.ask(row, form).ifPresent(asks::add));
    }
    problems.addAll(found.list());
    Named named = kind == JobKind.RECONTACT ? Named.CODE : Named.PATIENT_ID;
    return found.hasErrors()
        ? Optional.empty()
        : Optional.of(new PeopleAsked(named, table.name(), form.release(), asks));
  }

  private static List<String> columns(JobKind kind) {
    return switch (kind) {
      case INSURER_RESPONSE -> List.of("patient_id", "categories", "from", "to");
      case LEGAL_PROCESS -> List.of("patient_id");
      case RECONTACT -> List.of("code");
      case RESEARCH, MAILING -> throw new IllegalStateException(kind + " has no list of people");
    };
  }

  private Optional<Ask> ask(SmallTable.Row row, JobForm form) {
    List<String> cells = row.fields();
    Place place = Place.of(table.name(), row.line());
    String id = cells.get(0).strip();
    if (id.isEmpty()) {
      problems.error(
          "PEOPLE_EMPTY", place, "the line names no person", "fill it, or remove the line");
      return Optional.empty();
    }
    if (!seen.add(cells)) {
      problems.error(
          "PEOPLE_TWICE", place, "an earlier line asks for the same", "remove one of the two");
      return Optional.empty();
    }
    if (cells.size() == 1) {
      Optional<JobForm.Window> window = form.window();
      return Optional.of(
          new Ask(
              row.line(),
              id,
              PeopleAsked.EVERY_CATEGORY,
              window.map(of -> day(of.from())).orElse(PeopleAsked.EVER),
              window.map(of -> day(of.to())).orElse(PeopleAsked.FOREVER)));
    }
    Optional<Long> categories = categories(cells.get(1), place);
    Optional<Integer> from = day(cells.get(2), PeopleAsked.EVER, place);
    Optional<Integer> to = day(cells.get(3), PeopleAsked.FOREVER, place);
    if (categories.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (from.get() > to.get()) {
      problems.error("PEOPLE_WINDOW", place, "'to' is before 'from'", "correct the dates");
      return Optional.empty();
    }
    return Optional.of(new Ask(row.line(), id, categories.get(), from.get(), to.get()));
  }

  private Optional<Long> categories(String cell, Place place) {
    if (cell.strip().equals(ALL)) {
      return Optional.of(PeopleAsked.EVERY_CATEGORY);
    }
    long bits = 0;
    for (String word : cell.split("\\|", -1)) {
      Optional<RecordCategory> category = RecordCategory.parse(word.strip());
      if (category.isEmpty()) {
        problems.error(
            "PEOPLE_CATEGORY",
            place,
            "a word of 'categories' is no category of records",
            "write words such as DEMOGRAPHIC|VISIT, or * for all");
        return Optional.empty();
      }
      bits |= category.get().bit();
    }
    return Optional.of(bits);
  }

  private Optional<Integer> day(String cell, int open, Place place) {
    if (cell.strip().equals(ALL)) {
      return Optional.of(open);
    }
    try {
      return Optional.of(day(LocalDate.parse(cell.strip())));
    } catch (DateTimeParseException none) {
      problems.error(
          "PEOPLE_DATE",
          place,
          "a cell of 'from' or 'to' is no date",
          "write dates such as 2026-01-31, or * for no limit");
      return Optional.empty();
    }
  }

  private static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }
}

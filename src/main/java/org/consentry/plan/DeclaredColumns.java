package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.CodeLimits;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.policy.PolicyInput;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.Masked;
import org.consentry.profile.SourceContents;
import org.consentry.profile.TableProfile;

/**
 * Compares what a mapping declares of columns with what is in them: dates of birth and death, keys,
 * numbers, and whether there is anything at all.
 */
final class DeclaredColumns {

  private final PolicyInput input;
  private final SourceContents contents;
  private final SourceFormats formats;
  private final double tolerated;
  private final Problems problems = new Problems();

  private DeclaredColumns(
      PolicyInput input, SourceContents contents, SourceFormats formats, double tolerated) {
    this.input = input;
    this.contents = contents;
    this.formats = formats;
    this.tolerated = tolerated;
  }

  /**
   * Compares.
   *
   * @param formats how the columns are written
   * @param tolerated the share of the rows of a table that a run may reject
   */
  static List<Problem> check(
      PolicyInput input, SourceContents contents, SourceFormats formats, double tolerated) {
    DeclaredColumns check = new DeclaredColumns(input, contents, formats, tolerated);
    check.subjects(input.mapping().subjects());
    input.mapping().tables().forEach(check::table);
    return check.problems.list();
  }

  private void subjects(Mapping.SubjectsTable subjects) {
    String table = subjects.table().value();
    subjects.birthDate().ifPresent(column -> dates("birthDate", table, column));
    subjects.birthYear().ifPresent(column -> years("birthYear", table, column));
    subjects.age().ifPresent(age -> numbers("age.column", table, age.column()));
    subjects.age().ifPresent(age -> years("age.at", table, age.at()));
    subjects.deathDate().ifPresent(column -> dates("deathDate", table, column));
  }

  private void dates(String word, String table, WithPlace<String> named) {
    declared(
        new Declared(
            "DATES",
            "no dates as " + formats.pattern(table, named.value()),
            "name the column of these dates, or state how they are written with format:"),
        word,
        table,
        named,
        column -> column.written().isoDates());
  }

  private void years(String word, String table, WithPlace<String> named) {
    contents
        .column(table, named.value())
        .filter(column -> column.written().isoDates() == 0)
        .ifPresent(column -> numbers(word, table, named));
  }

  private void numbers(String word, String table, WithPlace<String> named) {
    declared(
        new Declared("NUMBERS", "no numbers", "name the column of these numbers"),
        word,
        table,
        named,
        column -> column.written().numbers());
  }

  /** What a key of the subjects declares of a column. */
  private record Declared(String code, String flaw, String hint) {}

  private void declared(
      Declared what,
      String word,
      String table,
      WithPlace<String> named,
      ToLongFunction<ColumnSummary> fitting) {
    Optional<ColumnSummary> found = contents.column(table, named.value());
    if (found.filter(column -> column.values() > 0).isEmpty()) {
      return;
    }
    ColumnSummary column = found.get();
    long read = fitting.applyAsLong(column);
    if (read == column.values()) {
      return;
    }
    String message =
        column(named.value(), table)
            + " is declared as "
            + word
            + ", and "
            + Masked.share(column.values() - read, column.values())
            + " of its values are "
            + what.flaw();
    if (read == 0) {
      problems.error("NO_" + what.code(), named.place(), message, what.hint());
    } else {
      problems.warning("SOME_NO_" + what.code(), named.place(), message, what.hint());
    }
  }

  private void table(String name, TableRule rules) {
    contents.table(name).ifPresent(table -> table(table, rules));
  }

  private void table(TableProfile table, TableRule rules) {
    unread(table);
    if (table.rows() == 0) {
      problems.warning(
          "EMPTY_TABLE",
          rules.place(),
          "table '" + table.table() + "' has no rows",
          "check the export, or leave the table out");
      return;
    }
    if (rules.key().size() == 1) {
      key(table, rules.key().get(0));
    }
    if (input.tables().isEmpty() || input.tables().contains(table.table())) {
      rules
          .columns()
          .forEach((column, rule) -> rule.outputs().forEach(each -> output(table, column, each)));
    }
  }

  /**
   * A run stops where more rows are unread than the job tolerates; in the subjects table at one.
   */
  private void unread(TableProfile table) {
    boolean isSubjects = table.table().equals(input.mapping().subjects().table().value());
    long unread = table.unread().stream().mapToLong(TableProfile.Unread::rows).sum();
    boolean stops = unread > (isSubjects ? 0 : tolerated) * (table.rows() + unread);
    problems.addAll(table.unreadRows(stops));
  }

  private void key(TableProfile table, WithPlace<String> key) {
    Optional<ColumnSummary> column = table.column(key.value());
    column
        .filter(ColumnSummary::repeats)
        .ifPresent(
            found ->
                problems.warning(
                    "KEY_REPEATS",
                    key.place(),
                    column(key.value(), table.table())
                        + " is declared as its key, and "
                        + repeated(found)
                        + " of its values repeat an earlier one",
                    "name the columns that make a row unique, or repair the table"));
    column
        .filter(found -> found.missing().total() > 0)
        .ifPresent(
            found ->
                problems.warning(
                    "KEY_MISSING_IN_ROWS",
                    key.place(),
                    column(key.value(), table.table())
                        + " is declared as its key, and "
                        + Masked.share(found.missing().total(), found.rows())
                        + " of the rows have none",
                    "name the columns that every row has, or repair the table"));
  }

  private static String repeated(ColumnSummary column) {
    return (column.distinct().isExact() ? "" : "about ")
        + Masked.share(column.values() - column.distinct().count(), column.values());
  }

  private void output(TableProfile table, String column, OutputRule output) {
    Optional<ColumnSummary> found = table.column(column);
    if (!output.isReleased() || found.isEmpty()) {
      return;
    }
    if (found.get().values() == 0) {
      problems.warning(
          "EMPTY_COLUMN",
          output.place(),
          column(column, table.table()) + " is released, and no row has a value in it",
          "drop it, or check the export");
    } else if (letsOut(output)) {
      type(table.table(), column, output, found.get());
    }
  }

  private void type(String table, String name, OutputRule output, ColumnSummary column) {
    ColumnSummary.Written written = column.written();
    if (isNumber(output)) {
      type(table, name, output, column, written.numbers(), "NUMBERS", "are no numbers");
    } else if (output.limits().equals(Optional.of(CodeLimits.USUAL))) {
      type(
          table,
          name,
          output,
          column,
          written.codes(),
          "CODES",
          "are not " + CodeLimits.USUAL.words());
    }
  }

  /** What an operator does with other values decides whether they stop a run. */
  private void type(
      String table,
      String name,
      OutputRule output,
      ColumnSummary column,
      long fitting,
      String word,
      String flaw) {
    if (fitting == column.values()) {
      return;
    }
    String message =
        column(name, table)
            + " is declared as "
            + output.type().orElseThrow().value().type()
            + ", and "
            + Masked.share(column.values() - fitting, column.values())
            + " of its values "
            + flaw;
    Place place = output.type().orElseThrow().place();
    if (output.onInvalid().orElse(OnInvalid.STOP) == OnInvalid.STOP) {
      problems.error(
          "NO_" + word,
          place,
          message,
          "a run would stop: declare another type, or name onInvalid: blank");
    } else {
      problems.warning("SOME_NO_" + word, place, message, "");
    }
  }

  private static boolean isNumber(OutputRule output) {
    return output
        .type()
        .map(type -> type.value().type().kind())
        .filter(kind -> kind == FieldType.Kind.INTEGER || kind == FieldType.Kind.DECIMAL)
        .isPresent();
  }

  private boolean letsOut(OutputRule output) {
    return input.effects().get(output.operator().place()) instanceof Effect.TrueValue;
  }

  private static String column(String column, String table) {
    return "column '" + column + "' of table '" + table + "'";
  }
}

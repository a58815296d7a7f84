package org.consentry.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.config.OutputRule.Role;
import org.consentry.connector.SourceTable;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;
import org.consentry.policy.ColumnAdvice.Treatment;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.SourceContents;

/**
 * What a draft is made of.
 *
 * @param tables the columns of every table, by its name, in the order of the file
 * @param contents what the tables contain; nothing where they were not read
 * @param keys what makes their rows unique
 */
public record DraftSource(
    Map<String, List<String>> tables, SourceContents contents, SourceKeys keys) {

  private static final Set<String> PEOPLE =
      Set.of(
          "patients",
          "patient",
          "people",
          "persons",
          "person",
          "subjects",
          "demographics",
          "demographic",
          "patienten",
          "pacientes",
          "pazienti");

  public DraftSource {
    tables = new TreeMap<>(tables);
  }

  /** Names alone. */
  public static DraftSource of(Map<String, List<String>> tables) {
    return new DraftSource(tables, new SourceContents(List.of()), new SourceKeys(List.of()));
  }

  /** Tables whose rows are read. */
  public static DraftSource of(
      Map<String, List<String>> tables, SourceContents contents, List<SourceTable> heads) {
    return new DraftSource(tables, contents, new SourceKeys(heads));
  }

  List<String> columns(String table) {
    return tables.getOrDefault(table, List.of());
  }

  Optional<ColumnSummary> values(String table, String column) {
    return contents.column(table, column).filter(found -> found.values() > 0);
  }

  /** Whether it has tables of the OMOP Common Data Model, whose ids of people are integers. */
  boolean hasIntegerIds() {
    return values("person", "person_id")
        .filter(ids -> ids.written().type() == ColumnType.INTEGER)
        .isPresent();
  }

  /** What the cells of a column are, those without a value too. */
  Optional<ColumnSummary> cells(String table, String column) {
    return contents.column(table, column);
  }

  /** Whether numbers have decimal commas. */
  DraftCells.Commas commas() {
    return contents.tables().stream()
            .flatMap(table -> table.columns().values().stream())
            .flatMap(column -> column.written().style().numbers().stream())
            .anyMatch(style -> style.decimal() == ',')
        ? DraftCells.Commas.ELSEWHERE
        : DraftCells.Commas.NOWHERE;
  }

  /** Whether rows of the table were read. */
  boolean hasRows(String table) {
    return contents.table(table).filter(found -> found.rows() > 0).isPresent();
  }

  /**
   * What the name of a column suggests, or its values. A column that is named like a date and whose
   * values are none is no date.
   */
  ColumnAdvice advice(String table, String column) {
    ColumnAdvice advice = ColumnAdvice.of(column, values(table, column));
    Optional<ColumnType> type = values(table, column).map(found -> found.written().type());
    if (advice.treatment() == Treatment.YEAR || advice.treatment() == Treatment.BIRTH_YEAR) {
      if (type.filter(ColumnType.TIME::equals).isPresent()) {
        return noDate("times of day");
      }
      if (hasShortYears(table, column)) {
        return noDate(
            "dates with years of two digits, whose century would be a guess; export all four");
      }
      if (advice.treatment() == Treatment.YEAR && !mayBeDates(table, column)) {
        return noDate("named like a date, but its values are none of a form that is known");
      }
    }
    return advice;
  }

  private static ColumnAdvice noDate(String reason) {
    return new ColumnAdvice(Role.QUASI_IDENTIFIER, Content.OTHER, Treatment.DROP, reason);
  }

  private boolean hasShortYears(String table, String column) {
    return values(table, column)
        .filter(found -> 2 * found.written().style().dates().shortYears() > found.values())
        .isPresent();
  }

  /**
   * Dates of that content whose years have two digits. No rule reads them, and they are dates all
   * the same.
   */
  List<String> shortYears(String table, Content wanted) {
    return columns(table).stream()
        .filter(column -> hasShortYears(table, column))
        .filter(column -> ColumnAdvice.of(column, values(table, column)).content() == wanted)
        .toList();
  }

  /** Whether some values may be dates. */
  private boolean mayBeDates(String table, String column) {
    return values(table, column)
        .map(found -> found.written())
        .filter(written -> written.form().isEmpty() && written.isoDates() == 0)
        .isEmpty();
  }

  List<String> all(String table, Content wanted) {
    return columns(table).stream()
        .filter(column -> advice(table, column).content() == wanted)
        .toList();
  }

  Optional<String> first(String table, Content wanted) {
    return all(table, wanted).stream().findFirst();
  }

  /** The table of people; none when neither a name nor a birth date shows which it is. */
  Optional<String> people() {
    return tables.keySet().stream()
        .filter(name -> PEOPLE.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .or(() -> tables.keySet().stream().filter(this::hasBirths).findFirst());
  }

  boolean isPeople(String table) {
    return people().filter(table::equals).isPresent();
  }

  private boolean hasBirths(String table) {
    return columns(table).stream()
        .map(ColumnAdvice::of)
        .anyMatch(advice -> advice.content() == Content.BIRTH);
  }

  /** The column with the person of a row. */
  Optional<String> subject(String table) {
    Optional<String> person = first(table, Content.PERSON);
    return isPeople(table)
        ? person
            .or(() -> first(table, Content.RECORD))
            .or(() -> columns(table).stream().filter(DraftSource::isRecordNumber).findFirst())
        : person.or(() -> ofPeople(table));
  }

  /** The number by which the table of people names each of them, where this table has it too. */
  private Optional<String> ofPeople(String table) {
    return people()
        .flatMap(this::subject)
        .filter(key -> isRecordNumber(key) && columns(table).contains(key));
  }

  static boolean isRecordNumber(String column) {
    return ColumnAdvice.of(column).reason().contains("medical record");
  }
}

package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.consentry.connector.SourceTable;
import org.consentry.data.Absence;
import org.consentry.data.Effect;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.SubjectAttribute;
import org.consentry.plan.ReleasedColumns.Input;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.plan.TableExtract.ParentReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan has of tables and columns. The files are those of the specification of mistakes. */
final class PlannedTablesTest {

  private static final String LAB_CODE =
      "lab: {role: linkage-key, do: pseudonymize, domain: lab, code: one-time, type: code, why: x}";

  private static final String DROPPED_KIND = "kind: {role: sensitive, do: drop}";

  private static final String COMMAS = "source: {type: csv, path: data, decimal: \",\"}";
  private static final String OWN = "value: {role: sensitive, do: drop, thousands: .}";

  @TempDir private Path folder;
  private Optional<SmallPlans> files = Optional.empty();

  @BeforeEach
  void files() throws IOException {
    files = Optional.of(new SmallPlans(folder));
  }

  private void edit(String file, String words, String instead) throws IOException {
    files.orElseThrow().edit(file, words, instead);
  }

  private ExportPlan plan() {
    return files.orElseThrow().plan();
  }

  private TableExtract table(String name) {
    return plan().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private PlannedColumn column(String name) {
    return plan().columns().stream()
        .filter(column -> column.name().equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsOnlyColumnsThatAreNeeded() throws IOException {
    edit("map.yaml", "kind: {role: sensitive, do: keep, type: code, why: compared}", DROPPED_KIND);

    TableExtract visits = table("visits");

    assertThat(visits.sourceColumns().stream().map(visits.source().columns()::get))
        .containsExactly("visit", "patient", "day", "left");
  }

  @Test
  void aKeyThatIsDroppedIsReadToFindRowsWithoutOne() {
    TableExtract labs = table("labs");

    assertThat(labs.checks().keys().stream().map(labs::column)).containsExactly("lab");
  }

  @Test
  void countsTheReadableCellsOfWhatSeveralColumnsAreMadeOf() throws IOException {
    edit("map.yaml", "recordDate: [day, left]", "recordDate: [day]");

    TableExtract visits = table("visits");

    assertThat(visits.readColumns())
        .extracting(read -> visits.column(read.column()), TableExtract.ReadColumn::as)
        .containsExactly(
            tuple("day", TableExtract.ReadColumn.As.DATES),
            tuple("left", TableExtract.ReadColumn.As.DATES));
  }

  @Test
  void whatSeveralColumnsAreMadeOfIsReadAsTheSourceWritesIt() throws IOException {
    edit("job.yaml", "source: {type: csv, path: data}", COMMAS);
    edit("map.yaml", "recordDate: [day, left]", "recordDate: [day]");
    edit(
        "map.yaml",
        "left: {role: quasi-identifier,",
        "left: {role: quasi-identifier, format: excel,");
    edit(
        "map.yaml",
        "value: {role: sensitive, do: keep, type: \"decimal(6,2)\", why: outcome}",
        OWN);

    assertThat(read("visits", "left", "43831,5")).isEqualTo("2020-01-01T12:00:00");
    assertThat(read("labs", "value", "1.234,5")).isEqualTo("1234.5");
  }

  private String read(String table, String column, String cell) {
    SourceTable source = table(table).source();
    return source.format(source.columns().indexOf(column)).read(cell);
  }

  @Test
  void countsTheReadableCellsOfAColumnThatOnlyACohortReadsInAFormat() throws IOException {
    edit(
        "job.yaml",
        "any: {table: visits, where: {kind: [first]}}",
        "any: {table: labs, where: {value: [1.5], lab: [x]}}");
    edit("map.yaml", "decimal(6,2)\"", "decimal(6,2)\", decimal: \",\"");

    TableExtract labs = plan().decide().cohort().orElseThrow().conditions().get(0).table();

    assertThat(labs.checks().read())
        .extracting(read -> labs.column(read.column()), TableExtract.ReadColumn::as)
        .containsExactly(tuple("value", TableExtract.ReadColumn.As.WRITTEN));
  }

  @Test
  void positionsAreThoseOfTheColumnsThatAreRead() throws IOException {
    Files.writeString(folder.resolve("data/labs.csv"), "value,day,lab,patient,visit\n");

    TableExtract labs = table("labs");

    assertThat(labs.sourceColumns()).containsExactly(0, 1, 2, 3, 4);
    assertThat(labs.subject()).isEqualTo(3);
    assertThat(labs.dating()).isEqualTo(new Dating.ByDates(List.of(1)));
    assertThat(labs.parents()).containsExactly(new ParentReference(4, "visits"));
    assertThat(labs.released())
        .extracting(ReleasedColumns::names, ReleasedColumns::sourceColumn)
        .containsExactly(
            tuple(List.of("visit"), 4), tuple(List.of("patient"), 3), tuple(List.of("value"), 0));
  }

  @Test
  void aTableIsAboveThoseItRefersTo() {
    assertThat(plan().tables())
        .extracting(TableExtract::level, TableExtract::name)
        .containsExactly(tuple(0, "patients"), tuple(1, "visits"), tuple(2, "labs"));
  }

  @Test
  void aTableThatIsReferredToHasItsKeyRead() throws IOException {
    assertThat(table("visits").key()).contains(0);
    assertThat(table("labs").key()).isEmpty();

    edit("map.yaml", "    references: {visit: visits.visit}\n", "");

    assertThat(table("visits").key()).isEmpty();
    assertThat(table("labs").level()).isEqualTo(1);
  }

  @Test
  void aFoldedKeyIsReadWhereNothingRefersToIt() throws IOException {
    edit("map.yaml", "    key: lab\n", "    key: lab\n    compareKeys: folded\n");

    assertThat(table("labs").key()).contains(0);
    assertThat(plan().foldedTables()).containsExactly("labs");
  }

  @Test
  void aTableThatIsNotReleasedIsNoParent() throws IOException {
    edit("job.yaml", "mapping: map.yaml", "mapping: map.yaml\ntables: [patients, labs]");

    assertThat(table("labs").parents()).isEmpty();
    assertThat(plan().tables()).extracting(TableExtract::name).containsExactly("patients", "labs");
  }

  @Test
  void aReferenceToAnotherPersonIsOne() throws IOException {
    edit("map.yaml", "references: {visit: visits.visit}", "references: {lab: patients.id}");

    assertThat(table("labs").parents())
        .containsExactly(new ParentReference(0, "patients", ParentReference.To.PERSON));
  }

  @Test
  void theReferenceOfARowToItsOwnSubjectIsImplied() throws IOException {
    edit("map.yaml", "references: {visit: visits.visit}", "references: {patient: patients.id}");

    assertThat(table("labs").parents()).isEmpty();
  }

  @Test
  void aTableIsTimelessDatedOrUndated() throws IOException {
    assertThat(table("patients").dating()).isEqualTo(new Dating.Timeless());
    assertThat(table("visits").dating()).isEqualTo(new Dating.ByDates(List.of(3, 4)));

    edit("map.yaml", "    recordDate: day\n    category: LAB", "    category: LAB");

    assertThat(table("labs").dating()).isEqualTo(new Dating.Undated());
  }

  @Test
  void theCodeOfTheSubjectLeadsTheOrderOfRows() throws IOException {
    assertThat(table("visits").subjectOutput()).hasValue(1);
    assertThat(table("patients").subjectOutput()).hasValue(0);

    edit(
        "map.yaml",
        "patient: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code,"
            + " why: joins}\n      day: {role: quasi-identifier, do: generalize",
        "patient: {role: linkage-key, do: drop}\n      day: {role: quasi-identifier, do:"
            + " generalize");

    assertThat(table("visits").subjectOutput()).isEmpty();
  }

  @Test
  void aDerivedColumnFollowsTheOthersAndHasItsInputs() {
    TableExtract visits = table("visits");
    ReleasedColumns stay = visits.released().get(visits.released().size() - 1);

    assertThat(stay.names()).containsExactly("stay");
    assertThat(stay.isOfColumn()).isFalse();
    assertThat(stay.inputs())
        .containsExactly(new Input.OfRow("day", 3), new Input.OfRow("left", 4));
    assertThat(column("stay").source()).isEqualTo("day, left");
    assertThat(column("stay").origin()).isEqualTo(PlannedColumn.Origin.DERIVED);
  }

  @Test
  void anInputMayBeAnAttributeOfTheSubject() throws IOException {
    edit(
        "map.yaml",
        "subjects: {table: patients, key: id, birthDate: born}",
        "subjects: {table: patients, key: id, birthDate: born, deathDate: died}");
    edit(
        "map.yaml",
        "type: integer, why: age}\n  visits",
        "type: integer, why: age}\n      died: {role: quasi-identifier, do: drop}\n  visits");
    edit("map.yaml", "end: left}", "end: subject.deathDate}");
    Files.writeString(folder.resolve("data/patients.csv"), "born,id,died\n");

    TableExtract visits = table("visits");

    assertThat(visits.released().get(visits.released().size() - 1).inputs().get(1))
        .isEqualTo(new Input.OfSubject("subject.deathDate", SubjectAttribute.DEATH_DATE));
    assertThat(column("stay").categories())
        .containsExactly(RecordCategory.DEMOGRAPHIC, RecordCategory.VISIT);
    assertThat(plan().decide().deathDate()).contains(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'', STOP, false",
    "', onInvalid: stop', STOP, false",
    "', onInvalid: blank', BLANK, true",
    "', onInvalid: reject-row', REJECT_ROW, false"
  })
  void aColumnKnowsWhatHappensToInvalidValues(String written, OnInvalid what, boolean blanks)
      throws IOException {
    edit("map.yaml", "as: year, type: integer", "as: year, type: integer" + written);

    PlannedColumn.Released year = column("year").released().orElseThrow();

    assertThat(year.onInvalid()).isEqualTo(what);
    assertThat(year.absences().contains(Absence.BLANKED)).isEqualTo(blanks);
    assertThat(year.countsBlanked()).isEqualTo(blanks);
  }

  @Test
  void aColumnOfItsOwnCategoryMayBeWithheld() throws IOException {
    edit("map.yaml", "kind: {role: sensitive,", "kind: {role: sensitive, category: LAB,");

    assertThat(column("kind").categories()).containsExactly(RecordCategory.LAB);
    assertThat(column("kind").released().orElseThrow().absences())
        .containsExactlyInAnyOrder(Absence.MISSING, Absence.WITHHELD);
    assertThat(table("visits").ownCategories())
        .isEqualTo(Map.of("kind", EnumSet.of(RecordCategory.LAB)));
  }

  @Test
  void aColumnOfTheTablesCategoryIsNeverWithheldAlone() throws IOException {
    edit("map.yaml", "kind: {role: sensitive,", "kind: {role: sensitive, category: VISIT,");

    assertThat(column("kind").released().orElseThrow().absences())
        .isEqualTo(Set.of(Absence.MISSING));
    assertThat(table("visits").ownCategories()).isEmpty();
  }

  @Test
  void onlyTheCodeOfTheRowsOwnSubjectIsNeverEmpty() throws IOException {
    edit("map.yaml", "lab: {role: linkage-key, do: drop}", LAB_CODE);

    List<String> never =
        plan().columns().stream()
            .filter(column -> column.released().isPresent())
            .filter(column -> column.released().orElseThrow().absences().isEmpty())
            .map(column -> column.table() + "." + column.field().name())
            .toList();

    assertThat(never).containsExactly("patients.id", "visits.patient", "labs.patient");
  }

  @Test
  void aColumnHasTheWordsOfTheMapping() throws IOException {
    edit(
        "map.yaml",
        "type: \"decimal(6,2)\", why: outcome",
        "type: \"decimal(6,2)\", why: outcome, label: Result, unit: mmol/l, as: result");

    PlannedColumn result = column("result");

    assertThat(result.table()).isEqualTo("labs");
    assertThat(result.source()).isEqualTo("value");
    assertThat(result.role()).isEqualTo("sensitive");
    assertThat(result.operator()).isEqualTo("keep");
    assertThat(result.texts()).isEqualTo(new PlannedColumn.Texts("outcome", "mmol/l"));
    assertThat(result.field().description()).isEqualTo("Result");
    assertThat(result.field().type()).hasToString("decimal(6,2)");
    assertThat(result.effect()).isInstanceOf(Effect.TrueValue.class);
  }

  @Test
  void aDroppedColumnReleasesNothing() {
    PlannedColumn left =
        plan().columns().stream().filter(column -> column.isOf("left")).findFirst().orElseThrow();

    assertThat(left.released()).isEmpty();
    assertThat(left.effect()).isEqualTo(new Effect.Removes());
    assertThat(left.note()).isEqualTo(PlannedColumn.NOT_RELEASED);
    assertThatThrownBy(left::field).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void oneSourceColumnMayBeReleasedTwice() throws IOException {
    edit(
        "map.yaml",
        "kind: {role: sensitive, do: keep, type: code, why: compared}",
        "kind: [{role: sensitive, do: keep, type: code, why: compared}, {role: sensitive, do:"
            + " recode, map: {first: one}, as: group, type: code, why: compared}]");

    assertThat(table("visits").released())
        .extracting(ReleasedColumns::names, ReleasedColumns::sourceColumn)
        .contains(tuple(List.of("kind"), 2), tuple(List.of("group"), 2));
  }

  @Test
  void keysThatAreReleasedAlikeJoin() throws IOException {
    List<PlannedColumn> visits =
        plan().columns().stream()
            .filter(column -> column.isOf("visit") && column.released().isPresent())
            .toList();
    assertThat(visits).hasSize(2);
    assertThat(visits.get(0).joins(visits.get(1))).isTrue();

    edit(
        "map.yaml",
        "domain: visit, code: one-time, type: code, why: joins",
        "domain: other, code: one-time, type: code, why: joins");
    List<PlannedColumn> apart =
        plan().columns().stream()
            .filter(column -> column.isOf("visit") && column.released().isPresent())
            .toList();

    assertThat(apart.get(0).joins(apart.get(1))).isFalse();
  }

  @Test
  void aCohortReadsWhatItsConditionNames() throws IOException {
    edit(
        "job.yaml",
        "any: {table: visits, where: {kind: [first]}}",
        "any: {table: labs, where: {value: [1.5, 2]}, from: 2020-01-01, to: 2020-12-31}");

    CohortCondition condition = plan().decide().cohort().orElseThrow().conditions().get(0);

    assertThat(condition.table().sourceColumns()).containsExactly(2, 3, 4);
    assertThat(condition.where())
        .containsExactly(new CohortCondition.ColumnIn(2, Set.of("1.5", "2")));
    assertThat(condition.date()).contains(1);
    assertThat(condition.from()).hasValue((int) LocalDate.of(2020, 1, 1).toEpochDay());
    assertThat(condition.to()).hasValue((int) LocalDate.of(2020, 12, 31).toEpochDay());
    assertThat(condition.categories()).isEmpty();
  }

  @Test
  void aCohortNeedsTheCategoriesOfWhatItLooksAt() throws IOException {
    edit("map.yaml", "kind: {role: sensitive,", "kind: {role: sensitive, category: LAB,");

    assertThat(plan().decide().cohort().orElseThrow().conditions().get(0).categories())
        .containsExactly(RecordCategory.LAB);
  }

  @ParameterizedTest
  @CsvSource({"any, ANY", "all, ALL"})
  void aCohortMatchesAnyOrAll(String word, DecidePlan.Match match) throws IOException {
    edit("job.yaml", "  any: ", "  " + word + ": ");

    assertThat(plan().decide().cohort().orElseThrow().match()).isEqualTo(match);
  }

  @Test
  void otherTimelessTablesAreListed() throws IOException {
    edit(
        "map.yaml",
        "    recordDate: day\n    category: LAB\n    references: {visit: visits.visit}",
        "    timeless: one a person\n    category: DEMOGRAPHIC");
    edit("map.yaml", "    key: lab\n", "    key: patient\n");
    edit("map.yaml", "      day: {role: quasi-identifier, do: drop}\n      value", "      value");
    Files.writeString(folder.resolve("data/labs.csv"), "lab,visit,patient,value\n");

    assertThat(plan().decide().timeless())
        .extracting(each -> each.source().name(), DecidePlan.Timeless::subject)
        .containsExactly(tuple("labs", 2));
  }
}

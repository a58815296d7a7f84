package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.Mapping.UnmappedColumns;
import org.consentry.data.FieldType;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFileTest {

  private static final String CLINIC =
      """
      mapping: clinic-safe-harbor
      version: 3
      description: Aesthetic and reconstructive clinic, HIPAA Safe Harbor
      unmapped: stop
      subjects:
        table: patients
        key: patient_id
        birthDate: date_of_birth
      tables:
        patients:
          subject: patient_id
          key: [patient_id]
          category: DEMOGRAPHIC
          timeless: one row per person, no event
          columns:
            patient_id:    {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            mrn:           {role: direct-identifier, do: drop}
            date_of_birth: {role: quasi-identifier, do: birth-year, as: birth_year, type: integer, onInvalid: blank}
        visits:
          subject: patient_id
          key: [visit_id]
          recordDate: [visited_on]
          category: VISIT
          references: {patient_id: patients.patient_id}
          columns:
            visit_id:   {role: linkage-key, do: pseudonymize, domain: visit, code: one-time, type: code}
            patient_id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            visited_on:
              - {role: quasi-identifier, do: generalize, to: year, as: visit_year, type: integer}
              - {role: quasi-identifier, do: age, of: subject.birthDate, as: age_at_visit, type: "decimal(4,1)"}
            note:       {role: free-text, category: NOTE, do: drop}
      """;

  @TempDir Path folder;

  private Optional<MappingFile> read(String text, Problems problems) throws IOException {
    Path file = Files.writeString(folder.resolve("clinic.yaml"), text);
    return MappingFile.read(file, "clinic.yaml", problems);
  }

  private List<String> problems(String text) throws IOException {
    Problems problems = new Problems();
    Optional<MappingFile> file = read(text, problems);
    assertThat(file.isEmpty() || !problems.list().isEmpty()).isTrue();
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void refusesAUnitOfDatesThatCouldBeTakenForTheUnitOfAShift() throws IOException {
    String text =
        CLINIC.replace(
            "note:       {role: free-text, category: NOTE, do: drop}",
            "note: {role: quasi-identifier, do: dateShift, unit: days, type: date}");

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:31:7: error IDLE_KEY column 'note' is released as dates, which have no"
                + " unit; remove unit; dateShift takes in: weeks or in: days");
  }

  @Test
  void readsEverythingOfAMapping() throws IOException {
    Problems problems = new Problems();

    Mapping mapping = read(CLINIC, problems).orElseThrow().mapping();

    assertThat(problems.list()).isEmpty();
    assertThat(mapping.unmapped().value()).isEqualTo(UnmappedColumns.STOP);
    assertThat(mapping.tables().keySet()).containsExactly("patients", "visits");
    TableRule visits = Objects.requireNonNull(mapping.tables().get("visits"));
    assertThat(visits.place()).hasToString("clinic.yaml:19:3");
    assertThat(visits.category().value()).isEqualTo(RecordCategory.VISIT);
    assertThat(visits.columns().keySet())
        .containsExactly("visit_id", "patient_id", "visited_on", "note");
    List<OutputRule> outputs = Objects.requireNonNull(visits.columns().get("visited_on")).outputs();
    assertThat(outputs.get(0).place()).hasToString("clinic.yaml:29:11");
    assertThat(outputs.get(0).type().orElseThrow().value().type()).isEqualTo(FieldType.INTEGER);
    assertThat(outputs.get(0).settings().byKey().keySet()).containsExactly("to");
    assertThat(outputs.get(1).type().orElseThrow().value().type())
        .isEqualTo(FieldType.decimal(4, 1));
    OutputRule note = Objects.requireNonNull(visits.columns().get("note")).outputs().get(0);
    assertThat(note.isReleased()).isFalse();
    assertThat(note.category().orElseThrow().value()).isEqualTo(RecordCategory.NOTE);
  }

  @Test
  void findsEveryWrongWordInOnePass() throws IOException {
    String text =
        CLINIC
                .replace("version: 3", "version: 0")
                .replace("unmapped: stop", "unmapped: keep")
                .replace("  birthDate:", "  birthdate:")
                .replace("category: VISIT", "category: VISITS")
                .replace("role: direct-identifier", "role: direct-identifer")
                .replace("onInvalid: blank", "onInvalid: ignore")
                .replace("do: drop}\n      date", "do:}\n      date")
                .replace("as: birth_year, type: integer", "as: birth_year, type: number")
            + "risk: {k: 11}\n";

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:32:1: error NOT_IMPLEMENTED 'risk' is not implemented in this version;"
                + " remove it; nothing would be done",
            "clinic.yaml:4:11: error UNKNOWN_WORD expected one of stop, drop but found 'keep'",
            "clinic.yaml:8:3: error UNKNOWN_KEY unknown key 'birthdate'; did you mean 'birthDate'?",
            "clinic.yaml:17:29: error UNKNOWN_WORD expected one of direct-identifier,"
                + " quasi-identifier, sensitive, linkage-key, free-text, non-sensitive but found"
                + " 'direct-identifer'; did you mean 'direct-identifier'?",
            "clinic.yaml:17:47: error MISSING_VALUE the key 'do' has no value; write one, or remove"
                + " the key",
            "clinic.yaml:18:85: error WRONG_TYPE expected text, code, integer, decimal(p,s) of at"
                + " most 18 digits, date or timestamp",
            "clinic.yaml:18:104: error UNKNOWN_WORD expected one of stop, blank, reject-row but"
                + " found 'ignore'",
            "clinic.yaml:23:15: error UNKNOWN_WORD expected one of DEMOGRAPHIC, VISIT, PROCEDURE,"
                + " DIAGNOSIS, LAB, OBSERVATION, MEDICATION, ALLERGY, IMMUNIZATION, IMAGING,"
                + " CARE_PLAN, NOTE, PHOTO, DEVICE, PROM, BILLING, FACE_PHOTO, GENETIC,"
                + " PSYCHOTHERAPY_NOTE, SUD_PART2 but found 'VISITS'; did you mean 'VISIT'?",
            "clinic.yaml:2:10: error INVALID_VALUE version must be at least 1 but was 0");
  }

  @Test
  void aTimelessTableDescribesPersons() throws IOException {
    String timeless = "category: DEMOGRAPHIC\n    timeless: one row per person";
    String visits = CLINIC.replace("recordDate: [visited_on]\n    category: VISIT", timeless);

    assertThat(problems(visits))
        .containsExactly(
            "clinic.yaml:23:15: error TIMELESS only the subjects table, or a table whose key is its"
                + " subject, may be timeless but the key of 'visits' is [visit_id]; name its"
                + " recordDate");
    assertThat(problems(visits.replace("key: [visit_id]", "key: [patient_id, visit_id]")))
        .singleElement()
        .asString()
        .endsWith("but the key of 'visits' is [patient_id, visit_id]; name its recordDate");
    Problems none = new Problems();
    assertThat(read(visits.replace("key: [visit_id]", "key: patient_id"), none)).isPresent();
    assertThat(none.list()).isEmpty();
  }

  @Test
  void refusesANameThatASpreadsheetRuns() throws IOException {
    for (String name : List.of("=1+1", "+a", "-a", "@a", "\uFF1Da")) {
      assertThat(problems(CLINIC.replace("as: birth_year", "as: \"" + name + "\"")))
          .singleElement()
          .asString()
          .isEqualTo(
              "clinic.yaml:18:67: error RELEASED_NAME a released name must not begin with =, +, -"
                  + " or @: a spreadsheet runs it as a formula when the CSV file is opened; name it"
                  + " with as:");
    }
  }

  @Test
  void findsEveryContradictionBetweenItsParts() throws IOException {
    String text =
        """
        mapping: m
        version: 1
        subjects: {table: patient, key: id}
        tables:
          patients:
            subject: pid
            key: [id, id]
            category: VISIT
            timeless: yes
            recordDate: day
            columns:
              id: {role: linkage-key, do: keep}
              day: {role: quasi-identifier, do: drop, type: date, as: d}
              a: {role: sensitive, do: keep, type: text, as: ID}
          "../x":
            subject: id
            key: id
            category: VISIT
            references: {id: patients.id, pid: patiens.id, x: loop.id}
            columns:
              id: {role: linkage-key, do: keep, type: code}
          loop:
            subject: id
            key: id
            category: VISIT
            recordDate: id
            references: {id: loop.id}
            columns:
              id:
                - {role: linkage-key, do: keep, type: code}
        """;

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:3:19: error UNKNOWN_TABLE the mapping has no table 'patient'; did you mean"
                + " 'patients'?",
            "clinic.yaml:6:14: error UNKNOWN_COLUMN table 'patients' has no rule for a column"
                + " 'pid'; did you mean 'id'?",
            "clinic.yaml:7:15: error DUPLICATE_COLUMN key names the column 'id' twice; remove one"
                + " of the two",
            "clinic.yaml:9:15: error TIMELESS table 'patients' has both recordDate and timeless;"
                + " remove one of the two",
            "clinic.yaml:9:15: error TIMELESS only the subjects table, or a table whose key is its"
                + " subject, may be timeless but the key of 'patients' is [id, id]; name its"
                + " recordDate",
            "clinic.yaml:9:15: error TIMELESS only a table of category DEMOGRAPHIC may be timeless"
                + " but 'patients' is VISIT; name its recordDate",
            "clinic.yaml:13:7: error IDLE_KEY column 'day' is dropped, so these keys do nothing:"
                + " [as, type]; remove them",
            "clinic.yaml:14:44: error TEXT_REASON column 'ID' is released as text, which may"
                + " contain anything, without a reason; declare type: code when its values come"
                + " from a list, write role: free-text when people write it, or add why: the"
                + " reason to release text",
            "clinic.yaml:14:54: error DUPLICATE_NAME the released name 'ID' is taken by the rule in"
                + " line 12 (upper and lower case are the same here); name it with as:",
            "clinic.yaml:15:3: error TABLE_NAME a table's name becomes a folder's name: letters,"
                + " digits, _ and -, at most 63; rename the table in source and mapping",
            "clinic.yaml:15:3: warning NO_RECORD_DATE table '../x' has no recordDate, so only"
                + " consent for all dates covers it; name the columns with the date of the"
                + " record",
            "clinic.yaml:19:22: error REFERENCE a reference names the one key column of a table,"
                + " but the key of 'patients' is [id, id]",
            "clinic.yaml:19:40: error UNKNOWN_COLUMN table '../x' has no rule for a column 'pid';"
                + " did you mean 'id'?",
            "clinic.yaml:19:40: error UNKNOWN_TABLE the mapping has no table 'patiens'; did you"
                + " mean 'patients'?",
            "clinic.yaml:19:55: error UNKNOWN_COLUMN table '../x' has no rule for a column 'x'; one"
                + " of: id",
            "clinic.yaml:22:3: error REFERENCE_CYCLE table 'loop' refers to itself, directly or"
                + " through other tables; remove one of the references");
  }

  @Test
  void whatTellsRowsApartHasTheCategoryOfItsTable() throws IOException {
    String text =
        CLINIC.replace(
            "visit_id:   {role: linkage-key,", "visit_id: {category: LAB, role: linkage-key,");

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:26:28: error CATEGORY_OF_KEY column 'visit_id' distinguishes rows, so it"
                + " has the table's category; remove the category; or give it to the table");
  }

  @Test
  void allThatIsMadeOfOneColumnHasOneCategory() throws IOException {
    String text =
        CLINIC.replace(
            "note:       {role: free-text, category: NOTE, do: drop}",
            """
            note:
                    - {role: free-text, do: keep, type: text, category: NOTE}
                    - {role: free-text, do: recode, map: {a: b}, as: kind, type: code}
            """
                .strip());

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:33:11: error CATEGORY_DIFFERS the rules of column 'note' are of category"
                + " NOTE and VISIT, though all are made of the same values; name the same category"
                + " in each");
  }

  @Test
  void theSubjectsTableRefersToNoOther() throws IOException {
    String text =
        CLINIC.replace(
            "    timeless: one row per person, no event\n",
            "    timeless: one row per person, no event\n    references: {mrn: visits.visit_id}\n");

    assertThat(problems(text))
        .contains(
            "clinic.yaml:15:23: error REFERENCE_CYCLE the subjects table refers to another table,"
                + " whose every row refers to it; remove the reference; rows of other tables name"
                + " their subject anyway");
  }

  @Test
  void refusesAnotherRuleBesideADrop() throws IOException {
    String text =
        CLINIC.replace(
            "note:       {role: free-text, category: NOTE, do: drop}",
            "note: [{role: free-text, do: drop}, {role: free-text, do: keep, type: text}]");

    assertThat(problems(text))
        .containsExactly(
            "clinic.yaml:31:7: error INVALID_VALUE a column that is dropped has no other rule");
  }
}

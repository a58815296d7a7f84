package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.consentry.connector.fhir.FhirSource;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FhirSourceTest {

  private static final String VIEW =
      "{\"resource\": \"Patient\", \"select\": [{\"column\": [{\"name\": \"id\", \"path\":"
          + " \"id\"}]}]}";

  @TempDir private Path folder;

  @BeforeEach
  void writeView() throws IOException {
    Files.createDirectory(folder.resolve("views"));
    Files.writeString(folder.resolve("views/people.json"), VIEW);
  }

  @Test
  void filesOfATypeAreReadInTheOrderOfTheirNamesAndOthersAreNot() throws IOException {
    write("Patient.001.ndjson", "b", "c");
    write("Patient.000.ndjson", "a");
    write("Patient.ndjson.bak", "x");
    write("PatientLink.ndjson", "y");

    SourceTable table = table(20);

    assertThat(table.splits()).hasSize(3);
    assertThat(ids(table)).containsExactly("1 a", "2 b", "3 c");
    assertThat(table.file()).isEqualTo(folder + "/Patient.000.ndjson and 1 more");
  }

  @Test
  void aFileThatWasChangedIsRefusedWhateverWasChanged() throws IOException {
    write("Patient.ndjson", "a", "b");
    SourceTable table = table(1 << 20);
    Split split = table.splits().get(0);

    write("Patient.ndjson", "a", "c");
    assertStale(() -> read(table, split));

    write("Patient.ndjson", "a", "b", "c");
    assertStale(() -> read(table, split));
  }

  private static void assertStale(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ProblemException.class,
            found -> assertThat(found.category()).isEqualTo(Category.STALE));
  }

  /** The one reads a choice and the other its field, so each has a reading of its own. */
  @Test
  void viewsOfWhichOneReadsAChoiceAndTheOtherItsFieldHaveTheirCellsInOnePass() throws IOException {
    Files.writeString(
        folder.resolve("views/died.json"),
        VIEW.replace("\"path\": \"id\"", "\"path\": \"deceasedDateTime\""));
    Files.writeString(
        folder.resolve("views/dead.json"),
        VIEW.replace("\"path\": \"id\"", "\"path\": \"deceased.exists()\""));
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        "{\"resourceType\":\"Patient\",\"id\":\"a\",\"deceasedDateTime\":\"2020-01-02\"}\n");

    assertThat(together("people", "died", "dead")).containsExactly("0 a", "1 2020-01-02", "2 true");
  }

  @Test
  void filesThatChangedBetweenTwoTablesAreNotReadInOnePass() throws IOException {
    write("Patient.ndjson", "a");
    SourceTable before = table(1 << 20);
    SourceTable same = table(1 << 20);
    write("Patient.ndjson", "a", "b");

    assertThat(before.records()).isPresent().isEqualTo(same.records());
    assertThat(table(1 << 20).records()).isPresent().isNotEqualTo(before.records());
  }

  /** Table and cell of all rows of some views, which are read in one pass. */
  private List<String> together(String... names) {
    List<SharedRecords.Wanted> wanted =
        Stream.of(names)
            .map(
                name ->
                    new SharedRecords.Wanted(source(1 << 20).table(name).orElseThrow(), List.of(0)))
            .toList();
    SourceTable first = wanted.get(0).table();
    List<String> cells = new ArrayList<>();
    try (BatchReader reader = first.records().orElseThrow().open(first.splits().get(0), wanted)) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        BytesColumn column = (BytesColumn) batch.get().columns().get(0);
        for (int row = 0; row < column.rows(); row++) {
          cells.add(
              reader.table()
                  + " "
                  + new String(
                      column.buffer(),
                      column.starts()[row],
                      column.ends()[row] - column.starts()[row],
                      StandardCharsets.UTF_8));
        }
      }
    }
    return cells;
  }

  @Test
  void aTypeWithoutAFileIsRefusedBecauseTheExportMayBeIncomplete() {
    assertThatThrownBy(() -> table(1))
        .hasMessage(
            folder
                + ": error NO_RESOURCES expected a file of resources of type 'Patient' but found"
                + " none; name it Patient.ndjson; write an empty one where there are no such"
                + " resources");
  }

  @Test
  void anEmptyFileHasNoRows() throws IOException {
    Files.createFile(folder.resolve("Patient.ndjson"));

    assertThat(table(1).splits()).isEmpty();
  }

  @Test
  void aViewOfAnotherNameThanItsFileIsRefused() throws IOException {
    write("Patient.ndjson", "a");
    Files.writeString(
        folder.resolve("views/people.json"), VIEW.replaceFirst("\\{", "{\"name\": \"persons\", "));

    assertThatThrownBy(() -> table(1))
        .hasMessage(
            folder
                + "/views/people.json:1:2: error VIEW_NAME expected a view named 'people' in the"
                + " file of that name; give view and file the same name");
  }

  @Test
  void aResourceOfSomeMegabytesIsReadAndDeepNestingIsRefused() throws IOException {
    String big = "x".repeat(3 << 20);
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        "{\"resourceType\":\"Patient\",\"note\":\"" + big + "\",\"id\":\"a\"}\n");

    assertThat(ids(table(1 << 10))).containsExactly("1 a");

    Files.writeString(
        folder.resolve("Patient.ndjson"),
        "{\"resourceType\":\"Patient\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}\n");
    assertThatThrownBy(() -> ids(table(1 << 10)))
        .hasMessage(
            folder
                + "/Patient.ndjson:1: error RESOURCE the resource has more than 100 levels, or a"
                + " name, number or text that is too long; check that this is a resource of FHIR");
  }

  /** The reader's memory is its buffers, and they are those of a batch however many there are. */
  @Test
  void anyNumberOfResourcesOfOnePatientIsReadInBatchesOfTheSameBytes() throws IOException {
    int resources = 20_000;
    String name = "x".repeat(1000);
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        ("{\"resourceType\":\"Patient\",\"id\":\"" + name + "\"}\n").repeat(resources));
    SourceTable table = table(1 << 30);
    Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    int rows = 0;

    try (BatchReader reader = table.open(table.splits().get(0), List.of(0))) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        buffers.add(((BytesColumn) batch.get().columns().get(0)).buffer());
        rows += batch.get().rows();
        assertThat(batch.get().rows()).isLessThan(resources / 2);
      }
    }

    assertThat(rows).isEqualTo(resources);
    assertThat(buffers).last().satisfies(last -> assertThat(last.length).isLessThan(20 << 20));
    assertThat(buffers.stream().mapToLong(buffer -> buffer.length).sum()).isLessThan(40 << 20);
  }

  @Test
  void aViewThatCombinesTheElementsOfAResourceToMillionsOfRowsIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("views/people.json"),
        "{\"resource\": \"Patient\", \"select\": [{\"forEach\": \"given\", \"column\": [{\"name\":"
            + " \"a\", \"path\": \"$this\"}]}, {\"forEach\": \"line\", \"column\": [{\"name\": \"b\","
            + " \"path\": \"$this\"}]}]}");
    String many = "[" + "\"Zzyzx\",".repeat(1999) + "\"Zzyzx\"]";
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        "{\"resourceType\":\"Patient\",\"given\":" + many + ",\"line\":" + many + "}\n");

    assertThatThrownBy(() -> ids(table(1 << 20)))
        .hasMessage(
            folder
                + "/Patient.ndjson:1: error RESOURCE the view makes more than 1000000 rows of the"
                + " resource; iterate one element with forEach in a view, not several");
  }

  /** By the element that is read, whatever the column is called. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extension('http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/patient-birthPlace').value.city | NAME",
        "address.extension('http://hl7.org/fhir/StructureDefinition/geolocation').extension('latitude').value | NAME",
        "extension.value.ofType(string) | NAME",
        "modifierExtension.where(url = 'urn:x').value | NAME",
        "birthDate.extension.value | NAME",
        "contained.id.first() | NAME",
        "generalPractitioner.display | NAME",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race').extension('text').value | TRAIT",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity').extension.value | TRAIT",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex').value | TRAIT",
        "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity').value | TRAIT",
        "extension('http://hl7.org/fhir/StructureDefinition/patient-cadavericDonor').value | TRAIT",
        "birthDate.extension('http://hl7.org/fhir/StructureDefinition/patient-birthTime').value | TRAIT",
        "extension('urn:clinic:traced').value |",
        "gender |",
        "address.line.extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-houseNumber').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-postBox').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-unitID').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-careOf').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-precinct').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-censusTract').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/iso21090-SC-coding').value | NAME",
        "extension('http://hl7.org/fhir/StructureDefinition/rendered-value').value | NAME",
        "extension('urn:x').exists() and extension.where(url = 'urn:y').exists() | NAME",
        "name.family.first() | NAME",
        "name.where(use = 'official').given.first() | NAME",
        "name.text.first() | NAME",
        "contact.name.suffix.first() | NAME",
        "extension('urn:x').value.ofType(HumanName).text | NAME",
        "name.exists() |",
        "name.use.first() |",
        "telecom.where(system = 'email').value.first() | NAME",
        "contact.telecom.value.first() | NAME",
        "telecom.where(system = 'email').exists() |",
        "address.line.first() | NAME",
        "address.text.first() | NAME",
        "address.city.first() | TRAIT",
        "address.district.first() | TRAIT",
        "address.postalCode.first() | TRAIT",
        "address.state.first() |",
        "photo.url.first() | NAME",
        "extension('urn:x').value.ofType(Attachment).data | NAME",
        "note.text.first() | NAME",
        "code.text |",
        "identifier.where(system = 'urn:mrn').value.first() | NUMBER",
        "subject.identifier.value | NUMBER",
        "masterIdentifier.value | NUMBER",
        "identifier.system.first() |",
        "getResourceKey() | NUMBER",
        "subject.getReferenceKey(Patient) | NUMBER",
        "beneficiary.reference | NUMBER",
        "encounter.getReferenceKey(Encounter) |",
        "birthDate | TRAIT",
        "deceased.exists() | TRAIT",
        "value.ofType(Quantity).value |"
      })
  void anElementShowsWhatAColumnMayShowOfAPerson(String path, Origin.@Nullable Shows shows)
      throws IOException {
    write("Patient.ndjson", "a");
    Files.writeString(
        folder.resolve("views/people.json"),
        VIEW.replace("\"path\": \"id\"", "\"path\": \"" + path + "\""));

    assertThat(table(1).personal("id").map(Origin::shows)).isEqualTo(Optional.ofNullable(shows));
  }

  /** What other columns of the view iterate is not what a column shows. */
  @Test
  void aColumnIsJudgedByTheElementsItIsInAndNotByThoseOfOtherColumns() throws IOException {
    write("Patient.ndjson", "a");
    Files.writeString(
        folder.resolve("views/people.json"),
        "{resource: Patient, where: [{path: name.family.exists()}], select: [{column: [{name: sex,"
            + " path: gender}]}, {forEach: name.given, column: [{name: given, path: $this}]}]}");

    SourceTable table = table(1);

    assertThat(table.personal("sex")).isEmpty();
    assertThat(table.personal("given").map(Origin::shows)).contains(Origin.Shows.NAME);
  }

  /** Overlong, a surrogate pair in six bytes, half of one, no first byte, cut off, above 10FFFF. */
  @ParameterizedTest
  @ValueSource(
      strings = {"C0AF", "C1A9", "E080AF", "EDA0BDEDB880", "EDA0BD", "FF", "C3", "F4908080"})
  void textThatIsNotUtf8IsRefusedWhetherAViewReadsItOrNot(String hex) throws IOException {
    String bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    for (String field : List.of("\"id\":\"Zzy%szx\"", "\"note\":\"Zzy%szx\"", "\"Zzy%szx\":1")) {
      Files.writeString(
          folder.resolve("Patient.ndjson"),
          "{\"resourceType\":\"Patient\"," + String.format(field, bytes) + "}\n",
          StandardCharsets.ISO_8859_1);

      assertThatThrownBy(() -> ids(table(1 << 20)))
          .hasMessage(
              folder
                  + "/Patient.ndjson:1: error RESOURCE the line is not UTF-8; export the resources"
                  + " again, in UTF-8");
    }
  }

  private void write(String file, String... ids) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      lines.append("{\"resourceType\":\"Patient\",\"id\":\"").append(id).append("\"}\n");
    }
    Files.writeString(folder.resolve(file), lines);
  }

  private SourceTable table(long splitBytes) {
    return source(splitBytes).table("people").orElseThrow();
  }

  private FhirSource source(long splitBytes) {
    FhirSource.Config config = new FhirSource.Config(".", "views", Optional.empty());
    return new FhirSource(config, folder, splitBytes);
  }

  /** The line and the id of every resource. */
  private static List<String> ids(SourceTable table) {
    List<String> ids = new ArrayList<>();
    table.splits().forEach(split -> ids.addAll(read(table, split)));
    return ids;
  }

  private static List<String> read(SourceTable table, Split split) {
    List<String> ids = new ArrayList<>();
    try (BatchReader reader = table.open(split, List.of(0))) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        BytesColumn column = (BytesColumn) batch.get().columns().get(0);
        for (int row = 0; row < batch.get().rows(); row++) {
          int start = column.starts()[row];
          String id =
              new String(
                  column.buffer(), start, column.ends()[row] - start, StandardCharsets.UTF_8);
          ids.add(batch.get().lines().applyAsLong(row) + " " + id);
        }
      }
    }
    return ids;
  }
}

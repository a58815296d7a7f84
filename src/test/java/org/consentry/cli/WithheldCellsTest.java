package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of cells that consent does not cover, in everything a release consists of. */
final class WithheldCellsTest {

  private static final String QUERY =
      "SELECT kind, diagnosis, units, charge::DECIMAL(7,2), finding FROM %s ORDER BY kind";
  private static final String PLAIN = "DEMOGRAPHIC|CARE_PLAN|VISIT|PROCEDURE|DEVICE";

  @TempDir static Path folder;

  private static ChainClinic clinic;
  private static Sql files = Sql.open();

  @BeforeAll
  static void release() throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
    patient("P1", "full", "GIVEN1,3,10.50,GIVEN1");
    patient("P2", "half", "SECRET2,4,11,SECRET2");
    patient("P3", "late", "SECRET3,5,12,SECRET3");
    clinic.row("procedures", "CP2x", "VP2", "P2", "2021-06-02", "half-empty", "", "", "", "");
    clinic.row("procedures", "CP1x", "VP1", "P1", "2021-06-02", "full-empty", "", "", "", "");
    clinic.consent("L1", "P1", Map.of());
    clinic.consent("L2", "P2", Map.of("categories_in", PLAIN));
    clinic.consent("L3", "P3", Map.of("categories_in", PLAIN));
    clinic.consent("L4", "P3", Map.of("categories_in", "LAB|PHOTO", "data_from", "2022-01-01"));
    Installation.Answer answer = clinic.run();
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    for (String form : List.of("csv", "parquet")) {
      Path file = clinic.release().resolve("data/procedures." + form);
      files.run("CREATE VIEW " + form + " AS SELECT * FROM '" + file + "'");
    }
  }

  private static void patient(String id, String kind, String cells) {
    clinic.row("patients", id, "1980-01-01");
    clinic.row("episodes", "E" + id, id, "2021-05-30");
    clinic.row("visits", "V" + id, "E" + id, id, "2021-06-01", "2021-06-02");
    clinic.row("procedures", "C" + id, "V" + id, id, "2021-06-02", kind, cells);
  }

  @AfterAll
  static void close() {
    files.close();
  }

  @Test
  void areEmptyWhetherOrNotTheClinicRecordedAValue() {
    List<String> expected =
        List.of(
            "full|GIVEN1|3|10.50|GIVEN1",
            "full-empty|null|null|null|null",
            "half|null|null|null|null",
            "half-empty|null|null|null|null",
            "late|null|null|null|null");

    assertThat(files.rows(QUERY.formatted("csv"))).isEqualTo(expected);
    assertThat(files.rows(QUERY.formatted("parquet"))).isEqualTo(expected);
  }

  @Test
  void stayOutOfTheBytesOfTheFiles() throws IOException {
    for (Path file : Installation.files(clinic.release())) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as(file.toString()).doesNotContain("SECRET");
    }
  }

  @Test
  void areCountedExactlyForTheClinicAndAsAFigureForTheRecipient() {
    for (JsonNode column : released(clinic.internalManifest())) {
      switch (column.path("name").asString()) {
        case "diagnosis", "units", "charge", "finding" ->
            assertThat(column.path("withheldCells").asString()).isEqualTo("2");
        default -> assertThat(column.has("withheldCells")).isFalse();
      }
    }
    assertThat(released(clinic.manifest()))
        .filteredOn(column -> column.has("withheldCells"))
        .extracting(
            column ->
                column.path("name").asString() + " " + column.path("withheldCells").asString())
        .containsExactly("diagnosis <11", "units <11", "charge <11", "finding <11");
  }

  @Test
  void areExplainedInDataPackageAndCodebook() {
    JsonNode fields =
        StreamSupport.stream(clinic.dataPackage().path("resources").spliterator(), false)
            .filter(resource -> resource.path("name").asString().equals("procedures"))
            .findFirst()
            .orElseThrow()
            .path("schema")
            .path("fields");
    for (int column : new int[] {5, 6, 7, 8}) {
      assertThat(fields.get(column).path("missingValues").toString())
          .isEqualTo(
              "[{\"value\":\"\",\"label\":\"missing in the clinic's records; or withheld because"
                  + " consent does not cover this column\"}]");
    }
    assertThat(Installation.read(clinic.release().resolve("codebook.csv")))
        .contains(
            "missing in the clinic's records; or withheld because consent does not cover this column");
  }

  @Test
  void showEachColumnsAnswerInExplain() {
    Installation.Answer answer =
        clinic.call("explain", "--patient", "P2", "--record", "procedures:CP2", clinic.job());

    assertThat(answer.out())
        .contains(
            "   column diagnosis DIAGNOSIS: withheld: CATEGORY\n",
            "   column finding PHOTO: withheld: CATEGORY\n");
  }

  private static List<JsonNode> released(JsonNode predicate) {
    return StreamSupport.stream(predicate.path("tables").spliterator(), false)
        .filter(table -> table.path("name").asString().equals("procedures"))
        .flatMap(table -> StreamSupport.stream(table.path("columns").spliterator(), false))
        .map(column -> column.path("released"))
        .filter(JsonNode::isObject)
        .toList();
  }
}

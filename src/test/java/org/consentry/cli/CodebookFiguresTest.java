package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.EYELID;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a release, beside a count of its files by DuckDB. */
final class CodebookFiguresTest {

  private static final SampleReleases RELEASES = SampleReleases.get();

  /** What the files have of one value. */
  private record Counted(long rows, long people) {}

  private static Connection database;

  @BeforeAll
  static void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void everyValueHasElevenPeopleInTheFilesAndItsRows(String job) throws Exception {
    int values = 0;
    for (JsonNode resource : dataPackage(job).path("resources")) {
      for (JsonNode field : resource.path("schema").path("fields")) {
        JsonNode shown = field.path("consentry:figures").path("values");
        for (int i = 0; i < shown.size(); i++) {
          Counted counted =
              count(job, resource, field, " = '" + shown.get(i).path("value").asString() + "'");
          long rows = shown.get(i).path("rows").asLong();

          assertThat(counted.people()).as("%s", field).isGreaterThan(10);
          if (i > 0) {
            assertThat(rows).as("%s", field).isEqualTo((counted.rows() + 5) / 10 * 10);
          }
          values++;
        }
      }
    }

    assertThat(values).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void filledAndEmptyCellsAreThoseOfTheFiles(String job) throws Exception {
    for (JsonNode resource : dataPackage(job).path("resources")) {
      for (JsonNode field : resource.path("schema").path("fields")) {
        for (String cells : List.of("filled", "empty")) {
          JsonNode figure = field.path("consentry:figures").path(cells);
          boolean areFilled = cells.equals("filled");
          Counted counted = count(job, resource, field, areFilled ? " IS NOT NULL" : " IS NULL");
          Counted others = count(job, resource, field, areFilled ? " IS NULL" : " IS NOT NULL");

          if (counted.people() < 11) {
            assertThat(figure.asString()).as("%s", field).isEqualTo("<11");
          } else {
            long rows = counted.rows() + (others.people() < 11 ? others.rows() : 0);
            assertThat(figure.asLong()).as("%s", field).isEqualTo((rows + 5) / 10 * 10);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theCodebookIsSmallAndEveryPictureHasATextAlternative(String job) throws Exception {
    Path file = RELEASES.release(job).resolve("codebook.html");
    Document page = page(file);

    NodeList pictures = page.getElementsByTagName("svg");
    assertThat(Files.size(file)).isLessThan(300_000);
    assertThat(pictures.getLength()).isGreaterThan(20);
    for (int i = 0; i < pictures.getLength(); i++) {
      Element picture = (Element) pictures.item(i);
      assertThat(picture.getAttribute("role")).isEqualTo("img");
      String title = text(picture, "title");
      String description = text(picture, "desc");
      assertThat(picture.getAttribute("aria-labelledby")).isEqualTo(title + " " + description);
    }
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Births by year, patients")
        .contains("Events by year, visits");
  }

  /** The id of a text inside a picture, which has words. */
  private static String text(Element picture, String tag) {
    Element element = (Element) picture.getElementsByTagName(tag).item(0);
    assertThat(element.getTextContent()).isNotBlank();
    return element.getAttribute("id");
  }

  private static Document page(Path file) throws Exception {
    String html = Files.readString(file).replace("<!DOCTYPE html>", "");
    String xml = html.replaceAll("(<meta [^>]*[^/])>", "$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml.strip())));
  }

  private static Counted count(String job, JsonNode resource, JsonNode field, String condition)
      throws SQLException {
    JsonNode path = resource.path("path");
    List<String> files = new ArrayList<>();
    for (JsonNode one : path.isArray() ? path : List.of(path)) {
      files.add("'" + RELEASES.release(job).resolve(one.asString()) + "'");
    }
    String list = "[" + String.join(", ", files) + "]";
    String source =
        resource.path("format").asString().equals("csv")
            ? "read_csv(" + list + ", all_varchar = true)"
            : "read_parquet(" + list + ")";
    String column = "\"" + field.path("name").asString() + "\"";
    String query =
        "SELECT count(*), count(DISTINCT patient_id) FROM "
            + source
            + " WHERE "
            + column
            + condition;
    try (PreparedStatement statement = database.prepareStatement(query);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return new Counted(result.getLong(1), result.getLong(2));
    }
  }

  private static JsonNode dataPackage(String job) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(RELEASES.release(job).resolve("datapackage.json")));
  }
}

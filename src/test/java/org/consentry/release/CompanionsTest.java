package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

class CompanionsTest {

  @TempDir Path place;

  private SampleRelease release;

  @BeforeEach
  void seal() throws IOException {
    release = new SampleRelease(place);
    release.seal();
  }

  @Test
  void theDataPackageNamesTypesKeysAndDigests() throws IOException {
    JsonNode resources = dataPackage().path("resources");
    JsonNode visits = resources.get(1);

    assertThat(dataPackage().path("$schema").asString())
        .isEqualTo("https://datapackage.org/profiles/2.0/datapackage.json");
    assertThat(visits.path("hash").asString())
        .isEqualTo("sha256:ee8421141ad3613e21d1e318cddbedf2894295f690f11be1456aa716f32af7aa");
    assertThat(visits.path("schema").path("primaryKey").toString()).isEqualTo("[\"visit_id\"]");
    assertThat(visits.path("schema").path("foreignKeys").toString())
        .isEqualTo(
            "[{\"fields\":[\"patient_id\"],\"reference\":{\"resource\":\"patients\",\"fields\":"
                + "[\"patient_id\"]}}]");
    assertThat(resources.get(0).path("schema").path("fields").get(1).toString())
        .isEqualTo(
            "{\"name\":\"birth_year\",\"type\":\"integer\",\"constraints\":{\"enum\":"
                + "[1936,1980]},\"description\":\"Year of birth."
                + " Something was done. Something survives.\",\"unit\":\"year\",\"labels\":"
                + "{\"1936\":\"1936 or before\"},\"missingValues\":[{\"value\":\"\",\"label\":"
                + "\"missing in the clinic's records; or withheld because consent does not cover"
                + " this column; or removed because the recorded value was not valid\"}],"
                + "\"consentry:figures\":{\"filled\":240,\"empty\":60,\"missing\":60,"
                + "\"withheld\":\"<11\",\"blanked\":\"<11\",\"distinct\":30,\"ranges\":["
                + "{\"range\":\"1950 or before\",\"rows\":90},{\"range\":\"1951\",\"rows\":120},"
                + "{\"range\":\"1952 or after\",\"rows\":30}],\"quantiles\":{"
                + "\"5%\":\"1950 or before\",\"25%\":\"1950 or before\",\"50%\":\"1951\","
                + "\"75%\":\"1951\",\"95%\":\"1952 or after\"}}}");
  }

  @Test
  void theFlowHasTheFiguresOfTheManifestAndTheirDays() throws IOException {
    assertThat(release.text("flow.csv").replace("\r\n", "\n"))
        .startsWith(
            """
            level,table,step,reason,count,counted_on,meaning
            subjects,,read,,40,2026-11-23,
            subjects,,excluded,,40,2026-11-23,
            subjects,,excluded,NOT_PERMITTED,40,2026-11-23,consent does not permit it
            subjects,,excluded,NOT_IN_COHORT,<11,2026-11-23,the study does not need it
            """)
        .contains("subjects,,released,,2,,\n")
        .contains("rows,visits,excluded,NOT_PERMITTED,100,2026-11-23,consent does not permit it\n")
        .endsWith("rows,visits,released,,3,,\n");
  }

  @Test
  void theCodebookNamesTheColumnThatExplainsEmptyCells() throws IOException {
    assertThat(release.text("codebook.html"))
        .contains("\"When empty\" shows which of them a column can have.")
        .contains("<th scope=\"col\">When empty</th>");
  }

  @Test
  void theCodebookListsAllValuesOfACodedColumnWithTheirMeanings() throws IOException {
    assertThat(release.text("codebook.csv")).contains(",1936 = 1936 or before,1936; 1980,");
    assertThat(release.text("codebook.html").replaceAll("\\s+", " "))
        .contains("<li><code>1936</code> = 1936 or before</li> <li><code>1980</code></li>");
  }

  @Test
  void theCodebookHasReleasedColumnsOnly() throws IOException {
    assertThat(release.text("codebook.csv"))
        .contains("patients,birth_year,integer,,year,Year of birth,1936 = 1936 or before,")
        .contains("patients,patient_id,code,64,,,")
        .contains("\"the protocol, \"\"part 2\"\"\"")
        .doesNotContain("last_name");
  }

  @Test
  void theReleaseStatesWhatEveryCodeIs() throws IOException {
    assertThat(release.text("codebook.html"))
        .contains("Every value of type code was checked: it is one line")
        .contains("<span class=\"part\">code, at most 64 characters ");
    assertThat(release.text("datapackage.json").replaceAll("\\s+", ""))
        .contains("\"constraints\":{\"maxLength\":64}")
        .contains("\"constraints\":{\"enum\":[1936,1980]}")
        .doesNotContain("\"required\":true");
  }

  @Test
  void theDiagramIsXmlWithTheSameNumbers() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(release.text("flow.svg"))));

    assertThat(svg.getDocumentElement().getTextContent())
        .contains("Persons read (n = about 40)")
        .contains("not permitted (n = about 100)")
        .contains("not usable (n < 11)")
        .contains("Released (n = 3)")
        .contains("Counted on 2026-11-23 unless another day is given.");
  }

  @Test
  void theSnippetForDuckDbOpensEveryTableWithItsTypes() throws IOException, SQLException {
    String sql = release.text("load/load.sql").replace("'data/", "'" + release.folder + "/data/");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String line : sql.lines().filter(text -> !text.startsWith("--")).toList()) {
        statement.execute(line);
      }

      assertThat(row(statement, "SELECT count(*), typeof(any_value(birth_year)) FROM patients"))
          .isEqualTo(Map.of(1, "2", 2, "BIGINT"));
      assertThat(row(statement, "SELECT count(*), typeof(any_value(visit_id)) FROM visits"))
          .isEqualTo(Map.of(1, "3", 2, "VARCHAR"));
    }
  }

  private static Map<Integer, String> row(Statement statement, String query) throws SQLException {
    Map<Integer, String> row = new TreeMap<>();
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.put(i, result.getString(i));
      }
    }
    return row;
  }

  private JsonNode dataPackage() throws IOException {
    return Json.read(Files.readAllBytes(release.file("datapackage.json"))).orElseThrow();
  }
}

package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.YamlFile;
import org.consentry.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Views give the rows that HAPI FHIR's model and FHIRPath give, value by value. */
final class ViewsAndHapiTest {

  private static final Path SHARED =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
          .resolve("fhir/bulk-10-patients");

  private static final String CONDITIONS =
      """
      {"resource": "Condition", "where": [{"path": "code.exists()"}], "select": [
        {"column": [
          {"name": "key", "path": "getResourceKey()"},
          {"name": "patient", "path": "subject.getReferenceKey(Patient)"},
          {"name": "visit", "path": "encounter.getReferenceKey(Encounter)"},
          {"name": "wrong", "path": "subject.getReferenceKey(Group)"},
          {"name": "onset", "path": "onset.ofType(dateTime)"},
          {"name": "end", "path": "abatement.ofType(dateTime)"},
          {"name": "recorded", "path": "recordedDate"},
          {"name": "active", "path": "clinicalStatus.coding.where(code = 'active').exists()"}]},
        {"forEach": "code.coding", "column": [
          {"name": "system", "path": "system"}, {"name": "code", "path": "code"},
          {"name": "display", "path": "display"}]},
        {"forEach": "category", "select": [
          {"forEach": "coding", "column": [{"name": "category", "path": "code"}]}]}]}
      """;

  /** A number takes every so many resources, for the time that the judge needs. */
  @ParameterizedTest
  @CsvSource({
    "patients, Patient, 5",
    "visits, Encounter, 25",
    "procedures, Procedure, 10",
    "proms, QuestionnaireResponse, 10"
  })
  void viewsOfTheSampleAgree(String view, String type, int each) throws Exception {
    List<String> all = Files.readAllLines(Path.of("sample-data/fhir", type + ".ndjson"));
    List<String> resources =
        IntStream.range(0, all.size()).filter(i -> i % each == 0).mapToObj(all::get).toList();

    assertThat(compared(shipped(view), resources)).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"patients", "visits", "procedures"})
  void viewsAgreeOnTheExportOfAnotherServer(String view) throws Exception {
    String type = JsonMapper.shared().readTree(shipped(view)).path("resource").asString();

    assertThat(compared(shipped(view), shared(type))).isPositive();
  }

  @Test
  void iteratedElementsAgreeOnTheExportOfAnotherServer() throws Exception {
    assertThat(compared(CONDITIONS, shared("Condition"))).isGreaterThan(100);
  }

  /** Nulls in lists, values with extensions alone, choices, numbers of every form. */
  @Test
  void unusualJsonAgrees() throws Exception {
    String view =
        """
        {"resource": "Patient", "select": [{"column": [
          {"name": "first", "path": "name.given.first()"},
          {"name": "second", "path": "name.given[1]"},
          {"name": "all", "path": "name.given.join('|')"},
          {"name": "why", "path": "name.given[0].extension('urn:x').value.ofType(string)"},
          {"name": "there", "path": "birthDate.exists()"},
          {"name": "born", "path": "birthDate"},
          {"name": "unknown", "path": "birthDate.extension('urn:x').value.ofType(code)"},
          {"name": "dead", "path": "deceased.ofType(boolean)"},
          {"name": "died", "path": "deceased.ofType(dateTime)"},
          {"name": "order", "path": "multipleBirth.ofType(integer) + 1"},
          {"name": "late", "path": "deceased.ofType(dateTime) > @2019-01-01"}]}]}
        """;
    List<String> resources =
        List.of(
            "{'name':[{'given':[null,'B'],'_given':[{'extension':[{'url':'urn:x','valueString':'s'}]},null]}]}",
            "{'name':[{'given':['A','B'],'_given':[null,{'id':'i'}]}]}",
            "{'name':[{'given':['A']},{'given':['B','C']}],'deceasedBoolean':false}",
            "{'_birthDate':{'extension':[{'url':'urn:x','valueCode':'unknown'}]}}",
            "{'birthDate':'1980','deceasedDateTime':'2020-01-02T03:04:05+01:00'}",
            "{'birthDate':'1981-02-03','multipleBirthInteger':2}",
            "{'birthDate':'1979-12-31','multipleBirthInteger':0}");

    assertThat(
            compared(
                view,
                resources.stream()
                    .map(
                        text ->
                            text.replace('\'', '"')
                                .replaceFirst("\\{", "{\"resourceType\":\"Patient\",\"id\":\"p\","))
                    .toList()))
        .isEqualTo(resources.size());
  }

  /** What is beside a value counts where no column reads it, as in FHIRPath. */
  @Test
  void valuesWithExtensionsAloneAgreeWhereNoColumnReadsThem() throws Exception {
    String view =
        """
        {"resource": "Patient", "select": [
          {"column": [{"name": "dead", "path": "deceased.exists()"}]},
          {"forEach": "name.given", "column": [{"name": "there", "path": "exists()"}]}]}
        """;
    String extension = "{'extension':[{'url':'urn:x','valueCode':'y'}]}";

    assertThat(
            compared(
                view,
                List.of(
                    ("{'resourceType':'Patient','_deceasedDateTime':"
                            + extension
                            + ",'name':[{'given':[null],'_given':["
                            + extension
                            + "]}]}")
                        .replace('\'', '"'))))
        .isEqualTo(1);
  }

  private static String shipped(String view) throws IOException {
    return Files.readString(Path.of("mappings/views", view + ".json"));
  }

  private static List<String> shared(String type) throws IOException {
    assumeTrue(
        Files.isDirectory(SHARED),
        "skipped: no bulk export; set consentry.shared.data to a folder with"
            + " fhir/bulk-10-patients");
    return Files.readAllLines(SHARED.resolve(type + ".000.ndjson"));
  }

  /** Asserts that both give the same rows of every resource. */
  private static int compared(String written, List<String> resources) throws Exception {
    Problems problems = new Problems();
    View view =
        YamlFile.parse(written.getBytes(StandardCharsets.UTF_8), "view.json", problems)
            .flatMap(yaml -> ViewReader.read(yaml.root(), "", problems))
            .orElseThrow();
    JsonNode definition = JsonMapper.shared().readTree(written);
    ResourceReader reader = new ResourceReader(view.shape(), 1 << 24);
    int rows = 0;
    for (String resource : resources) {
      List<List<@Nullable String>> judged = Hapi.rows(definition, Hapi.read(resource));
      assertThat(rows(view, reader, resource)).as(resource).isEqualTo(judged);
      rows += judged.size();
    }
    return rows;
  }

  private static List<List<@Nullable String>> rows(
      View view, ResourceReader reader, String resource) throws Failure {
    byte[] bytes = resource.getBytes(StandardCharsets.UTF_8);
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (@Nullable Item[] row : view.rows(reader.read(bytes, 0, bytes.length))) {
      rows.add(Stream.of(row).map(ViewsAndHapiTest::text).toList());
    }
    return rows;
  }

  private static @Nullable String text(@Nullable Item item) {
    return item instanceof Item.Primitive value && !value.released().isEmpty()
        ? value.released()
        : null;
  }
}

package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.config.YamlFile;
import org.consentry.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tests of the SQL on FHIR specification, where a copy of them is on this machine. */
final class SqlOnFhirTest {

  private static final Path TESTS =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
          .resolve("fhir/sql-on-fhir-tests");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A case of the specification. */
  private record Case(String file, JsonNode resources, JsonNode test) {

    String name() {
      return file + ": " + test.path("title").asString();
    }

    boolean isTagged(String tag) {
      return test.path("tags").valueStream().anyMatch(each -> each.asString().equals(tag));
    }

    /** Empty when the case passes, else what happened. */
    Optional<String> fault() {
      boolean expectsError = test.path("expectError").asBoolean(false);
      List<JsonNode> rows;
      Problems problems = new Problems();
      try {
        Optional<View> view = view(problems);
        if (view.isEmpty()) {
          return expectsError ? Optional.empty() : Optional.of(problems.list().toString());
        }
        rows = rows(view.get());
      } catch (Failure failure) {
        return expectsError ? Optional.empty() : Optional.of(failure.message());
      }
      if (expectsError) {
        return Optional.of("no error");
      }
      List<JsonNode> wanted = test.path("expect").valueStream().toList();
      return sorted(rows).equals(sorted(wanted)) ? Optional.empty() : Optional.of("rows " + rows);
    }

    private Optional<View> view(Problems problems) {
      byte[] written = test.path("view").toString().getBytes(StandardCharsets.UTF_8);
      return YamlFile.parse(written, file, problems)
          .flatMap(yaml -> ViewReader.read(yaml.root(), "", problems));
    }

    private List<JsonNode> rows(View view) throws Failure {
      ResourceReader reader = new ResourceReader(view.shape(), 1 << 20);
      List<JsonNode> rows = new ArrayList<>();
      for (JsonNode resource : resources) {
        byte[] bytes = resource.toString().getBytes(StandardCharsets.UTF_8);
        Item.Complex read = reader.read(bytes, 0, bytes.length);
        if (!read.text("resourceType").equals(view.resource())) {
          continue;
        }
        for (@Nullable Item[] row : view.rows(read)) {
          var object = JSON.createObjectNode();
          for (int i = 0; i < row.length; i++) {
            object.set(view.columns().get(i).name(), json(row[i]));
          }
          rows.add(object);
        }
      }
      return rows;
    }

    private static JsonNode json(@Nullable Item item) {
      if (item instanceof Item.Many many) {
        var list = JSON.createArrayNode();
        many.items().forEach(each -> list.add(json(each)));
        return list;
      }
      if (!(item instanceof Item.Primitive value)) {
        return JSON.nullNode();
      }
      return switch (value.kind()) {
        case NUMBER, BOOLEAN -> JSON.readTree(value.released());
        case TEXT, MOMENT -> JSON.getNodeFactory().stringNode(value.text());
        case NONE -> JSON.nullNode();
      };
    }

    /** Rows as texts without numbers' notation, because their order means nothing. */
    private static List<String> sorted(List<JsonNode> rows) {
      return rows.stream().map(Case::plain).sorted().toList();
    }

    private static String plain(JsonNode node) {
      if (node.isNumber()) {
        return node.decimalValue().stripTrailingZeros().toPlainString();
      }
      if (node.isArray()) {
        return node.valueStream().map(Case::plain).toList().toString();
      }
      return node.isObject()
          ? node.propertyStream()
              .map(each -> each.getKey() + "=" + plain(each.getValue()))
              .sorted()
              .toList()
              .toString()
          : node.toString();
    }
  }

  private static List<Case> cases() throws IOException {
    assumeTrue(
        Files.isDirectory(TESTS),
        "skipped: no tests of SQL on FHIR; set consentry.shared.data to a folder with"
            + " fhir/sql-on-fhir-tests");
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(TESTS)) {
      for (Path file : files.sorted().toList()) {
        JsonNode content = JSON.readTree(Files.readAllBytes(file));
        content
            .path("tests")
            .forEach(
                test ->
                    cases.add(new Case(file.getFileName() + "", content.path("resources"), test)));
      }
    }
    return cases;
  }

  @Test
  void allSharedTestsOfTheSpecificationPass() throws IOException {
    List<Case> shared = cases().stream().filter(each -> each.isTagged("shareable")).toList();

    List<String> faults = new ArrayList<>();
    shared.forEach(each -> each.fault().ifPresent(fault -> faults.add(each.name() + ": " + fault)));

    assertThat(faults).isEmpty();
    assertThat(shared).hasSize(123);
  }

  @Test
  void boundariesAreTheOnlyExperimentalFunctionsThatAreRefused() throws IOException {
    List<Case> experimental =
        cases().stream().filter(each -> each.isTagged("experimental")).toList();
    Set<String> refused = new TreeSet<>();
    for (Case each : experimental) {
      each.fault()
          .ifPresent(
              fault -> {
                assertThat(fault).contains("Boundary' is not supported");
                refused.add(each.file());
              });
    }

    assertThat(experimental).hasSize(11);
    assertThat(refused).containsExactly("fn_boundary.json");
  }
}

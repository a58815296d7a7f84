package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.testing.ProblemSpec;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** An editor that knows the schema finds in a file what reading it finds by its shape. */
final class SchemaAgreementTest {

  private static final Map<String, Path> SCHEMAS =
      Map.of(
          "job.yaml", Path.of("jobs/job.schema.json"),
          "map.yaml", Path.of("mappings/mapping.schema.json"));

  /**
   * What the shape of a file shows. Dates, ranges and what several keys mean together are no shape.
   */
  private static final Set<String> SHAPE =
      Set.of("UNKNOWN_KEY", "MISSING_KEY", "MISSING_VALUE", "UNKNOWN_WORD", "EMPTY_LIST");

  /** Keys that are missing only beside others. */
  private static final String BESIDE_OTHERS = " for column ";

  @TestFactory
  Stream<DynamicNode> findsTheSame() throws IOException {
    return Specs.read("config", ProblemSpec.class)
        .tests(ProblemSpec::cases, ProblemSpec.Case::rule, SchemaAgreementTest::compare);
  }

  private static void compare(ProblemSpec spec, ProblemSpec.Case each) throws IOException {
    String text = spec.edited(each);
    boolean isYaml = each.finds().stream().noneMatch(line -> line.contains(" YAML_"));
    if (!isYaml || !each.write().isEmpty()) {
      return;
    }
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Optional.ofNullable(SCHEMAS.get(spec.edits())).orElseThrow()),
                InputFormat.JSON);

    List<String> found =
        schema.validate(text, InputFormat.YAML).stream().map(Object::toString).toList();

    if (each.finds().isEmpty()) {
      assertThat(found).isEmpty();
    } else if (each.finds().stream().anyMatch(SchemaAgreementTest::isOfShape)) {
      assertThat(found).isNotEmpty();
    }
  }

  private static boolean isOfShape(String line) {
    String code = line.replaceFirst("^.*?: (?:error|warning) ", "").split(" ", 2)[0];
    return SHAPE.contains(code) && !line.contains(BESIDE_OTHERS);
  }
}

package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {

  enum Use {
    SAW,
    DRILL_PRESS
  }

  @Doc("A tool")
  record Tool(@Key("do") String use, @RemainingKeys Node.Mapping settings) {}

  record Saw(@Doc("how many") int teeth) {}

  record Drill(@Default("5") int width) {}

  @Doc("A workshop")
  record Workshop(
      String name, Optional<LocalDate> since, Use use, Map<String, @OneOrMany List<Tool>> tools) {}

  private static final String SCHEMA =
      JsonSchema.of(
          Workshop.class,
          Map.of(
              Tool.class,
              new JsonSchema.Kinds(
                  "do", new TreeMap<>(Map.of("saw", Saw.class, "drill", Drill.class)))));

  private static List<String> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA, InputFormat.JSON);
    return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  @Test
  void isWrittenTheSameEveryTime() {
    assertThat(SCHEMA)
        .startsWith(
            """
            {
              "$schema" : "https://json-schema.org/draft/2020-12/schema",
              "title" : "A workshop",
              "type" : "object",
            """)
        .endsWith("}\n")
        .contains(
            "\"Use\"".isEmpty()
                ? ""
                : "\"enum\" : [\n        \"saw\",\n        \"drill-press\"\n      ]");
  }

  @Test
  void acceptsWhatTheBinderAccepts() {
    assertThat(
            errors(
                """
                name: 2026
                use: drill-press
                tools: {a: {do: saw, teeth: 3}, b: [{do: drill}, {do: drill, width: 4}]}
                """))
        .isEmpty();
  }

  @Test
  void refusesWhatTheBinderRefuses() {
    assertThat(errors("name: a\nuse: saw\ntools: {a: {do: saw, teeth: x}}\n")).isNotEmpty();
    assertThat(errors("name: a\nuse: saw\ntools: {a: {do: saw, teeth: 1, width: 3}}\n"))
        .isNotEmpty();
    assertThat(errors("name: a\nuse: saw\ntools: {}\n")).isNotEmpty();
    assertThat(errors("name: a\nuse: hammer\ntools: {a: {do: drill}}\n")).isNotEmpty();
    assertThat(errors("name: a\nuse: saw\nunknown: 1\ntools: {a: {do: drill}}\n")).isNotEmpty();
  }
}

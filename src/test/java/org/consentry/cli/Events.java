package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The events that commands print with {@code --json}, as the published schema describes them. */
final class Events {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(OutputSchema.text(), InputFormat.JSON);

  private Events() {}

  /** What the schema refuses of a line. */
  static List<Error> errors(String line) {
    return SCHEMA.validate(line, InputFormat.JSON);
  }

  /** Every line is an event. */
  static void requireLines(List<String> lines) {
    assertThat(lines).allSatisfy(line -> assertThat(errors(line)).isEmpty());
  }

  /** Every line is an event, the first one starts, the last one ends with the exit code. */
  static void require(String out, int exitCode) {
    List<String> lines = out.lines().toList();
    requireLines(lines);
    assertThat(lines.get(0)).contains("\"event\":\"start\"", "\"schema\":\"consentry-events-1\"");
    assertThat(lines.get(lines.size() - 1))
        .endsWith("\"event\":\"end\",\"exitCode\":" + exitCode + "}");
    assertThat(lines.subList(1, lines.size() - 1))
        .noneMatch(
            line -> line.contains("\"event\":\"start\"") || line.contains("\"event\":\"end\""));
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** JSON for programs. */
final class ConsoleTest {

  @Test
  void writesTheMembersOfEachObjectSortedByName() {
    StringWriter out = new StringWriter();
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(Writer.nullWriter()), Console.Form.JSON);

    console.result(
        "runResult",
        Map.of(
            "run", "a", "exitCode", 0, "counts", Map.of("rows", 1, "patients", 2, "excluded", 3)));

    assertThat(out.toString().lines())
        .containsExactly(
            "{\"command\":\"\",\"counts\":{\"excluded\":3,\"patients\":2,\"rows\":1},"
                + "\"event\":\"result\",\"exitCode\":0,\"run\":\"a\",\"shape\":\"runResult\"}");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    StringWriter out = new StringWriter();
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(Writer.nullWriter()), Console.Form.JSON);
    console.start("keys new");

    console.result(
        "key", Map.of("file", "", "kind", Optional.empty(), "fingerprint", Optional.of("a")));

    assertThat(out.toString().lines().skip(1))
        .containsExactly(
            "{\"command\":\"keys new\",\"event\":\"result\",\"fingerprint\":\"a\","
                + "\"shape\":\"key\"}");
  }
}

package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;

/** A line with a placeholder in any cell is an example. */
final class ExampleLinesTest {

  private static ExampleLines of(List<String> ids, List<String> studies) {
    ExampleLines examples = new ExampleLines();
    examples.add(
        new RowBatch(
            ids.size(),
            List.of(BytesColumn.of(ids), BytesColumn.of(studies)),
            List.of(),
            row -> row + 2L));
    return examples;
  }

  @Test
  void aPlaceholderInAnyCellMakesAnExample() {
    assertThat(
            of(List.of("1", "<id>", "3", "4"), List.of("*", "*", "<id of the study>", ""))
                .problem("consents.csv"))
        .map(Problem::toString)
        .contains(
            "consents.csv:3: error CONSENT_EXAMPLE 2 lines are examples, the first is here: cells"
                + " in <...> are placeholders, so it is no patient's; write the consent lines of"
                + " your patients, and remove the examples");
  }

  @Test
  void otherLinesAreNone() {
    assertThat(of(List.of("1", "<11", ">"), List.of("<NA>", "a<b>", "")).problem("x")).isEmpty();
  }

  @Test
  void examplesOfAllSplitsCount() {
    ExampleLines all = of(List.of("1", "<id>"), List.of("", ""));
    all.addAll(of(List.of("<id>"), List.of("")));

    assertThat(all.problem("x"))
        .map(Problem::toString)
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("x:2: error CONSENT_EXAMPLE 2 lines"));
  }
}

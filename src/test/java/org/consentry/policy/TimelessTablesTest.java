package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.consentry.config.Mapping;
import org.consentry.operator.Operators;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;

final class TimelessTablesTest {

  private static final String HEAD =
      """
      mapping: spec
      version: 1
      subjects: {table: patients, key: id, birthDate: born, deathDate: ended}
      tables:
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            id: {role: linkage-key, do: drop}
            born: {role: quasi-identifier, do: drop}
            ended: {role: quasi-identifier, do: drop}
      """;

  private static List<String> problems(String columns, Map<String, List<String>> unmapped) {
    return check(HEAD + columns.indent(6), unmapped).stream().map(Problem::toString).toList();
  }

  private static List<Problem> check(String text, Map<String, List<String>> unmapped) {
    Mapping mapping = PolicySpecTest.mapping(text);
    return TimelessTables.check(mapping, Operators.SHIPPED.effects(mapping), unmapped);
  }

  @Test
  void maySayWhenAPersonWasBornAndDied() {
    assertThat(problems("dob: {role: quasi-identifier, do: drop}", Map.of())).isEmpty();
  }

  @Test
  void hasNoOtherDateBeItDropped() {
    assertThat(problems("seen_on: {role: quasi-identifier, do: drop}", Map.of()))
        .containsExactly(
            "m.yaml:14:7: error TIMELESS_DATE column 'seen_on' of the timeless table 'patients' is a"
                + " date, so its rows may be events, which consent must cover by their date; name"
                + " the date under recordDate instead of timeless; a date of birth or death belongs"
                + " under subjects: birthDate, deathDate");
  }

  @Test
  void hasNoDateUnderAnotherName() {
    assertThat(
            problems(
                "began: {role: quasi-identifier, do: generalize, to: year, type: integer}",
                Map.of()))
        .singleElement()
        .asString()
        .contains("TIMELESS_DATE column 'began'");
    assertThat(problems("left: {role: non-sensitive, do: keep, type: date}", Map.of())).hasSize(1);
  }

  @Test
  void hasNoDateWithoutARule() {
    Map<String, List<String>> unmapped = Map.of("patients", List.of("sex", "admit_date"));

    assertThat(problems("sort: {role: non-sensitive, do: drop}", unmapped))
        .singleElement()
        .asString()
        .startsWith("m.yaml:5:3: error TIMELESS_DATE column 'admit_date' of the timeless table");
  }

  @Test
  void isOfNoOtherTablesConcern() {
    String visits =
        """
          visits:
            subject: id
            key: id
            recordDate: seen_on
            category: VISIT
            columns:
              id: {role: linkage-key, do: drop}
              seen_on: {role: quasi-identifier, do: drop}
        """;

    assertThat(check(HEAD + visits, Map.of())).isEmpty();
  }
}

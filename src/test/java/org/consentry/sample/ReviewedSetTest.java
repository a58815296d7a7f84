package org.consentry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReviewedSetTest {
  private static final Set<String> CLASSES =
      Set.of(
          "COSMETIC",
          "RECONSTRUCTIVE_MEDICALLY_NECESSARY",
          "RECONSTRUCTIVE_BY_BENEFIT",
          "INDETERMINATE");

  private final SampleTable cases = SampleTable.read("../reviewed/service-class.csv");

  @Test
  void hasSomeTwoHundredCasesNamedOnce() {
    assertThat(cases.rows()).hasSizeBetween(200, 230).allMatch(row -> row.isConsistent());
    assertThat(cases.column("case_id")).doesNotHaveDuplicates();
  }

  @Test
  void everyClassIsGivenOftenAndNoOtherWordIs() {
    assertThat(cases.column("label").distinct()).containsExactlyInAnyOrderElementsOf(CLASSES);
    for (String answer : CLASSES) {
      assertThat(cases.count("label", answer::equals)).as(answer).isGreaterThanOrEqualTo(20);
    }
    assertThat(cases.column("reviewer_1")).allMatch(CLASSES::contains);
    assertThat(cases.column("reviewer_2")).allMatch(CLASSES::contains);
  }

  @Test
  void everyCaseHasAReason() {
    assertThat(cases.column("reason")).allMatch(reason -> reason.length() > 3);
  }

  @Test
  void reviewersDifferNowAndThenAndEitherMayPrevail() {
    assertThat(
            cases.rows().stream()
                .filter(row -> !row.get("reviewer_1").equals(row.get("reviewer_2"))))
        .hasSizeBetween(25, 60);
    assertThat(cases.rows().stream().filter(row -> !row.get("reviewer_1").equals(row.get("label"))))
        .hasSizeGreaterThanOrEqualTo(10);
    assertThat(cases.rows().stream().filter(row -> !row.get("reviewer_2").equals(row.get("label"))))
        .hasSizeGreaterThanOrEqualTo(5);
  }
}

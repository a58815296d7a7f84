package org.consentry.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

  private static final String CANARY = "CANARY-4711";

  @Test
  void throwsEverythingItCollectedOnceAndInOrder() {
    Problems problems = new Problems();
    problems.warning("OLD_WORD", Place.of("b.yaml"), "an old word", "");
    problems.error("NO_RULE", Place.of("a.yaml", 14), "column 'zip' has no rule", "add a rule");
    problems.addAll(
        List.of(Problem.error("TYPE", new Place("a.yaml", 2, 7), "expected a number", "")));

    assertThatThrownBy(() -> problems.throwIfAny(Category.FILES_INVALID))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            """
            b.yaml: warning OLD_WORD an old word
            a.yaml:14: error NO_RULE column 'zip' has no rule; add a rule
            a.yaml:2:7: error TYPE expected a number\
            """)
        .extracting(failure -> ((ProblemException) failure).problems())
        .isEqualTo(problems.list());
  }

  @Test
  void refusesNothingForAWarning() {
    Problems problems = new Problems();
    problems.add(Problem.warning("OLD_WORD", Place.of("b.yaml"), "an old word", ""));

    problems.throwIfAny(Category.FILES_INVALID);

    assertThat(problems.hasErrors()).isFalse();
    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void carriesNothingForeignWhateverFailsBesideIt() {
    ProblemException problem =
        ProblemException.of(Category.RUN_FAILED, "X", Place.of("visits.csv", 3), "bad row", "");

    problem.addSuppressed(new IllegalStateException(CANARY));
    assertThatThrownBy(() -> problem.initCause(new IllegalStateException(CANARY)))
        .isInstanceOf(IllegalStateException.class);

    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(CANARY).contains("visits.csv:3: error X bad row");
    assertThat(problem.getSuppressed()).isEmpty();
    assertThat(problem).hasNoCause();
  }

  @Test
  void isNoExceptionWithoutAProblem() {
    assertThatThrownBy(() -> new ProblemException(Category.RUN_FAILED, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no problem given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lower", "1ST", "_X", "WITH SPACE", "DASH-ED"})
  void refusesACodeThatIsNoUpperCaseWord(String code) {
    assertThatThrownBy(() -> Problem.error(code, Place.of("a"), "message", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a code is an upper-case word but was " + code);
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "1,-1", "0,1"})
  void refusesAPlaceThatIsNowhere(long line, long column) {
    assertThatThrownBy(() -> new Place("a", line, column))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such place: line " + line + ", column " + column);
  }

  @ParameterizedTest
  @CsvSource({
    "RUN_FAILED,1",
    "USAGE,2",
    "FILES_INVALID,10",
    "LOCKED,11",
    "AUTHORITY,12",
    "DISCLOSURE_CHECK,13",
    "KEY,14",
    "STALE,15",
    "VERIFY,20",
    "TEMPORARY,75"
  })
  void endsTheProcessAsInTheManual(Category category, int exitCode) {
    assertThat(category.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void hasAnExitCodeForEachCategoryThatNoOtherHas() {
    assertThat(Arrays.stream(Category.values()).map(Category::exitCode)).doesNotHaveDuplicates();
    assertThat(Category.values()).hasSize(10);
  }
}

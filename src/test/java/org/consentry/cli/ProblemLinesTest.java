package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;

/** People read a few lines of many problems; programs get each. */
final class ProblemLinesTest {

  @Test
  void putsManyAlikeIntoOneLine() {
    List<Problem> many = many(30);

    assertThat(ProblemLines.text(many))
        .containsExactly(
            "map.yaml:1:5: error NO_RULE column 'c1' has no rule; add one",
            "map.yaml:2:5: error NO_RULE column 'c2' has no rule; add one",
            "map.yaml:3:5: error NO_RULE column 'c3' has no rule; add one",
            "map.yaml: error NO_RULE and 27 more like these: "
                + IntStream.rangeClosed(4, 23)
                    .mapToObj(i -> "'c" + i + "' in line " + i)
                    .collect(Collectors.joining(", "))
                + ", ... (--json lists all)");
  }

  @Test
  void hasTheLinesWhereMessagesNameTheSameAndNoneOfAWholeFile() {
    Problem row = Problem.error("BAD", Place.of("a.csv", 7), "this row cannot be used", "");
    Problem whole = Problem.error("BAD", Place.of("a.csv"), "this row cannot be used", "");

    assertThat(ProblemLines.text(List.of(row, row, row, row, row)))
        .endsWith("a.csv: error BAD and 2 more like these, in lines 7");
    assertThat(ProblemLines.text(List.of(whole, whole, whole, whole, whole)))
        .endsWith("a.csv: error BAD and 2 more like these");
  }

  @Test
  void putsAlikeWarningsOfManyFilesBehindTheFirst() {
    List<Problem> problems =
        Stream.of("a.csv", "b.csv", "c.csv")
            .map(
                file -> Problem.warning("OLD", Place.of(file, 2), "column 'd' is old", "repair it"))
            .toList();

    assertThat(ProblemLines.text(problems))
        .containsExactly(
            "a.csv:2: warning OLD column 'd' is old; repair it",
            "warning OLD and 2 more like this: 'd' in b.csv:2, 'd' in c.csv:2 (--json lists all)");
    assertThat(ProblemLines.text(problems.subList(0, 2))).hasSize(2);
  }

  @Test
  void showsTheProblemsOfAFileByLine() {
    List<Problem> problems =
        Stream.of(new Place("a", 9, 1), new Place("b", 1, 1), new Place("a", 2, 7), Place.of("a"))
            .map(place -> Problem.error("BAD" + place.line(), place, "it is wrong", ""))
            .toList();

    assertThat(ProblemLines.inOrder(problems).stream().map(one -> one.place().toString()))
        .containsExactly("a", "a:2:7", "a:9:1", "b:1:1");
  }

  @Test
  void showsAFewAlikeEach() {
    assertThat(ProblemLines.text(many(4))).hasSize(4);
  }

  @Test
  void countsInWords() {
    List<Problem> problems = new ArrayList<>(many(2));
    assertThat(ProblemLines.summary(problems)).isEqualTo("2 errors in 1 file");

    problems.add(Problem.warning("OLD", Place.of("job.yaml"), "it is old", ""));
    assertThat(ProblemLines.summary(problems)).isEqualTo("2 errors and 1 warning in 2 files");
    assertThat(ProblemLines.summary(problems.subList(2, 3))).isEqualTo("1 warning in 1 file");
  }

  private static List<Problem> many(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(
            i ->
                Problem.error(
                    "NO_RULE",
                    new Place("map.yaml", i, 5),
                    "column 'c" + i + "' has no rule",
                    "add one"))
        .toList();
  }
}

package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.FieldType;
import org.consentry.data.ValueList;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** A list or hierarchy that has a fault is refused with its line, and never read in part. */
final class SmallTableTest {

  @Test
  void reportsEveryFaultWithItsLine() {
    assertThat(findings("from,to,from\nM,male,x\nF,female\n\"M\",other,x\nD,,x\n"))
        .containsExactly(
            "list.csv:1: error LIST_HEADER two columns have the same name; rename one",
            "list.csv:3: error LIST_RAGGED expected 3 fields but found 2; give every row as many"
                + " fields as the header",
            "list.csv:4: error LIST_KEY_TWICE an earlier row begins with the same value; remove one"
                + " of the two rows",
            "list.csv:5: error LIST_CELL_EMPTY a cell is empty; fill the cell, or remove the row");
  }

  @Test
  void needsAHeaderARowAndTwoColumns() {
    String empty =
        "list.csv: error LIST_EMPTY expected a header and rows of at least two fields; write a"
            + " value and what it becomes, one row each";

    assertThat(findings("")).containsExactly(empty);
    assertThat(findings("from,to\n")).containsExactly(empty);
    assertThat(findings("from\nM\n")).containsExactly(empty);
    assertThat(findings("from,to\nM,male\n")).isEmpty();
  }

  @Test
  void refusesAMisplacedQuote() {
    assertThat(findings("from,to\nM,ma\"le\n"))
        .containsExactly(
            "list.csv:2: error LIST_MISQUOTED expected CSV as in RFC 4180 but found a misplaced"
                + " quote; quote the whole field and double the quotes inside it");
  }

  @Test
  void listsWhatBecomesWhatWithItsLine() {
    Operator recode =
        bound(
                "from,to\nM,male\n\n\"F\",female\n",
                new Recode.Config(Optional.empty(), Optional.of("list.csv"), Optional.of("other")))
            .orElseThrow();

    assertThat(recode.listing())
        .contains(
            new ValueList(
                Optional.of("list.csv"),
                List.of(new ValueList.Entry("M", "male", 2), new ValueList.Entry("F", "female", 4)),
                Optional.of("other")));
  }

  @Test
  void listsWhatTheMappingListsWithoutALine() {
    Operator recode =
        bound(
                "",
                new Recode.Config(
                    Optional.of(Map.of("M", "male")), Optional.empty(), Optional.of("blank")))
            .orElseThrow();

    assertThat(recode.listing())
        .contains(
            new ValueList(
                Optional.empty(), List.of(new ValueList.Entry("M", "male", 0)), Optional.empty()));
  }

  @Test
  void listsTheLevelOfAHierarchy() {
    Problems problems = new Problems();
    Optional<Operator> bound =
        new Hierarchy()
            .bind(
                new Hierarchy.Config("list.csv", "chapter"),
                context("code,block,chapter\nH02.4,H00-H05,eye\n"),
                problems);

    assertThat(problems.list()).isEmpty();
    assertThat(bound.orElseThrow().listing())
        .contains(
            new ValueList(
                Optional.of("list.csv"),
                List.of(new ValueList.Entry("H02.4", "eye", 2)),
                Optional.empty()));
  }

  private static RuleContext context(String text) {
    return Context.of(
        FieldType.CODE, OperatorFixtures.REFERENCE, Map.of("list.csv", text), "visits", "sex");
  }

  private static Optional<Operator> bound(String text, Recode.Config config) {
    Problems problems = new Problems();
    Optional<Operator> bound = new Recode().bind(config, context(text), problems);
    assertThat(problems.list()).isEmpty();
    return bound;
  }

  private static List<String> findings(String text) {
    Problems problems = new Problems();
    Optional<Operator> bound =
        new Recode()
            .bind(
                new Recode.Config(Optional.empty(), Optional.of("list.csv"), Optional.empty()),
                context(text),
                problems);
    assertThat(bound.isEmpty()).isEqualTo(problems.hasErrors());
    return problems.list().stream().map(Problem::toString).toList();
  }
}

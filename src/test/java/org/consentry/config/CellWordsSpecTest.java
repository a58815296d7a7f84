package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.data.CellFormat;
import org.consentry.data.WrittenDates;
import org.consentry.data.WrittenNumbers;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What the words of a file make of the cells of a column. */
final class CellWordsSpecTest {

  record Spec(List<Case> cases) {}

  /**
   * A format.
   *
   * @param words as a mapping writes them
   * @param reads what cells become: {@code missing}, {@code invalid}, or the usual way
   * @param refuses the message when the words are none
   */
  record Case(
      String rule, Node words, @MayBeEmpty Map<String, String> reads, Optional<String> refuses) {}

  @TestFactory
  Stream<DynamicNode> readsCells() throws IOException {
    return Specs.read("format", Spec.class)
        .tests(Spec::cases, Case::rule, (spec, each) -> run(each));
  }

  private static void run(Case each) {
    Problems problems = new Problems();
    Optional<CellWords> words = Binder.bind(each.words(), CellWords.class, problems);
    assertThat(problems.list().stream().map(Problem::message).toList())
        .isEqualTo(each.refuses().stream().toList());
    words.ifPresent(
        bound ->
            each.reads()
                .forEach(
                    (cell, expected) ->
                        assertThat(outcome(format(bound), cell)).as(cell).isEqualTo(expected)));
  }

  private static CellFormat format(CellWords words) {
    Optional<WrittenDates> dates =
        words.format().isPresent() ? Optional.of(words.dates()) : Optional.empty();
    boolean counts = dates.isEmpty() || dates.get().areNumbers();
    Optional<WrittenNumbers> numbers = counts ? Optional.of(words.numbers()) : Optional.empty();
    return new CellFormat(dates, numbers, words.missing(), Map.of(), Optional.empty());
  }

  private static String outcome(CellFormat format, String cell) {
    String read = format.read(cell);
    if (read.isEmpty()) {
      return "missing";
    }
    return read.equals(CellFormat.INVALID + cell) ? "invalid" : read;
  }
}

package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.CsvWords;
import org.consentry.config.Node;
import org.consentry.connector.csv.CsvSource;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a file in the dialect that a job names. */
final class CsvDialectSpecTest {

  private static final List<CsvSource.Sizes> SIZES =
      List.of(CsvSource.Sizes.usual(), new CsvSource.Sizes(1, 1, 1 << 12));

  @TempDir private Path folder;

  record Spec(List<Case> cases) {}

  record Dialect(@Among CsvWords csv, Optional<Character> escape, Optional<Character> comment) {}

  /**
   * A file.
   *
   * @param dialect its dialect, in the words of a job
   * @param given its text
   * @param rows values of its rows; an empty one is missing
   * @param lines where the rows begin; not compared when there are none
   * @param rejected reason and line of rows that cannot be used
   * @param refuses the code of the problem when the file is refused
   */
  record Case(
      String rule,
      Dialect dialect,
      String given,
      @MayBeEmpty List<Node> rows,
      @MayBeEmpty List<Long> lines,
      @MayBeEmpty List<String> rejected,
      Optional<String> refuses) {}

  @TestFactory
  Stream<DynamicNode> readsTheDialect() throws IOException {
    return Specs.read("csv-dialects", Spec.class)
        .tests(Spec::cases, Case::rule, (spec, each) -> run(each));
  }

  private void run(Case each) throws IOException {
    Files.writeString(folder.resolve("t.csv"), each.given(), StandardCharsets.UTF_8);
    CsvSource.Config config =
        new CsvSource.Config(
            ".", each.dialect().csv(), Map.of(), each.dialect().escape(), each.dialect().comment());
    for (CsvSource.Sizes sizes : SIZES) {
      if (each.refuses().isPresent()) {
        assertThatThrownBy(() -> Read.all(Read.table(folder, config, sizes)))
            .isInstanceOf(ProblemException.class)
            .hasMessageContaining(" error " + each.refuses().get() + " ");
      } else {
        check(each, Read.all(Read.table(folder, config, sizes)));
      }
    }
  }

  private static void check(Case each, Read read) {
    assertThat(read.rows())
        .isEqualTo(
            each.rows().stream()
                .map(
                    row ->
                        ((Node.Sequence) row)
                            .items().stream().map(item -> ((Node.Scalar) item).text()).toList())
                .toList());
    assertThat(read.rejected()).isEqualTo(each.rejected());
    if (!each.lines().isEmpty()) {
      assertThat(read.lines()).isEqualTo(each.lines());
    }
  }
}

package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Encoding;
import org.consentry.config.Node;
import org.consentry.connector.csv.CsvSource.Sizes;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a CSV file contains, by its bytes. Both readers give the same, wherever a file is cut into
 * splits and a buffer ends.
 */
final class CsvSpecTest {

  private static final List<Sizes> SIZES =
      List.of(
          Sizes.usual(),
          new Sizes(1, 1, 1 << 12),
          new Sizes(3, 64, 1 << 12),
          new Sizes(7, 8, 1 << 12));

  @TempDir private Path folder;

  record Spec(List<Case> cases) {}

  /**
   * A file.
   *
   * @param given its text
   * @param columns names of its columns; not compared when there are none
   * @param rows values of its rows; an empty one is missing
   * @param lines where the rows begin; not compared when there are none
   * @param rejected reason and line of rows that cannot be used
   * @param refuses the message about a file that is refused
   */
  record Case(
      String rule,
      Node given,
      @MayBeEmpty List<String> columns,
      @MayBeEmpty List<Node> rows,
      @MayBeEmpty List<Long> lines,
      @MayBeEmpty List<String> rejected,
      Optional<String> refuses) {}

  @TestFactory
  Stream<DynamicNode> readsWhatTheFileContains() throws IOException {
    return Specs.read("csv", Spec.class).tests(Spec::cases, Case::rule, (spec, each) -> run(each));
  }

  private void run(Case each) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text(each.given()), StandardCharsets.UTF_8);
    for (Sizes sizes : SIZES) {
      check(each, sizes + " fast", () -> Read.fast(folder, Encoding.UTF_8, sizes));
      check(each, sizes + " general", () -> Read.general(folder, Encoding.UTF_8, sizes));
    }
  }

  private static void check(Case each, String reader, Supplier<SourceTable> table) {
    assertThat(outcome(each, table)).as(reader).isEqualTo(expected(each));
  }

  private static String expected(Case each) {
    return each.refuses()
        .orElseGet(
            () ->
                each.columns()
                    + " "
                    + each.rows().stream().map(CsvSpecTest::texts).toList()
                    + " "
                    + each.lines()
                    + " "
                    + each.rejected());
  }

  private static String outcome(Case each, Supplier<SourceTable> open) {
    try {
      SourceTable table = open.get();
      Read read = Read.all(table);
      return (each.columns().isEmpty() ? List.of() : table.columns())
          + " "
          + read.rows()
          + " "
          + (each.lines().isEmpty() ? List.of() : read.lines())
          + " "
          + read.rejected();
    } catch (ProblemException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static List<String> texts(Node row) {
    return ((Node.Sequence) row).items().stream().map(CsvSpecTest::text).toList();
  }

  private static String text(Node node) {
    return ((Node.Scalar) node).text();
  }
}

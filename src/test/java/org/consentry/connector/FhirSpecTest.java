package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Node;
import org.consentry.connector.fhir.FhirSource;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Specs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the cases of {@code spec/fhir}: a view, resources, and the rows or the problem. */
final class FhirSpecTest {

  @TempDir Path folder;

  /** A file of cases. */
  record Spec(List<Case> cases) {}

  /** What a view makes of lines. */
  record Case(
      String rule,
      Optional<String> select,
      @MayBeEmpty List<String> given,
      @MayBeEmpty List<Node> rows,
      Optional<String> refuses) {}

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    return Specs.read("fhir", Spec.class).tests(Spec::cases, Case::rule, (spec, each) -> run(each));
  }

  private void run(Case each) throws IOException {
    String select = each.select().orElse("{column: [{name: id, path: id}]}");
    Path views = Files.createDirectories(folder.resolve("views"));
    Files.writeString(
        views.resolve("patients.json"), "resource: Patient\nselect: [" + select + "]\n");
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        String.join("\n", each.given()) + (each.given().isEmpty() ? "" : "\n"),
        StandardCharsets.UTF_8);
    if (each.refuses().isPresent()) {
      assertThatThrownBy(() -> rows(1 << 20))
          .isInstanceOf(ProblemException.class)
          .hasMessage(folder + "/" + each.refuses().get());
      return;
    }
    List<List<@Nullable String>> wanted = cells(each.rows());
    for (int splitBytes : new int[] {1, 40, 1 << 20}) {
      assertThat(rows(splitBytes)).as("splits of %d bytes", splitBytes).isEqualTo(wanted);
    }
  }

  private List<List<@Nullable String>> rows(int splitBytes) {
    FhirSource.Config config =
        new FhirSource.Config(".", "views", Optional.of("https://clinic.example/fhir"));
    SourceTable table = new FhirSource(config, folder, splitBytes).table("patients").orElseThrow();
    List<Integer> columns = IntStream.range(0, table.columns().size()).boxed().toList();
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          add(batch.get(), rows);
        }
      }
    }
    return rows;
  }

  private static void add(RowBatch batch, List<List<@Nullable String>> rows) {
    for (int row = 0; row < batch.rows(); row++) {
      List<@Nullable String> cells = new ArrayList<>();
      for (var column : batch.columns()) {
        BytesColumn bytes = (BytesColumn) column;
        cells.add(
            bytes.isMissing(row)
                ? null
                : new String(
                    bytes.buffer(),
                    bytes.starts()[row],
                    bytes.ends()[row] - bytes.starts()[row],
                    StandardCharsets.UTF_8));
      }
      rows.add(cells);
    }
  }

  private static List<List<@Nullable String>> cells(List<Node> rows) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (Node row : rows) {
      List<@Nullable String> cells = new ArrayList<>();
      for (Node cell : ((Node.Sequence) row).items()) {
        Node.Scalar scalar = (Node.Scalar) cell;
        cells.add(scalar.isNull() ? null : scalar.text());
      }
      all.add(cells);
    }
    return all;
  }
}

package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.ContactColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mappings and jobs that come with the product are read without a word of complaint. */
final class ShippedFilesTest {

  /** Columns of Synthea that name a person in part, a device, or a person in another table. */
  private static final Set<String> MORE_OF_SYNTHEA =
      Set.of("PREFIX", "SUFFIX", "UDI", "MEMBERID", "OWNER_NAME");

  @ParameterizedTest
  @MethodSource("mappings")
  void mappingsAreReadWithoutProblems(Path file) {
    Problems problems = new Problems();

    Optional<MappingFile> mapping = MappingFile.read(file, file.toString(), problems);

    assertThat(problems.list()).map(Problem::toString).isEmpty();
    assertThat(mapping.orElseThrow().mapping().name() + ".yaml")
        .isEqualTo(file.getFileName().toString());
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void jobsAreReadWithoutProblemsAndNameAMapping(Path file) {
    Problems problems = new Problems();

    JobFile job = JobFile.read(file, file.toString(), problems).orElseThrow();

    assertThat(problems.list()).map(Problem::toString).isEmpty();
    assertThat(job.job().name() + ".yaml").isEqualTo(file.getFileName().toString());
    assertThat(job.folder().resolve(job.job().mapping().value())).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clinic-safe-harbor", "clinic-limited-data-set"})
  void clinicMappingsHaveARuleForEveryColumnAndForNoOther(String name) throws IOException {
    MappingFile mapping = read(name);

    for (String table : mapping.mapping().tables().keySet()) {
      Path file = Path.of("sample-data", "clinic", table + ".csv");
      String header = Files.readAllLines(file).get(0);
      assertThat(rule(mapping, table).columns().keySet())
          .as(table)
          .containsExactlyInAnyOrder(header.split(","));
    }
  }

  @Test
  void syntheaMappingHasARuleForEveryColumnOfARealExport() throws IOException {
    Path export =
        Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
            .resolve("synthea-ma100/csv");
    assumeTrue(Files.isDirectory(export), "needs an export of Synthea, which is not here");
    MappingFile mapping = read("synthea-safe-harbor");

    for (String table : mapping.mapping().tables().keySet()) {
      String header = Files.readAllLines(export.resolve(table + ".csv")).get(0);
      assertThat(rule(mapping, table).columns().keySet())
          .as(table)
          .containsExactlyInAnyOrder(header.split(","));
    }
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void noContactColumnIsReleasedByAnyMappingOfResearch(Path file) {
    MappingFile mapping = read(file);
    assumeTrue(
        mapping.mapping().kind().value().kind() == JobKind.RESEARCH, "is not of kind research");
    Set<String> contacts = new HashSet<>(MORE_OF_SYNTHEA);
    contacts.addAll(ContactColumns.neverReleased(ContactColumns.CLINIC));
    contacts.addAll(ContactColumns.neverReleased(ContactColumns.SYNTHEA));

    mapping
        .mapping()
        .tables()
        .forEach(
            (table, rule) ->
                rule.columns()
                    .forEach(
                        (column, outputs) -> {
                          if (contacts.contains(column)) {
                            assertThat(outputs.outputs())
                                .as("%s.%s", table, column)
                                .noneMatch(OutputRule::isReleased);
                          }
                        }));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void everyReleasedColumnHasAReasonAndAMeaning(Path file) {
    List<OutputRule> released =
        read(file).mapping().tables().values().stream()
            .flatMap(table -> table.columns().values().stream())
            .flatMap(column -> column.outputs().stream())
            .filter(OutputRule::isReleased)
            .toList();

    assertThat(released).isNotEmpty();
    assertThat(released).allMatch(rule -> rule.why().isPresent() && rule.label().isPresent());
  }

  private static TableRule rule(MappingFile mapping, String table) {
    return Optional.ofNullable(mapping.mapping().tables().get(table)).orElseThrow();
  }

  private static MappingFile read(String name) {
    return read(Path.of("mappings", name + ".yaml"));
  }

  private static MappingFile read(Path file) {
    return MappingFile.read(file, file.toString(), new Problems()).orElseThrow();
  }

  private static Stream<Path> mappings() throws IOException {
    return yaml("mappings");
  }

  private static Stream<Path> jobs() throws IOException {
    return yaml("jobs");
  }

  private static Stream<Path> yaml(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().endsWith("-service-class.yaml")) // rules, no mapping
          .filter(file -> !file.toString().endsWith(".risk.yaml")) // a risk plan
          .sorted()
          .toList()
          .stream();
    }
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.config.CsvWords;
import org.consentry.config.OutputRule.Role;
import org.consentry.connector.Connectors;
import org.consentry.connector.Source;
import org.consentry.connector.SourceTable;
import org.consentry.policy.ColumnAdvice;
import org.consentry.profile.SourceContents;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source is read once, and what is learned of it depends on its rows alone. */
final class SourceProfileTest {

  private static final Path SYNTHEA =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "synthea-ma100/csv");

  private static final int LONGEST_RECORD = 1 << 20;

  /** Columns that name a person, a place or a thing of a person, and what their values are. */
  private static final Map<String, List<String>> IDENTIFIERS =
      Map.of(
          "patients",
          List.of(
              "Id", "SSN", "DRIVERS", "PASSPORT", "FIRST", "MIDDLE", "LAST", "MAIDEN", "ADDRESS"),
          "providers",
          List.of("Id", "NAME", "ADDRESS"),
          "organizations",
          List.of("Id", "ADDRESS", "PHONE"),
          "payer_transitions",
          List.of("MEMBERID", "OWNER_NAME"),
          "devices",
          List.of("UDI"));

  @TempDir Path folder;

  private Path table() {
    SplittableRandom random = new SplittableRandom(11);
    StringBuilder text = new StringBuilder("id,when,text,mixed\n");
    for (int row = 0; row < 20_000; row++) {
      text.append("P").append(1_000_000 + row).append(',');
      text.append(2000 + random.nextInt(20)).append("-01-").append(10 + random.nextInt(19));
      text.append(",\"line ").append(random.nextInt(3_000)).append("\nand more\",");
      text.append(random.nextInt(10) == 0 ? "N/A" : random.nextInt()).append('\n');
      if (random.nextInt(500) == 0) {
        text.append("too,few\n");
      }
    }
    Path file = folder.resolve("t.csv");
    try {
      return Files.writeString(file, text.toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static SourceContents of(Path file, long splitBytes, int threads) {
    SourceTable table =
        Connectors.csvFile(file, CsvWords.RFC_4180, "t.csv", splitBytes, LONGEST_RECORD);
    return SourceProfile.of(List.of(table), Parallel.onThreads(threads)).contents();
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "5000, 4", "77777, 3", "500000, 2"})
  void splitsAndThreadsChangeNothing(long splitBytes, int threads) {
    Path file = table();

    assertThat(of(file, splitBytes, threads)).isEqualTo(of(file, 1L << 40, 1));
  }

  @Test
  void countsRowsThatCannotBeReadWithTheFirstOfThem() {
    SourceContents contents = of(table(), 5_000, 2);

    assertThat(contents.tables().get(0).rows()).isEqualTo(20_000);
    assertThat(contents.tables().get(0).unread())
        .singleElement()
        .satisfies(
            unread -> {
              assertThat(unread.rows()).isGreaterThan(20);
              assertThat(unread.firstLine()).isBetween(2L, 3_000L);
            });
  }

  /** All 18 columns of identifiers are recognised without the names of columns. */
  @Test
  void recognisesIdentifiersOfSyntheaByTheirValuesAlone() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(SYNTHEA),
        "skipped: no Synthea export; set consentry.shared.data to a folder with synthea-ma100/csv");
    Map<String, Role> roles = new TreeMap<>();
    for (Map.Entry<String, List<String>> entry : IDENTIFIERS.entrySet()) {
      roles.putAll(roles(entry.getKey(), entry.getValue()));
    }

    List<String> missed =
        roles.entrySet().stream()
            .filter(role -> role.getValue() == Role.SENSITIVE)
            .map(Map.Entry::getKey)
            .toList();
    System.out.printf(
        "identifiers of Synthea recognised by values alone: %d of %d%n",
        roles.size() - missed.size(), roles.size());
    assertThat(roles).hasSize(18);
    assertThat(missed).isEmpty();
  }

  /** The roles that values suggest, by table and true name. */
  private Map<String, Role> roles(String table, List<String> columns) throws IOException {
    List<String> lines = Files.readAllLines(SYNTHEA.resolve(table + ".csv"));
    List<String> names = List.of(lines.get(0).split(",", -1));
    List<String> nameless = new ArrayList<>(lines);
    nameless.set(
        0,
        IntStream.rangeClosed(1, names.size())
            .mapToObj(i -> "c" + i)
            .collect(Collectors.joining(",")));
    Files.write(folder.resolve(table + ".csv"), nameless);
    Source source = Connectors.csvFolder(folder);
    SourceContents contents =
        SourceProfile.of(List.of(source.table(table).orElseThrow()), Parallel.onThreads(2))
            .contents();
    return columns.stream()
        .collect(
            Collectors.toMap(
                column -> table + "." + column,
                column -> {
                  String name = "c" + (names.indexOf(column) + 1);
                  return ColumnAdvice.of(name, contents.column(table, name)).role();
                }));
  }
}

package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.config.Encoding;
import org.consentry.connector.csv.CsvSource;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Files that others collected because parsers stumble over them. */
class CsvCorpusTest {

  private static final Path CORPORA =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "csv-parquet");

  /** Its coordinates have bare quotes, which its authors accept and we refuse. */
  private static final String BARE_QUOTES = "location_coordinates";

  @TempDir Path directory;

  @Test
  void readsCsvSpectrumAsItsAuthorsDo() throws IOException {
    for (Path csv : files(CORPORA.resolve("csv-spectrum/csvs"))) {
      String name = csv.getFileName().toString().replace(".csv", "");
      if (name.equals(BARE_QUOTES)) {
        continue;
      }
      JsonNode expected =
          new ObjectMapper()
              .readTree(Files.readString(CORPORA.resolve("csv-spectrum/json/" + name + ".json")));
      SourceTable table = copy(csv, CsvSource.Sizes.usual());

      Read read = Read.all(table);

      assertThat(read.rows()).as(name).isEqualTo(rows(expected, table.columns()));
    }
  }

  @Test
  void refusesTheBareQuotesOfCsvSpectrum() throws IOException {
    Path csv = CORPORA.resolve("csv-spectrum/csvs/" + BARE_QUOTES + ".csv");
    assumeTrue(Files.exists(csv), "skipped: no corpus in csv-spectrum");

    assertThat(outcome(() -> copy(csv, CsvSource.Sizes.usual())))
        .isEqualTo(
            "./t.csv:2: error BARE_QUOTE a quote is inside a field that does not begin with one;"
                + " put quotes around the field and double every quote inside it");
  }

  @Test
  void readsOrRefusesTheTortureCorpusLikeCommonsCsvWhateverTheSizes() throws IOException {
    for (Path csv : files(CORPORA.resolve("rvl-corpus/corpus"))) {
      for (CsvSource.Sizes sizes :
          List.of(CsvSource.Sizes.usual(), new CsvSource.Sizes(1, 1, 1 << 20))) {
        String fast = outcome(() -> copy(csv, sizes));
        String general = outcome(() -> Read.general(directory, Encoding.UTF_8, sizes));

        assertThat(fast).as(csv.getFileName() + " " + sizes).isEqualTo(general);
      }
    }
  }

  private interface Opening {
    SourceTable open() throws IOException;
  }

  private static String outcome(Opening opening) throws IOException {
    try {
      return Read.all(opening.open()).toString();
    } catch (ProblemException problem) {
      return String.valueOf(problem.getMessage());
    }
  }

  private SourceTable copy(Path csv, CsvSource.Sizes sizes) throws IOException {
    Files.write(directory.resolve("t.csv"), Files.readAllBytes(csv));
    return Read.fast(directory, Encoding.UTF_8, sizes);
  }

  private static List<List<String>> rows(JsonNode json, List<String> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode object : json) {
      rows.add(columns.stream().map(column -> object.get(column).asString()).toList());
    }
    return rows;
  }

  private static List<Path> files(Path folder) throws IOException {
    assumeTrue(Files.isDirectory(folder), "skipped: no corpus in " + folder.getFileName());
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> csv = all.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
      assertThat(csv).isNotEmpty();
      return csv;
    }
  }
}

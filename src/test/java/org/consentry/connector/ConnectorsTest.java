package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.config.CsvWords;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of formats, and what every sink asks of a batch. */
final class ConnectorsTest {

  @TempDir private Path folder;

  @Test
  void writesParquetCsvOrBoth() {
    assertThat(Connectors.SHIPPED.outputs()).containsExactly("parquet", "csv", "both");
    assertThat(Connectors.SHIPPED.output("both").orElseThrow())
        .extracting(Sink::format)
        .containsExactly("csv", "parquet");
    assertThat(Connectors.SHIPPED.output("BOTH")).isEmpty();
  }

  @Test
  void readsFilesAndDatabases() {
    assertThat(Connectors.SHIPPED.sources())
        .extracting(SourceFactory::name)
        .containsExactlyInAnyOrder("csv", "parquet", "jdbc", "fhir");
    assertThat(Connectors.SHIPPED.source("csv")).isPresent();
    assertThat(Connectors.SHIPPED.source("CSV")).isEmpty();
  }

  @Test
  void anAddedFormatChangesNoOther() {
    Connectors more = Connectors.SHIPPED.with(new LinesSink());

    assertThat(more.outputs()).startsWith("parquet", "csv", "both").hasSize(4);
    assertThat(Connectors.SHIPPED.outputs()).hasSize(3);
  }

  @Test
  void onlyFormatsThatSpreadsheetsOpenEscapeFormulas() {
    assertThat(Connectors.SHIPPED.output("csv").orElseThrow().get(0).escapingFormulas())
        .isPresent();
    assertThat(Connectors.SHIPPED.output("parquet").orElseThrow().get(0).escapingFormulas())
        .isEmpty();
  }

  @Test
  void aFileOfAnyNameIsReadAsCsv() throws IOException {
    Path file = Files.writeString(folder.resolve("lines.txt"), "a,b\n1,2\n3,4\n");

    SourceTable table = Connectors.csvFile(file, CsvWords.RFC_4180, "../lines.txt", 4, 1 << 10);

    assertThat(table.file()).isEqualTo("../lines.txt");
    assertThat(table.splits()).hasSize(2);
    assertThat(Read.all(table).rows()).containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void aFileThatIsGoneIsUnreadableUnderItsShownName() {
    assertThatThrownBy(
            () -> Connectors.csvFile(folder.resolve("x"), CsvWords.RFC_4180, "../x.csv", 4, 64))
        .hasMessageStartingWith("../x.csv: error UNREADABLE the file cannot be read");
  }

  private static Schema schema(FieldType... types) {
    List<Field> fields = new ArrayList<>();
    for (FieldType type : types) {
      fields.add(new Field("c" + fields.size(), type, ""));
    }
    return new Schema("t", fields);
  }

  private void check(Schema schema, RowBatch batch) {
    new BatchCheck(folder.resolve("part-00000.csv"), schema).check(batch);
  }

  private static RowBatch longs(long... values) {
    return new RowBatch(
        values.length, List.of(new LongColumn(values.length, values)), List.of(), row -> row);
  }

  @ParameterizedTest
  @CsvSource({
    "'decimal(2,1)', 99, true",
    "'decimal(2,1)', -99, true",
    "'decimal(2,1)', 100, false",
    "'decimal(2,1)', -100, false",
    "'decimal(18,0)', 999999999999999999, true",
    "'decimal(18,0)', 1000000000000000000, false",
    "date, 2147483647, true",
    "date, -2147483648, true",
    "date, 2147483648, false",
    "integer, 9223372036854775807, true",
    "timestamp, 9223372036854775807, true"
  })
  void valuesFitTheirType(String type, long value, boolean fits) {
    Schema schema = schema(FieldType.parse(type).orElseThrow());

    if (fits) {
      check(schema, longs(value, LongColumn.MISSING));
    } else {
      assertThatThrownBy(() -> check(schema, longs(0, value, LongColumn.MISSING, value)))
          .isInstanceOf(ProblemException.class)
          .hasMessage(
              "part-00000.csv: error VALUE_OUT_OF_RANGE expected values of column 'c0' to fit "
                  + type
                  + " but found 2 in one batch which do not; widen the type in the mapping or set"
                  + " what its operator does with an invalid value")
          .extracting(refused -> ((ProblemException) refused).category())
          .isEqualTo(Category.RUN_FAILED);
    }
  }

  @Test
  void everyColumnThatDoesNotFitIsNamed() {
    RowBatch batch =
        new RowBatch(
            1,
            List.of(new LongColumn(1, new long[] {10}), new LongColumn(1, new long[] {1L << 40})),
            List.of(),
            row -> row);

    assertThatThrownBy(() -> check(schema(FieldType.decimal(1, 0), FieldType.DATE), batch))
        .hasMessageContaining("column 'c0'")
        .hasMessageContaining("column 'c1'");
  }

  @Test
  void aBatchOfAnotherFormIsAFaultOfTheProgram() {
    assertThatThrownBy(() -> check(schema(FieldType.TEXT), longs(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column c0 of type text came in the wrong physical form");
    assertThatThrownBy(() -> check(schema(FieldType.DATE, FieldType.DATE), longs(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 2 columns but found 1");
    RowBatch text = MemoryTable.of("t", List.of("a"), List.of(List.of("x"))).batch();
    assertThatThrownBy(() -> check(schema(FieldType.INTEGER), text))
        .hasMessage("column c0 of type integer came in the wrong physical form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "File too large",
        "Input/output error",
        "Read-only file system",
        "Stale file handle"
      })
  void theWordsOfTheSystemAboutADiskAreRepeated(String words) {
    assertThat(WriteFailure.of(folder.resolve("p.csv"), new IOException(words)))
        .hasMessageContaining("cannot be written: " + words + "; make room");
  }

  @Test
  void aRightThatIsMissingIsNoMatterOfTime() {
    ProblemException refused =
        WriteFailure.of(folder.resolve("p.csv"), new AccessDeniedException("/secret/p.csv"));

    assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(refused)
        .hasMessage(
            "p.csv: error NOT_WRITABLE the part file cannot be created: permission denied; give"
                + " this account the right to write in the staging folder")
        .hasNoCause();
  }
}

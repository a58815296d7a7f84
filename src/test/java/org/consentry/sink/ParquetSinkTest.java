package org.consentry.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetSinkTest {

  private static final Sink PARQUET = Sinks.of("parquet").orElseThrow();

  private final Path folder;

  ParquetSinkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackAsItWasWritten(long seed) throws Exception {
    Table table = RandomTable.make(new SplittableRandom(seed), 30_000);
    Path file = folder.resolve("part.parquet");

    Table.write(PARQUET, file, table.schema(), table.batches(new SplittableRandom(seed), 9_000));

    assertThat(DuckDb.parquet(file, table.schema())).as("seed %d", seed).isEqualTo(table.columns());
    assertThat(ParquetHadoop.columns(file)).as("seed %d", seed).isEqualTo(table.columns());
  }

  @Test
  void givesRealTypes() throws Exception {
    Table table =
        Table.of(
            List.of(
                new Field("t", FieldType.TEXT, ""),
                new Field("c", FieldType.CODE, ""),
                new Field("i", FieldType.INTEGER, ""),
                new Field("d", FieldType.DATE, ""),
                new Field("ts", FieldType.TIMESTAMP, ""),
                new Field("small", FieldType.decimal(9, 2), ""),
                new Field("large", FieldType.decimal(18, 4), "")),
            List.of(
                Table.column("x"),
                Table.column("y"),
                Table.column(1L),
                Table.column(2L),
                Table.column(3L),
                Table.column(4L),
                Table.column(5L)));
    Path file = folder.resolve("part.parquet");

    Table.write(PARQUET, file, table.schema(), table.batches());

    assertThat(
            DuckDb.query(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
        .containsExactly(
            "t|VARCHAR",
            "c|VARCHAR",
            "i|BIGINT",
            "d|DATE",
            "ts|TIMESTAMP",
            "small|DECIMAL(9,2)",
            "large|DECIMAL(18,4)");
  }
}

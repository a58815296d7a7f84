package org.consentry.connector.parquet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.consentry.connector.ParquetFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All pages that a reader has open share a limit. */
final class PageMemoryTest {

  private static final String OVER =
      "has pages that need more than 1 MiB of memory at a time, a quarter of what Java may use";

  @TempDir private Path folder;

  @Test
  void whatIsFreeCanBeTakenAgain() {
    PageMemory memory = new PageMemory(1 << 20);

    memory.take(1 << 20);
    memory.free(1 << 19);
    memory.take(1 << 19);

    assertThatThrownBy(() -> memory.take(1)).isInstanceOf(Damage.class).hasMessage(OVER);
  }

  @Test
  void isAQuarterOfWhatJavaMayUse() {
    long quarter = Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    PageMemory.ofProcess().take(quarter);
    assertThatThrownBy(() -> PageMemory.ofProcess().take(quarter + 1))
        .isInstanceOf(Damage.class)
        .hasMessageContaining("more than " + (quarter >> 20) + " MiB");
  }

  @Test
  void pagesOfSeveralColumnsCountTogether() throws SQLException {
    String page = "repeat('x', 600000)";
    Path path =
        new ParquetFolder(folder)
            .duck("t.parquet", "SELECT " + page + " AS a, " + page + " AS b", ", COMPRESSION zstd");
    ParquetFile file = ParquetFile.open(path, "t.parquet");
    PageMemory memory = new PageMemory(1 << 20);

    try (FileBytes bytes = new FileBytes(file.path(), file.size(), file.problems())) {
      List<ColumnReader> columns =
          file.footer().columns().stream()
              .map(
                  column ->
                      new ColumnReader(
                          column,
                          file.footer().rowGroups().get(0).chunks().get(column.leaf()),
                          bytes,
                          memory))
              .toList();

      assertThat(columns.get(0).ready(1)).isEqualTo(1);
      assertThatThrownBy(() -> columns.get(1).ready(1)).isInstanceOf(Damage.class).hasMessage(OVER);
    }
  }
}

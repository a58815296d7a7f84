package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.SortedTables;
import org.consentry.export.sort.TableSort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal released keys are found, and different ones are not taken for equal. */
final class KeySpillTest {

  @TempDir private Path folder;

  /** How many rows repeat the key of another, given a text and a number for each row. */
  private long repeated(List<Integer> columns, List<String> texts, long... numbers) {
    StringBuilder all = new StringBuilder();
    int[] starts = new int[texts.size()];
    int[] ends = new int[texts.size()];
    for (int row = 0; row < texts.size(); row++) {
      starts[row] = texts.get(row).equals("-") ? BytesColumn.MISSING : all.length();
      all.append(texts.get(row));
      ends[row] = all.length();
    }
    RowBatch batch =
        new RowBatch(
            texts.size(),
            List.of(
                new BytesColumn(
                    texts.size(), all.toString().getBytes(StandardCharsets.US_ASCII), starts, ends),
                new LongColumn(texts.size(), numbers)),
            List.of(),
            row -> row);
    TableSort sort = SortedTables.sort(KeySpill.schema("visits"), folder, SortSizes.USUAL);
    try (KeySpill spill = new KeySpill(columns, sort.spill(0))) {
      spill.write(batch);
      return sort.sorted(List.of(spill.finish())).repeated(compared -> {});
    }
  }

  @Test
  void findsRowsThatRepeatAKeyOfOneColumn() {
    assertThat(repeated(List.of(0), List.of("a", "b", "a", "c", "a"), 1, 2, 3, 4, 5)).isEqualTo(2);
  }

  @Test
  void comparesAllColumnsOfAKey() {
    assertThat(repeated(List.of(0, 1), List.of("a", "a", "a", "b"), 1, 2, 1, 1)).isEqualTo(1);
  }

  @Test
  void takesAMissingCellForNoText() {
    assertThat(repeated(List.of(0, 1), List.of("-", "", "-"), 1, 1, 1)).isEqualTo(1);
  }

  @Test
  void takesAMissingNumberForAKeyOfItsOwn() {
    assertThat(
            repeated(List.of(1), List.of("a", "b", "c"), LongColumn.MISSING, 0, LongColumn.MISSING))
        .isEqualTo(1);
  }
}

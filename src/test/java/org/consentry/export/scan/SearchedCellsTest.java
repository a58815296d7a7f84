package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.consentry.export.scan.SearchedCells.Content;
import org.junit.jupiter.api.Test;

/** The memory of cells that were searched. */
final class SearchedCellsTest {

  private static final long SEED = 20261130;

  private static CellHits day(long day) {
    return new CellHits(new long[0], new long[0], new long[] {day}, Set.of());
  }

  @Test
  void answersForACellWhatWasAddedForItOrNothing() {
    Random random = new Random(SEED);
    SearchedCells cells = new SearchedCells();
    Map<Long, Long> added = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      long key = random.nextLong();
      cells.add(key, day(i), SplitCells.digits(i % 21));
      added.put(key, (long) i);
    }

    int remembered = 0;
    for (Map.Entry<Long, Long> cell : added.entrySet()) {
      int slot = cells.slot(cell.getKey());
      if (slot != SearchedCells.NONE) {
        long number = cell.getValue();
        assertThat(cells.hits(slot).days()).as("seed %d", SEED).containsExactly(number);
        assertThat(cells.content(slot)).isEqualTo(Content.DAYS);
        assertThat(cells.kind(slot)).isEqualTo(SplitCells.digits((int) (number % 21)));
        remembered++;
      }
    }
    assertThat(remembered).isGreaterThan(25_000);
    assertThat(cells.slot(random.nextLong())).isEqualTo(SearchedCells.NONE);
  }

  @Test
  void remembersAsManyCellsAsAColumnOfDaysHas() {
    Random random = new Random(SEED);
    SearchedCells cells = new SearchedCells();
    long[] keys = random.longs(4_000).toArray();
    for (long key : keys) {
      cells.add(key, CellHits.NONE, SplitCells.OTHER);
    }

    assertThat(Arrays.stream(keys).filter(key -> cells.slot(key) != SearchedCells.NONE).count())
        .as("seed %d", SEED)
        .isGreaterThan(3_960);
  }
}

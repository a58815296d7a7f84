package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.consentry.risk.LevelSearch.Refined;
import org.consentry.risk.LevelSearch.Requirement;
import org.junit.jupiter.api.Test;

/** A search reports how far it is. */
final class LevelSearchTest {

  @Test
  void reportsEveryCombinationThatItLooksAt() {
    Hierarchy hierarchy = new Hierarchy(new int[][] {{0, 1, 2, 3}, {0, 0, 1, 1}, {0, 0, 0, 0}});
    IdentityTable table =
        new IdentityTable(new int[][] {{0, 1, 2, 3}, {0, 1, 2, 3}}, List.of(hierarchy, hierarchy));
    LevelSearch search =
        new LevelSearch(table, 2, 0, InformationLoss.ENTROPY, Requirement.NONE, Refined.FAIL);
    List<Long> looked = new ArrayList<>();

    search.best(1, looked::add);

    assertThat(LevelSearch.combinations(table)).isEqualTo(9);
    assertThat(search.considered()).isEqualTo(8); // The finest is below none that passes.
    assertThat(looked).containsExactlyElementsOf(LongStream.rangeClosed(1, 8).boxed().toList());
  }
}

package org.consentry.followup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.consentry.followup.RecallLine.Action;
import org.junit.jupiter.api.Test;

final class RecallLineTest {

  @Test
  void linesAreOrderedByWhatTheyContainAlone() {
    List<RecallLine> sorted =
        List.of(
            RecallLine.everything("A"),
            new RecallLine("A", "visits", "", Action.REMOVE, "", ""),
            new RecallLine("A", "visits", "", Action.KEEP_ONLY, "", ""),
            new RecallLine("A", "visits", "", Action.KEEP_ONLY, "2020", ""),
            new RecallLine("A", "visits", "note", Action.REMOVE, "", ""),
            RecallLine.everything("B"));

    Random random = new Random(20_261_203);
    for (int run = 0; run < 50; run++) {
      List<RecallLine> lines = new ArrayList<>(sorted);
      Collections.shuffle(lines, random);
      assertThat(lines.stream().sorted(RecallLine.ORDER)).isEqualTo(sorted);
    }
  }
}

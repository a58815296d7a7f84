package org.consentry.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.consentry.recall.Line.Action;
import org.junit.jupiter.api.Test;

final class LineTest {

  @Test
  void linesAreOrderedByWhatTheyContainAlone() {
    List<Line> sorted =
        List.of(
            Line.everything("A"),
            new Line("A", "visits", "", Action.REMOVE, "", ""),
            new Line("A", "visits", "", Action.KEEP_ONLY, "", ""),
            new Line("A", "visits", "", Action.KEEP_ONLY, "2020", ""),
            new Line("A", "visits", "note", Action.REMOVE, "", ""),
            Line.everything("B"));

    Random random = new Random(20_261_203);
    for (int run = 0; run < 50; run++) {
      List<Line> lines = new ArrayList<>(sorted);
      Collections.shuffle(lines, random);
      assertThat(lines.stream().sorted(Line.ORDER)).isEqualTo(sorted);
    }
  }
}

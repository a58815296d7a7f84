package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.consentry.release.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowDiagramTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 9, 14, 30})
  void fitsOnePageHoweverManyTables(int tables) {
    FlowDiagram diagram = FlowDiagram.of(flow(tables, "2026-03-01"));

    assertThat(diagram.shownWidth()).isLessThanOrEqualTo(FlowDiagram.PAGE_WIDTH);
    assertThat(diagram.shownHeight()).isLessThanOrEqualTo(FlowDiagram.PAGE_HEIGHT);
    assertThat(diagram.boxes()).hasSize(3 + 3 * tables);
    for (FlowDiagram.Box box : diagram.boxes()) {
      assertThat(box.x() + box.width()).isLessThan(diagram.width());
      assertThat(box.y() + box.height()).isLessThan(diagram.height());
    }
  }

  @Test
  void noBoxLiesOverAnother() {
    List<FlowDiagram.Box> boxes = FlowDiagram.of(flow(9, "2026-03-01")).boxes();

    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(overlap(boxes.get(i), boxes.get(j))).as("boxes %d and %d", i, j).isFalse();
      }
    }
  }

  private static boolean overlap(FlowDiagram.Box one, FlowDiagram.Box other) {
    return one.x() < other.x() + other.width()
        && other.x() < one.x() + one.width()
        && one.y() < other.y() + other.height()
        && other.y() < one.y() + one.height();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "visits",
        "a_table_with_a_name_that_is_longer_than_any_box_of_the_picture_is_wide",
        "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
        "\u60a3\u8005\u306e\u8a3a\u7642\u8a18\u9332\u306e\u8868\u306e\u9577\u3044\u540d\u524d\u3067\u3042\u308b\u3082\u306e\u3068\u8a18\u9332"
      })
  void everyTextHasRoomInItsBox(String table) {
    FlowDiagram diagram = FlowDiagram.of(part("rows", table, "5130", "2026-03-01"));

    for (FlowDiagram.Text text : diagram.texts()) {
      double end = text.x() + FlowDiagram.LETTER_SIZE * WrappedText.needed(text.content());
      assertThat(diagram.boxes())
          .filteredOn(box -> inside(text, box))
          .as(text.content())
          .allMatch(box -> end <= box.x() + box.width());
    }
    assertThat(
            String.join("", diagram.texts().stream().map(FlowDiagram.Text::content).toList())
                .replace("\u2003", ""))
        .contains("Rows of" + (table.length() > 12 ? "" : " ") + table);
  }

  private static boolean inside(FlowDiagram.Text text, FlowDiagram.Box box) {
    return text.x() >= box.x()
        && text.x() < box.x() + box.width()
        && text.y() >= box.y()
        && text.y() <= box.y() + box.height();
  }

  @Test
  void aRepeatedFigureHasItsDay() {
    List<String> texts =
        FlowDiagram.of(flow(1, "2026-03-01")).texts().stream()
            .map(FlowDiagram.Text::content)
            .toList();

    assertThat(texts)
        .startsWith("Persons read (n = about 1,000)")
        .containsSubsequence(
            "\u2022 not permitted (n = about 450)",
            "\u2003counted on 2026-03-01",
            "\u2022 not usable (n < 11)",
            "Released (n = 313)",
            "Counted on 2026-11-28 unless another day is given.");
  }

  private static List<Flow> flow(int tables, String earlier) {
    List<Flow> flow = new ArrayList<>(part("subjects", "", "1000", earlier));
    for (int table = 0; table < tables; table++) {
      flow.addAll(part("rows", "preoperative_assessments_" + table, "5130", earlier));
    }
    return flow;
  }

  private static List<Flow> part(String level, String table, String read, String earlier) {
    String day = "2026-11-28";
    return List.of(
        new Flow(level, table, "read", "", read, day, ""),
        new Flow(level, table, "excluded", "", "690", day, ""),
        new Flow(level, table, "excluded", "NOT_PERMITTED", "450", earlier, "because"),
        new Flow(level, table, "excluded", "NOT_IN_COHORT", "230", day, "because"),
        new Flow(level, table, "excluded", "NOT_USABLE", "<11", day, "because"),
        new Flow(level, table, "released", "", "313", "", ""));
  }
}

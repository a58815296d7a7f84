package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.consentry.release.Flow;
import org.junit.jupiter.api.Test;

/** Counts of people and rows side by side, whatever is counted of them. */
class FlowTableTest {

  @Test
  void hasALineForEachReasonThatAnyTableHas() {
    List<FlowTable> tables =
        FlowTable.of(
            List.of(
                flow("", "read", "", "9"),
                flow("", "excluded", "", "2"),
                flow("", "excluded", "DENIED", "2"),
                flow("", "released", "", "7"),
                flow("visits", "read", "", "30"),
                flow("visits", "excluded", "RECORD_DATE", "4"),
                flow("visits", "rejected", "", "1"),
                flow("visits", "released", "", "25")));

    assertThat(tables).hasSize(1);
    assertThat(tables.get(0).columns()).containsExactly("Persons", "Rows of visits");
    assertThat(tables.get(0).lines().stream().map(FlowTableTest::text))
        .containsExactly(
            "Read 9 30",
            "Excluded 2 -",
            "Denied 2 -",
            "Record date - 4",
            "Rejected - 1",
            "Released 7 25");
  }

  @Test
  void manyTablesAreSeveralTablesThatFitASheet() {
    List<Flow> flow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      flow.add(flow("t" + i, "read", "", Integer.toString(i)));
    }

    List<FlowTable> tables = FlowTable.of(flow);

    assertThat(tables.stream().map(table -> table.columns().size())).containsExactly(6, 6, 6, 2);
    assertThat(text(tables.get(3).lines().get(0))).isEqualTo("Read 18 19");
  }

  private static Flow flow(String table, String step, String reason, String count) {
    return new Flow(table.isEmpty() ? "subjects" : "rows", table, step, reason, count, "", "");
  }

  private static String text(FlowTable.Line line) {
    StringBuilder text = new StringBuilder(line.label());
    line.cells()
        .forEach(cell -> text.append(' ').append(cell.count().isEmpty() ? "-" : cell.count()));
    return text.toString();
  }
}

package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.consentry.data.SubjectKeys;
import org.consentry.plan.DecidePlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.api.Test;

final class OneRowPerSubjectTest {

  private final SubjectKeys keys = new SubjectKeys();

  OneRowPerSubjectTest() {
    for (String id : List.of("P1", "P2", "P3")) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      keys.add(bytes, 0, bytes.length);
    }
  }

  private void check(MemoryTable table) {
    OneRowPerSubject.check(new DecidePlan.Timeless(table, 1), keys, table.splits());
  }

  private static MemoryTable table(String... ids) {
    List<List<String>> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(List.of("x", id));
    }
    return MemoryTable.of("contacts", List.of("a", "id"), rows);
  }

  @Test
  void allowsOneRowOfEachAndManyOfUnknownSubjects() {
    assertThatCode(() -> check(table("P1", "P3", "", "", "P9", "P9"))).doesNotThrowAnyException();
  }

  @Test
  void refusesASecondRowInAnotherSplitUnderAnotherSpellingAndNamesLinesAlone() {
    MemoryTable table = table("P1", "P2", " p1 ", "P3", "P2", "P1").cut(2, 1);

    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> check(table));

    assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "contacts.csv: error TIMELESS_ROWS 3 rows are of a subject that has an earlier row, but"
                + " the mapping declares the table timeless, with one row a person; name the"
                + " table's recordDate instead of timeless, or repair the table",
            "contacts.csv:4: error TIMELESS_ROW an earlier row is of the same subject",
            "contacts.csv:6: error TIMELESS_ROW an earlier row is of the same subject",
            "contacts.csv:7: error TIMELESS_ROW an earlier row is of the same subject");
  }
}

package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.ClinicDates;
import org.consentry.data.OnInvalid;
import org.consentry.data.RecordCategory;
import org.consentry.plan.TableExtract;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.Outputs;
import org.consentry.testing.PlainOperator;
import org.junit.jupiter.api.Test;

/** Keys that meet when they are folded. */
final class FoldedKeysTest {

  private static final Set<String> FOLDED = Set.of("visits");

  private static void check(Set<String> folded, String... keys) {
    MemoryTable source =
        MemoryTable.of(
            "visits", List.of("visit"), Arrays.stream(keys).map(key -> List.of(key)).toList());
    TableExtract table =
        new TableExtract(
            source.cut(2, 1),
            1,
            List.of(0),
            0,
            new Dating.Undated(),
            RecordCategory.VISIT,
            List.of(),
            Optional.of(0),
            List.of(Outputs.of("visit", 0, "visit", PlainOperator.DIGIT, OnInvalid.STOP, Set.of())),
            false,
            ClinicDates.NO_ZONE,
            TableExtract.RowChecks.NONE);
    FoldedKeys.check(List.of(table), folded, split -> split.splits());
  }

  @Test
  void refusesTwoKeysThatMeetAndNamesTheLinesOfTheLater() {
    assertThatThrownBy(() -> check(FOLDED, "eAb1", "X", "EAB1", "x", "EAB1"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "visits.csv:4: error RECORD_KEYS_MEET the key meets an earlier one that is written"
                + " differently; repair the key, or remove compareKeys: folded from the mapping\n"
                + "visits.csv:5: error RECORD_KEYS_MEET the key meets an earlier one that is"
                + " written differently; repair the key, or remove compareKeys: folded from the"
                + " mapping\n"
                + "visits.csv: error RECORD_KEYS_MEET 2 keys of table 'visits' meet an earlier one"
                + " when folded; repair the keys, or remove compareKeys: folded from the mapping");
  }

  @Test
  void acceptsOneKeyWrittenTwiceAlikeAndKeysThatAreNotFolded() {
    assertThatCode(() -> check(FOLDED, "eAb1", "eAb1 ", "", "")).doesNotThrowAnyException();
    assertThatCode(() -> check(Set.of(), "eAb1", "EAB1")).doesNotThrowAnyException();
  }
}

package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.consentry.data.SmallCounts;
import org.junit.jupiter.api.Test;

/** The range that a receipt states of a number of people, wherever it begins. */
final class ReceiptBookTest {

  private static final Pattern RANGE = Pattern.compile("from (\\d+) to (\\d+)");
  private static final int MOST = 300;
  private static final int OFFSETS = 10;

  @Test
  void everyRangeHasTheNumber() {
    for (int people = 0; people <= MOST; people++) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        String stated = ReceiptBook.range(people, offset);
        Matcher range = RANGE.matcher(stated);
        if (range.matches()) {
          assertThat(people)
              .isBetween(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        } else {
          assertThat(stated).isEqualTo(ReceiptBook.FEW);
          assertThat(people).isLessThan(20);
        }
      }
    }
  }

  @Test
  void fewPeopleAreNeverDistinguishedFromNone() {
    for (int people = 0; people < SmallCounts.FEWEST; people++) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        assertThat(ReceiptBook.range(people, offset)).isEqualTo(ReceiptBook.FEW);
      }
    }
  }

  /** Who knows the number but for one person sees a difference for one offset in ten. */
  @Test
  void onePersonMoreChangesTheStatementForOneOffsetInTen() {
    for (int people = SmallCounts.FEWEST - 1; people < MOST; people++) {
      int known = people;
      long changed =
          IntStream.range(0, OFFSETS)
              .filter(
                  offset ->
                      !ReceiptBook.range(known, offset)
                          .equals(ReceiptBook.range(known + 1, offset)))
              .count();

      assertThat(changed).as("from " + people + " people").isEqualTo(1);
    }
  }
}

package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.consentry.data.SmallCounts;
import org.junit.jupiter.api.Test;

/** The range that a receipt states of a number of people, wherever it begins. */
final class ReceiptBookTest {

  private static final Pattern RANGE = Pattern.compile("from (\\d+) to (\\d+)");
  private static final int MOST = 150;
  private static final int OFFSETS = 10;

  @Test
  void everyRangeHasTheNumberAndNoMoreThanWereAskedFor() {
    for (int asked = 0; asked <= MOST; asked++) {
      for (int people = 0; people <= asked; people++) {
        for (int offset = 0; offset < OFFSETS; offset++) {
          String stated = ReceiptBook.range(people, asked, offset);
          Matcher range = RANGE.matcher(stated);
          if (range.matches()) {
            assertThat(people)
                .isBetween(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
            assertThat(Integer.parseInt(range.group(2))).isLessThanOrEqualTo(asked);
          } else {
            assertThat(stated).isEqualTo(ReceiptBook.FEW);
            assertThat(people).isLessThan(20);
          }
        }
      }
    }
  }

  @Test
  void fewPeopleAreNeverDistinguishedFromNone() {
    for (int people = 0; people < SmallCounts.FEWEST; people++) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        assertThat(ReceiptBook.range(people, MOST, offset)).isEqualTo(ReceiptBook.FEW);
      }
    }
  }

  /** Neither that everyone is contacted can be read from a statement, nor any other number. */
  @Test
  void everyStatementIsPossibleForTenNumbersOfPeople() {
    for (int asked = 20; asked <= MOST; asked++) {
      Map<String, Set<Integer>> possible = new TreeMap<>();
      for (int people = 0; people <= asked; people++) {
        for (int offset = 0; offset < OFFSETS; offset++) {
          possible
              .computeIfAbsent(ReceiptBook.range(people, asked, offset), stated -> new TreeSet<>())
              .add(people);
        }
      }

      assertThat(possible.values())
          .as(asked + " asked for")
          .allSatisfy(numbers -> assertThat(numbers).hasSizeGreaterThanOrEqualTo(10));
    }
  }

  /** Who knows the number but for one person sees a difference for one offset in ten at most. */
  @Test
  void onePersonMoreChangesTheStatementForOneOffsetInTen() {
    for (int people = 0; people < MOST; people++) {
      int known = people;
      long changed =
          IntStream.range(0, OFFSETS)
              .filter(
                  offset ->
                      !ReceiptBook.range(known, MOST, offset)
                          .equals(ReceiptBook.range(known + 1, MOST, offset)))
              .count();

      assertThat(changed).as("from " + people + " people").isLessThanOrEqualTo(1);
    }
  }
}

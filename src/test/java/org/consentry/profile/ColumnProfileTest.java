package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.data.BytesColumn;
import org.consentry.profile.ColumnSummary.Hits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile learns what a column contains, however its values are cut into parts. */
final class ColumnProfileTest {

  private static ColumnSummary of(List<String> cells) {
    return profile(cells).summary();
  }

  private static ColumnSummary of(int rows, IntFunction<String> cell) {
    return of(IntStream.range(0, rows).mapToObj(cell).toList());
  }

  private static ColumnProfile profile(List<String> cells) {
    ColumnProfile profile = new ColumnProfile(Detectors.usual());
    cells.forEach(profile::add);
    return profile;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;-20;300 | integer",
        "02134;02139 | code",
        "1.5;2;-3e4 | decimal",
        "2020-01-31;1987-12-01 | date yyyy-MM-dd",
        "20200131;19871201 | date yyyyMMdd",
        "01/31/2020;2/3/87 | date MM/dd/yyyy",
        "31/01/2020;2/3/2020 | date dd/MM/yyyy",
        "31.01.2020;2.3.87 | date dd.MM.yyyy",
        "01-31-2020 | date MM-dd-yyyy",
        "31-01-2020 | date dd-MM-yyyy",
        "2020/1/31 | date yyyy/MM/dd",
        "31-JAN-2020;1 Feb 2020;3. März 1987 | date dd-MMM-yyyy",
        "Jan 31, 2020;February 1 1987 | date MMM dd, yyyy",
        "2020-01-31T10:15:00Z;2020-01-31 10:15 | timestamp yyyy-MM-dd HH:mm",
        "1/31/2020 10:15 AM | timestamp MM/dd/yyyy HH:mm",
        "10:15;23:59:59;7:05 pm | time",
        "yes;no | yes/no",
        "0;1;1 | yes/no",
        "2020-02-30;2020-13-01 | code",
        "H02.401;E11 | code",
        "upper eyelid surgery, left | code",
        "one two three four five | text",
        "'' | none"
      })
  void findsTheTypeThatValuesHave(String values, String type) {
    assertThat(of(List.of(values.split(";", -1))).written().words()).isEqualTo(type);
  }

  @Test
  void aLineBreakAndALongValueAreText() {
    assertThat(of(List.of("a\nb")).written().type()).isEqualTo(ColumnType.TEXT);
    assertThat(of(List.of("a".repeat(65))).written().type()).isEqualTo(ColumnType.TEXT);
    assertThat(of(List.of("a".repeat(64))).written().type()).isEqualTo(ColumnType.CODE);
  }

  @Test
  void aTypeFitsNineteenOfTwentyValues() {
    ColumnSummary few = of(100, row -> row < 95 ? "12" : "twelve");
    ColumnSummary many = of(100, row -> row < 94 ? "12" : "twelve");

    assertThat(few.written().type()).isEqualTo(ColumnType.INTEGER);
    assertThat(few.written().fitting()).isEqualTo(95);
    assertThat(many.written().type()).isEqualTo(ColumnType.CODE);
  }

  @Test
  void dayBeforeMonthIsSeenFromOneValueThatHasNoOtherReading() {
    assertThat(of(List.of("01/02/2020", "03/04/2020", "25/12/2020")).written().words())
        .isEqualTo("date dd/MM/yyyy");
    assertThat(of(List.of("01/02/2020", "03/04/2020")).written().words())
        .isEqualTo("date MM/dd/yyyy");
  }

  @Test
  void countsEmptyBlankAndWordsForNothingApart() {
    ColumnSummary column =
        of(List.of("", "", " ", "\u00a0\u200b", "NULL", "n/a", "NA", "-", "a", " a "));

    assertThat(column.rows()).isEqualTo(10);
    assertThat(column.missing()).isEqualTo(new ColumnSummary.Missing(2, 2, 4));
    assertThat(column.values()).isEqualTo(2);
    assertThat(column.distinct()).isEqualTo(new ColumnSummary.Distinct(1, true));
    assertThat(column.lengths()).isEqualTo(new ColumnSummary.Lengths(1, 1));
  }

  @Test
  void theColumnsOfAWideTableCountFewerValuesExactly() {
    ColumnProfile few = new ColumnProfile(Detectors.usual(), 512);
    ColumnProfile many = new ColumnProfile(Detectors.usual(), 5_000);
    for (int i = 0; i < 2_000; i++) {
      few.add("v" + i);
      many.add("v" + i);
    }

    assertThat(few.summary().distinct()).isEqualTo(new ColumnSummary.Distinct(2_000, true));
    assertThat(many.summary().distinct().isExact()).isFalse();
    assertThat(many.summary().distinct().count()).isBetween(1_900L, 2_100L);
    assertThat(many.summary().kinds()).isEqualTo(few.summary().kinds());
    assertThat(many.summary().written()).isEqualTo(few.summary().written());
  }

  @Test
  void countsCharactersAndNotBytes() {
    assertThat(of(List.of("Müller", "王", "x😀")).lengths())
        .isEqualTo(new ColumnSummary.Lengths(1, 6));
  }

  @Test
  void countsValuesOfEveryKind() {
    ColumnSummary column =
        of(List.of("call 602-555-0143 now", "a@example.org", "b@example.org", "left"));

    assertThat(column.hits(ContentKind.PHONE).certain()).isEqualTo(1);
    assertThat(column.hits(ContentKind.EMAIL)).isEqualTo(new Hits(2, 2, 2));
  }

  @Test
  void looksLikeBirthDatesWhenDaysAreSpreadOverDecades() {
    SplittableRandom random = new SplittableRandom(7);
    IntFunction<String> birth =
        row -> LocalDate.of(1930, 1, 1).plusDays(random.nextInt(29_000)).toString();
    IntFunction<String> visit =
        row -> LocalDate.of(2016, 1, 1).plusDays(random.nextInt(3_600)).toString();

    assertThat(of(500, birth).looksLike()).containsExactly(ContentKind.BIRTH_DATE);
    assertThat(of(500, visit).looksLike()).isEmpty();
    assertThat(of(500, row -> birth.apply(row) + " 10:15").looksLike()).isEmpty();
  }

  @Test
  void looksLikeRecordNumbersWhenValuesOfOneFormHardlyRepeat() {
    assertThat(of(500, row -> "MRN" + (100_000 + row)).looksLike())
        .containsExactly(ContentKind.RECORD_NUMBER);
    assertThat(of(500, row -> String.valueOf(70_000_000 + row / 2)).looksLike())
        .containsExactly(ContentKind.RECORD_NUMBER);
    assertThat(of(500, row -> "MRN" + (100_000 + row % 50)).looksLike()).isEmpty();
    assertThat(of(500, row -> "15823").looksLike()).isEmpty();
    assertThat(of(500, row -> "2020-01-" + (10 + row % 20)).looksLike()).isEmpty();
  }

  @Test
  void knowsWhetherValuesRepeat() {
    assertThat(of(100, row -> "k" + row).repeats()).isFalse();
    assertThat(of(100, row -> "k" + row / 2).repeats()).isTrue();
    assertThat(of(30_000, row -> "k" + row).repeats()).isFalse();
    assertThat(of(30_000, row -> "k" + row / 2).repeats()).isTrue();
  }

  @Test
  void aLongValueIsLookedAtToItsLimitAndCountedInWhole() {
    String text = "é ".repeat(ColumnProfile.LOOKED_AT) + "call 602-555-0143";

    ColumnSummary column = of(List.of(text));

    assertThat(column.lengths().longest()).isEqualTo(2 * ColumnProfile.LOOKED_AT + 17);
    assertThat(column.hits(ContentKind.FREE_TEXT).certain()).isEqualTo(1);
    assertThat(column.hits(ContentKind.PHONE).certain()).isZero();
  }

  @Test
  void takesColumnsOfBytesAsItTakesValues() {
    byte[] buffer = "xab12y".getBytes(StandardCharsets.UTF_8);
    ColumnProfile profile = new ColumnProfile(Detectors.usual());

    profile.add(
        new BytesColumn(3, buffer, new int[] {1, BytesColumn.MISSING, 3}, new int[] {3, 0, 5}));

    assertThat(profile.summary()).isEqualTo(of(List.of("ab", "", "12")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void equalsThePlainReferenceWhateverTheParts(long seed) {
    List<String> cells = cells(new SplittableRandom(seed));

    ColumnSummary whole = of(cells);
    PlainProfile plain = new PlainProfile(cells);

    assertThat(whole.values()).as("seed " + seed).isEqualTo(plain.values());
    assertThat(whole.missing().empty()).isEqualTo(plain.empty());
    assertThat(whole.missing().blank()).isEqualTo(plain.blank());
    assertThat(whole.distinct().count()).isEqualTo(plain.distinct());
    assertThat(whole.lengths())
        .isEqualTo(new ColumnSummary.Lengths(plain.shortest(), plain.longest()));
    assertThat(whole.written().type()).isEqualTo(plain.type());
    assertThat(
            whole.kinds().entrySet().stream()
                .filter(kind -> kind.getValue().certain() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, kind -> kind.getValue().certain())))
        .isEqualTo(plain.certain());
    assertThat(ofShuffled(cells, seed)).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void manyValuesAndShapesHaveTheSameSummaryInAnyOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> cells =
        IntStream.range(0, 25_000)
            .mapToObj(row -> "v-" + random.nextLong(1L << random.nextInt(1, 62)))
            .toList();

    assertThat(ofShuffled(cells, seed)).as("seed " + seed).isEqualTo(of(cells));
  }

  private static ColumnSummary ofShuffled(List<String> cells, long seed) {
    List<String> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, new Random(seed));
    return of(shuffled);
  }

  /** Cells of a few kinds, one of which most of them have. */
  private static List<String> cells(SplittableRandom random) {
    int usual = random.nextInt(7);
    int strange = random.nextInt(20);
    return IntStream.range(0, random.nextInt(1, 600))
        .mapToObj(row -> cell(random, random.nextInt(100) < strange ? random.nextInt(7) : usual))
        .toList();
  }

  private static String cell(SplittableRandom random, int kind) {
    return switch (kind) {
      case 0 -> String.valueOf(random.nextInt(-50, 5_000));
      case 1 -> LocalDate.ofEpochDay(random.nextInt(-9_000, 20_000)).toString();
      case 2 -> random.nextBoolean() ? "yes" : "no";
      case 3 -> List.of("", " ", "NULL", "n/a").get(random.nextInt(4));
      case 4 -> "user" + random.nextInt(40) + "@example.org";
      case 5 -> "seen again after " + random.nextInt(9) + " weeks, no pain";
      default -> "C" + random.nextInt(30) + "." + random.nextInt(9);
    };
  }
}

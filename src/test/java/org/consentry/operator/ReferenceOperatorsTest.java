package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.consentry.data.Blanks;
import org.consentry.data.FieldType;
import org.junit.jupiter.api.Test;

/** Byte-wise operators agree with plain slow ones on generated input, clean and broken. */
final class ReferenceOperatorsTest {

  private static final long SEED = 4_711L;
  private static final int ROWS = 20_000;
  private static final LocalDate BIRTH = LocalDate.of(1931, 2, 28);

  /** FACTS: the prefixes of 2020 with 20,000 people or fewer, and those without a count. */
  private static final Set<String> RESTRICTED =
      Set.of(
          "036", "059", "102", "202", "203", "204", "205", "369", "556", "692", "753", "772", "821",
          "823", "878", "879", "884", "893");

  @Test
  void wholeNumbers() {
    agree(
        OperatorFixtures.keep(FieldType.INTEGER),
        text -> number(text, 18, 0).map(BigDecimal::toPlainString));
  }

  @Test
  void decimals() {
    agree(
        OperatorFixtures.keep(FieldType.decimal(9, 2)),
        text -> number(text, 9, 2).map(n -> n.unscaledValue().toString()));
  }

  @Test
  void rounding() {
    agree(
        OperatorFixtures.generalize(Generalize.To.ROUNDING, FieldType.INTEGER),
        text ->
            rounded(text)
                .map(
                    n ->
                        n.divide(BigDecimal.valueOf(5), 0, RoundingMode.HALF_UP)
                            .multiply(BigDecimal.valueOf(5))
                            .toBigInteger()
                            .toString()));
  }

  @Test
  void roundingOfNumbersAsProgramsWriteThem() {
    Transformer transformer =
        OperatorFixtures.generalize(Generalize.To.ROUNDING, FieldType.decimal(14, 1));
    Random random = new Random(SEED);
    List<Optional<String>> values =
        IntStream.range(0, ROWS)
            .mapToObj(
                i ->
                    Optional.of(
                        Double.toString(
                            random.nextInt(1_000_000) * 0.01 * Math.pow(10, random.nextInt(14) - 9)
                                + random.nextInt(3) * 2.5)))
            .toList();

    List<Batch.Cell> cells = batch(values).transform(transformer);

    for (int row = 0; row < ROWS; row++) {
      BigDecimal number = rounded(values.get(row).orElseThrow()).orElseThrow();
      assertThat(cells.get(row).value())
          .as("seed %d row %d", SEED, row)
          .contains(
              number
                  .divide(BigDecimal.valueOf(5), 0, RoundingMode.HALF_UP)
                  .multiply(BigDecimal.valueOf(50))
                  .toBigInteger()
                  .toString());
    }
  }

  @Test
  void dates() {
    agree(
        OperatorFixtures.keep(FieldType.DATE),
        text -> day(text).map(day -> Long.toString(day.toEpochDay())));
  }

  @Test
  void months() {
    agree(
        OperatorFixtures.generalize(Generalize.To.MONTH, FieldType.CODE),
        text -> day(text).map(day -> day.toString().substring(0, 7)));
  }

  @Test
  void quarters() {
    agree(
        OperatorFixtures.generalize(Generalize.To.QUARTER, FieldType.CODE),
        text -> day(text).map(day -> day.getYear() + "-Q" + day.get(IsoFields.QUARTER_OF_YEAR)));
  }

  @Test
  void weeks() {
    agree(
        OperatorFixtures.generalize(Generalize.To.WEEK, FieldType.CODE),
        text ->
            day(text)
                .map(
                    day ->
                        day.get(IsoFields.WEEK_BASED_YEAR)
                            + "-W"
                            + Integer.toString(100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                                .substring(1)));
  }

  @Test
  void firstDaysOfWeeks() {
    agree(
        OperatorFixtures.generalize(Generalize.To.WEEK, FieldType.DATE),
        text ->
            day(text)
                .map(day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
                .map(day -> Long.toString(day.toEpochDay())));
  }

  @Test
  void ages() {
    agree(
        OperatorFixtures.open(
            new Age(), new Age.Config("subject.birthDate", Optional.empty()), FieldType.INTEGER),
        text ->
            day(text)
                .filter(day -> !day.isBefore(BIRTH))
                .map(day -> Integer.toString(Period.between(BIRTH, day).getYears())));
  }

  @Test
  void shiftedDates() {
    agree(
        OperatorFixtures.shift(FieldType.DATE),
        text ->
            day(text)
                .filter(day -> day.getYear() > 1900 && day.getYear() <= 2036)
                .map(day -> Long.toString(day.plusDays(-200).toEpochDay())));
  }

  @Test
  void masks() {
    agree(
        OperatorFixtures.mask(),
        text -> {
          int[] points = text.codePoints().toArray();
          int[] masked =
              IntStream.range(0, points.length)
                  .map(
                      i -> points.length > 3 && (i == 0 || i > points.length - 3) ? points[i] : '*')
                  .toArray();
          return Optional.of(new String(masked, 0, masked.length));
        });
  }

  @Test
  void zip3() {
    Set<Integer> known = Set.copyOf(ZipPopulationsTest.prefixes());
    Transformer transformer = OperatorFixtures.generalize(Generalize.To.ZIP3, FieldType.CODE);
    Given given = new Given(SEED);
    List<Optional<String>> values =
        IntStream.range(0, ROWS).mapToObj(i -> Optional.of(given.zip())).toList();

    List<Batch.Cell> cells = batch(values).transform(transformer);

    for (int row = 0; row < ROWS; row++) {
      String text = values.get(row).orElseThrow().strip();
      if (text.matches("\\d{5}([- ]?\\d{4})?")) {
        String prefix = text.substring(0, 3);
        boolean kept = known.contains(Integer.valueOf(prefix)) && !RESTRICTED.contains(prefix);
        assertThat(cells.get(row).value())
            .as("seed %d row %d", SEED, row)
            .contains(kept ? prefix : "000");
      } else {
        assertThat(cells.get(row).value()).as("seed %d row %d", SEED, row).isEmpty();
      }
    }
  }

  /** The slow function answers empty for a value that cannot be taken. */
  private static void agree(Transformer transformer, Function<String, Optional<String>> slow) {
    List<Optional<String>> values = new Given(SEED).values(ROWS);

    List<Batch.Cell> cells = batch(values).transform(transformer);

    for (int row = 0; row < ROWS; row++) {
      Optional<String> expected = values.get(row).flatMap(slow);
      boolean invalid = values.get(row).isPresent() && expected.isEmpty();
      assertThat(cells.get(row).value()).as("seed %d row %d", SEED, row).isEqualTo(expected);
      assertThat(cells.get(row).invalid().isPresent())
          .as("seed %d row %d", SEED, row)
          .isEqualTo(invalid);
    }
  }

  private static Batch batch(List<Optional<String>> values) {
    return new Batch(
        values,
        new int[values.size()],
        new Subjects().add("P-1", Optional.of(BIRTH), -200, "code").index());
  }

  private static Optional<BigDecimal> number(String text, int precision, int scale) {
    if (!text.matches(" *[+-]?(\\d+\\.?\\d*|\\.\\d+) *")) {
      return Optional.empty();
    }
    String plain = text.strip().endsWith(".") ? text.strip() + "0" : text.strip();
    BigDecimal value = new BigDecimal(plain);
    BigDecimal exact = value.setScale(scale, RoundingMode.DOWN);
    boolean fits = exact.compareTo(value) == 0 && exact.precision() <= precision;
    return fits ? Optional.of(exact) : Optional.empty();
  }

  /** Rounded to six digits after the point. */
  private static Optional<BigDecimal> rounded(String text) {
    String plain = Blanks.trim(text);
    if (!plain.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
      return Optional.empty();
    }
    BigDecimal value =
        new BigDecimal(plain.replaceFirst("\\.(?=$|[eE])", "")).setScale(6, RoundingMode.HALF_UP);
    return value.precision() > 18 ? Optional.empty() : Optional.of(value);
  }

  private static Optional<LocalDate> day(String written) {
    String text = written.strip();
    boolean time = text.matches(".{10}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?");
    if (text.length() != 10 && !time) {
      return Optional.empty();
    }
    try {
      if (time) {
        String clock = text.substring(11);
        LocalTime.parse(clock);
      }
      return text.matches("[1-9]\\d{3}-.*")
          ? Optional.of(LocalDate.parse(text.substring(0, 10)))
          : Optional.empty();
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}

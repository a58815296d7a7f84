package org.consentry.export.decide;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthForm;
import org.consentry.data.BirthRange;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.IsoDates;
import org.consentry.data.RowBatch;
import org.consentry.plan.Births;
import org.consentry.plan.DecidePlan;

/**
 * Reads when subjects may have been born, row by row of the subjects table, and who counts as of
 * age by the job's statement. Not thread-safe.
 *
 * <p>An age over 89 is read as 90 or older, because sources write one number for all of them (45
 * CFR 164.514(b)(2)(i)(C)).
 */
final class BirthReader {

  private static final int OVER_89 = 90;
  private static final int OLDEST = 150;
  private static final int FIRST_YEAR = 1000;
  private static final int LAST_YEAR = 9999;

  private final DecidePlan plan;
  private final Births births;
  private final List<Integer> positions;
  private int[] first = new int[1 << 10];
  private int[] last = new int[1 << 10];
  private int[] signers = new int[1 << 10];

  /**
   * Prepares reading.
   *
   * @param positions where batches have the columns of {@code plan.births()}
   */
  BirthReader(DecidePlan plan, List<Integer> positions) {
    this.plan = plan;
    this.births = plan.births();
    this.positions = List.copyOf(positions);
  }

  /** What a row shows of a birth. */
  enum Found {
    /** When the subject was born, or nothing: no column, no value. */
    READ,
    /** Values that are none of the form. */
    UNREADABLE,
    /** A minor, against the statement that there are adults only. */
    CONTRADICTS_STATEMENT
  }

  /** Reads the birth of one subject. */
  Found read(RowBatch batch, int row, int number) {
    if (number == last.length) {
      first = Arrays.copyOf(first, number * 2);
      last = Arrays.copyOf(last, number * 2);
      signers = Arrays.copyOf(signers, number * 2);
    }
    BirthRange range = range(batch, row);
    first[number] = range.first();
    last[number] = range.last();
    signers[number] = range.last();
    if (births.adultsOnly().isPresent()) {
      signers[number] = signer(range, batch, row);
    }
    if (signers[number] == BirthRange.MINOR) {
      return Found.CONTRADICTS_STATEMENT;
    }
    return !range.isKnown() && isGiven(batch, row) ? Found.UNREADABLE : Found.READ;
  }

  private boolean isGiven(RowBatch batch, int row) {
    for (int position : positions) {
      if (!batch.columns().get(position).isMissing(row)) {
        return true;
      }
    }
    return false;
  }

  /** Who is a minor on the last day that the source knows of contradicts the statement. */
  private int signer(BirthRange range, RowBatch batch, int row) {
    if (births.form() == BirthForm.NONE) {
      return BirthRange.OF_AGE;
    }
    if (!range.isKnown()) {
      return BirthRange.UNKNOWN_DAY;
    }
    long age =
        births.form() == BirthForm.AGE
            ? number(batch, positions.get(0), row)
            : ChronoUnit.YEARS.between(
                LocalDate.ofEpochDay(range.last()),
                LocalDate.ofEpochDay(births.calendar().days().last()));
    return age < births.adultsOnly().getAsInt() ? BirthRange.MINOR : BirthRange.OF_AGE;
  }

  private BirthRange range(RowBatch batch, int row) {
    return switch (births.form()) {
      case NONE -> BirthRange.UNKNOWN;
      case DATE -> date(batch, positions.get(0), row);
      case YEAR -> years(year(batch, positions.get(0), row), 0);
      case AGE -> age(number(batch, positions.get(0), row), year(batch, positions.get(1), row));
    };
  }

  private BirthRange date(RowBatch batch, int position, int row) {
    long day = day(batch, position, row);
    return day == IsoDates.INVALID ? BirthRange.UNKNOWN : BirthRange.on((int) day);
  }

  /** Who is that old in a year has the birthday before or after the day on which this was noted. */
  private static BirthRange age(long age, long year) {
    if (age < 0 || age > OLDEST || year == IsoDates.INVALID) {
      return BirthRange.UNKNOWN;
    }
    return age < OVER_89
        ? years(year - age, 1)
        : new BirthRange(BirthRange.OPEN, years(year - OVER_89, 0).last());
  }

  /** All days of a year, and of some years before. */
  private static BirthRange years(long year, int before) {
    if (year - before < FIRST_YEAR || year > LAST_YEAR) {
      return BirthRange.UNKNOWN;
    }
    return new BirthRange(
        (int) IsoDates.epochDay((int) year - before, 1, 1),
        (int) IsoDates.epochDay((int) year, 12, 31));
  }

  /** The year of a cell with a year or a date, or {@link IsoDates#INVALID}. */
  private long year(RowBatch batch, int position, int row) {
    long year = number(batch, position, row);
    if (year >= FIRST_YEAR && year <= LAST_YEAR) {
      return year;
    }
    long day = day(batch, position, row);
    return day == IsoDates.INVALID ? IsoDates.INVALID : IsoDates.year(day);
  }

  private long day(RowBatch batch, int position, int row) {
    BytesColumn cells = (BytesColumn) batch.columns().get(position);
    return cells.isMissing(row)
        ? IsoDates.INVALID
        : plan.dates().day(cells.buffer(), cells.starts()[row], cells.ends()[row]);
  }

  /** The whole number of a cell, of at most four digits; -1 for anything else. */
  private static long number(RowBatch batch, int position, int row) {
    BytesColumn cells = (BytesColumn) batch.columns().get(position);
    if (cells.isMissing(row)) {
      return -1;
    }
    byte[] b = cells.buffer();
    int start = Blanks.start(b, cells.starts()[row], cells.ends()[row]);
    int end = Blanks.end(b, start, cells.ends()[row]);
    long number = end > start && end - start <= 4 ? 0 : -1;
    for (int i = start; number >= 0 && i < end; i++) {
      number = b[i] >= '0' && b[i] <= '9' ? number * 10 + b[i] - '0' : -1;
    }
    return number;
  }

  /** When subjects were born, for those who were read. */
  BirthDays births(int subjects) {
    int[] lasts = Arrays.copyOf(last, subjects);
    boolean areDays = births.form() == BirthForm.NONE || births.form() == BirthForm.DATE;
    return new BirthDays(areDays ? lasts : Arrays.copyOf(first, subjects), lasts);
  }

  /** The same as consent asks for it. */
  BirthDays signers(BirthDays born) {
    return births.adultsOnly().isPresent()
        ? BirthDays.on(Arrays.copyOf(signers, born.size()))
        : born;
  }
}

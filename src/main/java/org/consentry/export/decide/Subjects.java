package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.consent.ProblemCounts;
import org.consentry.data.BirthDays;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.IsoDates;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.plan.DecidePlan;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Who the subjects table describes, in the order of its rows. Read-only once read.
 *
 * @param keys normalised ids to dense numbers
 * @param births when each may have been born, in the calendar of the source
 * @param signers the same as consent asks for it: of who is an adult by the job's statement alone,
 *     {@link org.consentry.data.BirthRange#OF_AGE}
 * @param deathDays days since 1970-01-01, or {@link SubjectIndex#UNKNOWN_DAY} when missing or
 *     impossible
 * @param ambiguous subjects that two rows describe, or whose raw ids meet under one normalised id
 * @param reported birth and death dates that cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays by subject on purpose (house style)
public record Subjects(
    SubjectKeys keys,
    BirthDays births,
    BirthDays signers,
    int[] deathDays,
    BitSet ambiguous,
    ProblemCounts reported) {

  /** Shows the number of subjects and nothing else. */
  @Override
  public String toString() {
    return "Subjects[" + keys.size() + "]";
  }

  /**
   * Reads the subjects table.
   *
   * @throws ProblemException when any of its rows cannot be used: a person who cannot be
   *     distinguished from others stops the run
   */
  public static Subjects read(DecidePlan plan, List<Split> splits) {
    Scan scan = new Scan(plan);
    for (Split split : splits) {
      try (BatchReader reader = plan.subjects().open(split, scan.columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          scan.add(batch.get());
        }
      }
    }
    return scan.subjects();
  }

  /** An error for a row that cannot be used. */
  static Problem unusable(String file, RowBatch.Rejection row) {
    return Problem.error(
        "SUBJECT_ROW",
        Place.of(file, row.line()),
        "a row of the subjects table cannot be used: " + row.reason(),
        "repair it: rows of the subjects table are never tolerated");
  }

  /** Collects rows of the subjects table. */
  private static final class Scan {
    private final DecidePlan plan;
    private final List<Integer> columns = new ArrayList<>();
    private final BirthReader births;
    private final int death;
    private final SubjectKeys keys = new SubjectKeys();
    private final BitSet ambiguous = new BitSet();
    private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
    private final ProblemCounts.Collector refused = new ProblemCounts.Collector();
    private int[] deaths = new int[1 << 10];

    Scan(DecidePlan plan) {
      this.plan = plan;
      columns.add(plan.key());
      births =
          new BirthReader(
              plan, plan.births().columns().stream().map(at -> position(Optional.of(at))).toList());
      death = position(plan.deathDate());
    }

    private int position(Optional<Integer> column) {
      if (column.isEmpty()) {
        return -1;
      }
      columns.add(column.get());
      return columns.size() - 1;
    }

    void add(RowBatch batch) {
      refuse(batch.rejections());
      BytesColumn ids = (BytesColumn) batch.columns().get(0);
      for (int row = 0; row < batch.rows(); row++) {
        if (!ids.isMissing(row)) {
          byte[] bytes = ids.buffer();
          int start = ids.starts()[row];
          int end = ids.ends()[row];
          if (Blanks.start(bytes, start, end) < end) {
            addSubject(batch, row, keys.addWritten(bytes, start, end));
          }
        }
      }
    }

    private void addSubject(RowBatch batch, int row, int number) {
      if (number < 0) {
        ambiguous.set(-1 - number);
        return;
      }
      if (number == deaths.length) {
        deaths = Arrays.copyOf(deaths, number * 2);
      }
      Place place = Place.of(plan.subjects().file(), batch.lines().applyAsLong(row));
      switch (births.read(batch, row, number)) {
        case READ -> {}
        case UNREADABLE -> reported.add(unreadable(place));
        case CONTRADICTS_STATEMENT -> reported.add(minor(place));
      }
      deaths[number] = day(batch, death, row);
      if (deaths[number] == SubjectIndex.UNKNOWN_DAY && isGiven(batch, death, row)) {
        reported.add(unreadableDeath(place));
      }
    }

    private static boolean isGiven(RowBatch batch, int position, int row) {
      return position >= 0 && !batch.columns().get(position).isMissing(row);
    }

    private Problem unreadableDeath(Place place) {
      return Problem.warning(
          "DEATH_DATE_UNREADABLE",
          place,
          "the death date cannot be read, so that it counts as missing",
          "write it as " + plan.subjects().datePattern(plan.deathDate().orElseThrow()));
    }

    private Problem unreadable(Place place) {
      String[] words =
          switch (plan.births().form()) {
            case NONE -> throw new IllegalStateException("births that no column has");
            case DATE ->
                new String[] {
                  "the birth date cannot be read",
                  "write it as "
                      + plan.subjects().datePattern(plan.births().columns().get(0))
                      + ", with a year from 1000 to 9999"
                };
            case YEAR ->
                new String[] {
                  "the birth year cannot be read", "write it as yyyy, from 1000 to 9999"
                };
            case AGE ->
                new String[] {
                  "the age and its year cannot be read",
                  "write the age in full years, 0 to 150, and the year as yyyy or as a date"
                };
          };
      return Problem.warning(
          "BIRTH_DATE_UNREADABLE",
          place,
          words[0] + ", so that no permit of the patient counts",
          words[1]);
    }

    private static Problem minor(Place place) {
      return Problem.warning(
          "ADULTS_ONLY_CONTRADICTED",
          place,
          "the patient is a minor here, against consent.adultsOnly of the job, so that no permit of"
              + " the patient counts",
          "correct the source, or withdraw the statement");
    }

    private int day(RowBatch batch, int position, int row) {
      if (position < 0) {
        return SubjectIndex.UNKNOWN_DAY;
      }
      Column column = batch.columns().get(position);
      if (column.isMissing(row)) {
        return SubjectIndex.UNKNOWN_DAY;
      }
      BytesColumn bytes = (BytesColumn) column;
      long day = plan.dates().day(bytes.buffer(), bytes.starts()[row], bytes.ends()[row]);
      return day == IsoDates.INVALID ? SubjectIndex.UNKNOWN_DAY : (int) day;
    }

    private void refuse(List<RowBatch.Rejection> rejections) {
      for (RowBatch.Rejection row : rejections) {
        refused.add(unusable(plan.subjects().file(), row));
      }
    }

    /**
     * Who was read.
     *
     * @throws ProblemException when a row could not be used
     */
    Subjects subjects() {
      refused.reported().throwIfAny(plan.subjects().file());
      keys.trim();
      BirthDays born = births.births(keys.size());
      return new Subjects(
          keys,
          born,
          births.signers(born),
          Arrays.copyOf(deaths, keys.size()),
          ambiguous,
          reported.reported());
    }
  }
}

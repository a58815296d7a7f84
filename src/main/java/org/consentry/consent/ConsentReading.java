package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.consentry.consent.LineRow.Kind;
import org.consentry.consent.Restrictions.Force;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Takes the rows of a file of consent lines split by split, in the order of the file. A row that
 * cannot be read has a stated outcome; a file whose structure is broken stops the run, because a
 * restriction may be what is lost. Empty lines after the last row are passed over. Not thread-safe.
 *
 * <p>A permit counts for the patient whose id it writes exactly as the subjects table does. A
 * restriction whose id is, exactly, no patient's counts for every patient whose id is similar
 * ({@link Confusables}). A last line without a line end may be the rest of a longer file: it
 * permits nothing.
 */
public final class ConsentReading {

  /** How a file ends. */
  public enum LastLine {
    /** With a line end. */
    ENDED,
    /** With the last character of its last line, as a copy that was cut off. */
    NOT_ENDED
  }

  private final String file;
  private final SubjectKeys keys;
  private final ConsentSink sink;
  private final PatientsAlike alike;
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final ProblemCounts.Collector structure = new ProblemCounts.Collector();
  private final LineOrder order;
  private final Restrictions restrictions = new Restrictions();
  private final ExampleLines examples = new ExampleLines();
  private Optional<LineRow> latest = Optional.empty();
  private long lastEmpty;
  private long lines;
  private long badPermits;
  private long badRestrictions;
  private long unknown;
  private long unknownRestrictions;

  /**
   * The reading of one file.
   *
   * @param keys all subjects, by normalised id
   * @param sink gets every row
   */
  public ConsentReading(ConsentHeader header, SubjectKeys keys, ConsentSink sink) {
    this.file = header.file();
    this.keys = keys;
    this.sink = sink;
    this.alike = new PatientsAlike(keys);
    this.order = new LineOrder(header, structure);
  }

  /**
   * Takes the next split. What is wrong with its structure is collected until the {@link #result}.
   *
   * @throws ProblemException with {@link Category#FILES_INVALID} when a split could not be read to
   *     its end
   */
  public void add(SplitLines split) {
    order.merge(split.rows(), split.damage().iterator(), this::take, LineRow::line);
    split.failure().ifPresent(this::failed);
    lastEmpty = Math.max(lastEmpty, split.lastEmpty());
    examples.addAll(split.examples());
  }

  private void take(LineRow row) {
    order.row(row.line(), row.after());
    latest.ifPresent(before -> row(before, LastLine.ENDED));
    latest = Optional.of(row);
  }

  private void failed(ProblemException failure) {
    failure.problems().forEach(structure::add);
    structure.reported().throwIfAny(file);
  }

  /**
   * Ends the reading.
   *
   * @param lastLine how the file ends
   * @param sha256 {@code sha256:} and 64 hexadecimal digits: digest of the file
   * @throws ProblemException with {@link Category#FILES_INVALID} when rows are ragged, have a NUL
   *     or are not in the encoding of the file, when empty lines are among the rows, when
   *     restrictions name no patient, or when lines are examples that no person has replaced
   */
  public ConsentReadResult result(LastLine lastLine, String sha256) {
    latest.ifPresent(row -> row(row, row.line() > lastEmpty ? lastLine : LastLine.ENDED));
    latest = Optional.empty();
    examples.problem(file).ifPresent(structure::add);
    structure.reported().throwIfAny(file);
    return new ConsentReadResult(
        lines,
        badPermits,
        badRestrictions,
        unknown,
        unknownRestrictions,
        restrictions,
        sha256,
        reported.reported());
  }

  private void row(LineRow row, LastLine end) {
    lines++;
    if (end == LastLine.NOT_ENDED) {
      reported.add(
          Problem.warning(
              "LAST_LINE_NOT_ENDED",
              Place.of(file, row.line()),
              "expected a line end after the last line but found the end of the file, as in a copy"
                  + " that was cut off",
              "the line permits nothing, and counts if it restricts; compare the file with its"
                  + " source and end it with a line end"));
    }
    Force force = report(row, end);
    if (row.kind() == Kind.MAY_RESTRICT) {
      restrictions.add(row.restriction(), row.line(), force);
    }
  }

  /** Reports a row to the sink. */
  private Force report(LineRow row, LastLine end) {
    if (row.facts().isEmpty()) {
      return bad(row, row.fault());
    }
    LineFacts line = row.facts().get();
    if (end == LastLine.NOT_ENDED && line.isPermit()) {
      return bad(row, "no line end follows the permit");
    }
    boolean isDropped = line.has(LineFacts.DROPPED);
    if (row.subject() >= 0) {
      sink.line(row.subject(), line);
      return isDropped ? Force.WITHOUT_FORCE : Force.COUNTS;
    }
    boolean restricts = !isDropped && row.kind() == Kind.MAY_RESTRICT;
    return restricts ? restrictionOfUnknown(row, line) : stranger(row, line);
  }

  /** A line that restricts nothing, of a patient whom the subjects table does not write so. */
  private Force stranger(LineRow row, LineFacts line) {
    unknown++;
    if (line.isPermit()) {
      byte[] id = row.patient().getBytes(StandardCharsets.UTF_8);
      boolean known = keys.findRaw(id, 0, id.length) >= 0;
      reported.add(
          known
              ? Problem.warning(
                  "PERMIT_ID_NOT_EXACT",
                  line.place(),
                  "expected a patient id as the subjects table writes it but found another"
                      + " spelling",
                  "it permits nothing; write the id as in the subjects table")
              : Problem.warning(
                  "PERMIT_OF_UNKNOWN_PATIENT",
                  line.place(),
                  "expected a patient of the subjects table but found another",
                  "it permits nothing"));
    }
    sink.line(-1, line);
    return line.has(LineFacts.DROPPED) ? Force.WITHOUT_FORCE : Force.OF_UNKNOWN;
  }

  private Force restrictionOfUnknown(LineRow row, LineFacts line) {
    int[] subjects = alike.of(row.patient());
    if (subjects.length > 0) {
      notExact(line.place().line(), subjects.length);
      sink.restrictionOf(subjects, line);
      return Force.COUNTS;
    }
    if (line.isPermit() && !line.has(LineFacts.REVOKES_ALL)) {
      return stranger(row, line); // what it names is taken back by the ids of lines
    }
    unknownRestriction(line.place().line());
    sink.line(-1, line);
    return Force.OF_UNKNOWN;
  }

  private void unknownRestriction(long line) {
    unknown++;
    unknownRestrictions++;
    reported.add(
        Problem.warning(
            ConsentReadResult.UNKNOWN_RESTRICTION,
            Place.of(file, line),
            "expected a patient of the subjects table but found an id that is not even similar to"
                + " one",
            "it protects no patient; correct the patient id"));
  }

  private void notExact(long line, int patients) {
    reported.add(
        Problem.warning(
            "RESTRICTION_ID_NOT_EXACT",
            Place.of(file, line),
            "expected a patient id as the subjects table writes it but found one that is similar to"
                + " "
                + patients,
            "each of these patients is excluded until it is corrected; write the id as in the"
                + " subjects table"));
  }

  private Force bad(LineRow row, String why) {
    if (row.kind() == Kind.CLEAR_PERMIT) {
      reported.add(ConsentDamage.badPermit(file, row.line(), why));
      badPermits++;
      sink.badPermit(row.subject(), id(row), Place.of(file, row.line()));
      return Force.WITHOUT_FORCE;
    }
    if (row.patient().isEmpty()) {
      structure.add(ConsentDamage.withoutPatient(file, row.line()));
      return Force.OF_UNKNOWN;
    }
    badRestrictions++;
    boolean isKnown = row.subject() >= 0;
    int[] subjects = isKnown ? new int[] {row.subject()} : alike.of(row.patient());
    if (subjects.length == 0) {
      unknownRestriction(row.line());
    } else if (!isKnown) {
      notExact(row.line(), subjects.length);
    }
    reported.add(
        ConsentDamage.badRestriction(
            file,
            row.line(),
            why,
            subjects.length == 0
                ? "it protects no patient; check the patient id"
                : ConsentDamage.UNTIL_CORRECTED));
    sink.badRestriction(subjects, Place.of(file, row.line()));
    return subjects.length == 0 ? Force.OF_UNKNOWN : Force.COUNTS;
  }

  private static OptionalLong id(LineRow row) {
    if (row.facts().isPresent()) {
      return OptionalLong.of(row.facts().get().id());
    }
    return row.lineId().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(LineStore.hash(row.lineId()));
  }
}

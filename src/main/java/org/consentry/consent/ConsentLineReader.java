package org.consentry.consent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.consent.RestrictionRead.Standing;
import org.consentry.data.Blanks;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Reads consent lines from CSV (RFC 4180, UTF-8, {@code |} inside cells of several words), row by
 * row, every cell without {@link Blanks} at its ends. A row that cannot be read has a stated
 * outcome; a file whose structure is broken stops the run, because a restriction may be what is
 * lost. Empty lines after the last row are passed over.
 *
 * <p>A permit counts for the patient whose id it writes exactly as the subjects table does. A
 * restriction whose id is nobody's, exactly, counts for every patient whose id looks like it
 * ({@link Confusables}). A last line that no line end follows may be what is left of a longer file:
 * it permits nothing.
 */
public final class ConsentLineReader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final SubjectKeys keys;
  private final ConsentSink sink;
  private final PatientsAlike alike;
  private final LineParser parser = new LineParser();
  private final ProblemCounts.Collector reported = new ProblemCounts.Collector();
  private final Map<ConsentColumn, Found> columns = new EnumMap<>(ConsentColumn.class);
  private final List<RestrictionRead> restrictions = new ArrayList<>();
  private long lines;
  private long badPermits;
  private long badRestrictions;
  private long unknown;
  private long unknownRestrictions;

  /** A column where the header has it, and its texts. */
  private record Found(int cell, CellTexts texts) {

    String text(StrictRows row) {
      byte[] buffer = row.buffer();
      int start = Blanks.start(buffer, row.start(cell), row.end(cell));
      return texts.text(buffer, start, Blanks.end(buffer, start, row.end(cell)));
    }
  }

  private ConsentLineReader(String file, SubjectKeys keys, ConsentSink sink) {
    this.file = file;
    this.keys = keys;
    this.sink = sink;
    this.alike = new PatientsAlike(keys);
  }

  /**
   * Reads a file to its end.
   *
   * @param name the file as messages show it
   * @param keys all subjects, by normalised id
   * @param sink told of every row
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file cannot be read, is
   *     not UTF-8, is ragged or badly quoted, has not exactly the columns of consent lines, or
   *     holds a restriction that names no patient
   */
  public static ConsentReadResult read(Path path, String name, SubjectKeys keys, ConsentSink sink) {
    try (InputStream in = Files.newInputStream(path)) {
      return read(in, name, keys, sink);
    } catch (IOException e) {
      throw unreadable(name);
    }
  }

  /**
   * The digest which {@link #read} would tell of a file, without a look at its lines.
   *
   * @throws ProblemException with {@link Category#FILES_INVALID} when the file cannot be read
   */
  public static String digest(Path path, String name) {
    MessageDigest sha = Sha256.begin();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw unreadable(name);
    }
    return text(sha);
  }

  /** Reads a stream to its end, and does not close it. */
  public static ConsentReadResult read(
      InputStream in, String name, SubjectKeys keys, ConsentSink sink) {
    return new ConsentLineReader(name, keys, sink).read(in);
  }

  private ConsentReadResult read(InputStream in) {
    MessageDigest sha = Sha256.begin();
    try {
      readAll(new StrictRows(new DigestInputStream(in, sha)));
    } catch (StrictRows.Broken e) {
      throw broken(e);
    } catch (IOException e) {
      throw unreadable(file);
    }
    return new ConsentReadResult(
        lines,
        badPermits,
        badRestrictions,
        unknown,
        unknownRestrictions,
        restrictions,
        text(sha),
        reported.reported());
  }

  private void readAll(StrictRows rows) throws IOException {
    if (!rows.next()) {
      throw structural("CONSENT_EMPTY", 0, "the file holds no header", "");
    }
    header(rows);
    Function<ConsentColumn, String> cells = column -> found(column).text(rows);
    long emptyLine = 0;
    while (rows.next()) {
      if (isEmpty(rows)) {
        emptyLine = emptyLine == 0 ? rows.line() : emptyLine;
      } else if (emptyLine > 0) {
        throw ragged(emptyLine, 1);
      } else {
        row(rows, cells);
      }
    }
  }

  private static boolean isEmpty(StrictRows row) {
    return row.cells() == 1 && Blanks.start(row.buffer(), row.start(0), row.end(0)) == row.end(0);
  }

  private ProblemException ragged(long line, int cells) {
    return structural(
        "CONSENT_RAGGED",
        line,
        "expected " + columns.size() + " fields but found " + cells,
        "a restriction may be lost here; repair the line");
  }

  private Found found(ConsentColumn column) {
    return Objects.requireNonNull(columns.get(column));
  }

  private void header(StrictRows header) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < header.cells(); i++) {
      String name =
          new String(
              header.buffer(),
              header.start(i),
              header.end(i) - header.start(i),
              StandardCharsets.UTF_8);
      boolean marked = i == 0 && !name.isEmpty() && name.charAt(0) == BYTE_ORDER_MARK;
      if (found.put(marked ? name.substring(1) : name, i) != null) {
        throw structural(
            "CONSENT_HEADER", 1, "column " + (i + 1) + " has the name of an earlier one", "");
      }
    }
    for (ConsentColumn column : ConsentColumn.values()) {
      Integer at = found.remove(column.header());
      if (at == null) {
        throw structural(
            "CONSENT_HEADER", 1, "column '" + column.header() + "' is missing", "add it");
      }
      columns.put(column, new Found(at, new CellTexts()));
    }
    if (!found.isEmpty()) {
      int at = found.values().stream().mapToInt(Integer::intValue).min().orElse(0) + 1;
      throw structural(
          "CONSENT_HEADER", 1, "column " + at + " is no column of consent lines", "remove it");
    }
  }

  private void row(StrictRows row, Function<ConsentColumn, String> cells) {
    if (row.cells() != columns.size()) {
      throw ragged(row.line(), row.cells());
    }
    lines++;
    if (!row.isEnded()) {
      reported.add(
          Problem.warning(
              "LAST_LINE_NOT_ENDED",
              Place.of(file, row.line()),
              "expected a line end after the last line but found the end of the file, as in a copy"
                  + " that was cut off",
              "the line permits nothing, and counts if it restricts; compare the file with its"
                  + " source and end it with a line end"));
    }
    int patient = found(ConsentColumn.PATIENT_ID).cell();
    int subject = keys.findWritten(row.buffer(), row.start(patient), row.end(patient));
    Standing standing = tell(row, cells, subject);
    if (!LineParser.isClearlyPermit(cells)) {
      restrictions.add(
          RestrictionRead.of(
              cells.apply(ConsentColumn.LINE_ID),
              cells.apply(ConsentColumn.PATIENT_ID),
              row.line(),
              standing));
    }
  }

  /** Reports a row to the sink. */
  private Standing tell(StrictRows row, Function<ConsentColumn, String> cells, int subject) {
    try {
      ConsentLine content = parser.parse(cells, file, row.line());
      if (cells.apply(ConsentColumn.PATIENT_ID).isEmpty()) {
        throw new LineParser.BadRow(ConsentColumn.PATIENT_ID, "an id");
      }
      if (!row.isEnded() && isPermit(content)) {
        return bad(cells, subject, row.line(), "no line end follows the permit");
      }
      boolean dropped = LineChecks.isDropped(content.status());
      if (subject >= 0) {
        sink.line(subject, content);
        return dropped ? Standing.WITHOUT_FORCE : Standing.COUNTS;
      }
      if (dropped || LineParser.isClearlyPermit(cells)) {
        return stranger(cells, content);
      }
      return restrictionOfNobody(cells, content);
    } catch (LineParser.BadRow e) {
      return bad(cells, subject, row.line(), String.valueOf(e.getMessage()));
    }
  }

  /** A line that restricts nothing, of a patient whom the subjects table does not write so. */
  private Standing stranger(Function<ConsentColumn, String> cells, ConsentLine line) {
    unknown++;
    if (isPermit(line)) {
      byte[] id = cells.apply(ConsentColumn.PATIENT_ID).getBytes(StandardCharsets.UTF_8);
      boolean known = keys.findRaw(id, 0, id.length) >= 0;
      reported.add(
          known
              ? Problem.warning(
                  "PERMIT_ID_NOT_EXACT",
                  Place.of(file, line.line()),
                  "expected a patient id as the subjects table writes it but found another spelling",
                  "it permits nothing; write the id as in the subjects table")
              : Problem.warning(
                  "PERMIT_OF_UNKNOWN_PATIENT",
                  Place.of(file, line.line()),
                  "expected a patient of the subjects table but found another",
                  "it permits nothing"));
    }
    sink.line(-1, line);
    return LineChecks.isDropped(line.status()) ? Standing.WITHOUT_FORCE : Standing.OF_NOBODY;
  }

  private Standing restrictionOfNobody(Function<ConsentColumn, String> cells, ConsentLine line) {
    int[] subjects = alike.of(cells.apply(ConsentColumn.PATIENT_ID));
    if (subjects.length > 0) {
      notExact(line.line(), subjects.length);
      sink.restrictionOf(subjects, line);
      return Standing.COUNTS;
    }
    if (isPermit(line) && !line.revokes().everything()) {
      return stranger(cells, line); // what it names is taken back by the ids of lines
    }
    unknownRestriction(line.line());
    sink.line(-1, line);
    return Standing.OF_NOBODY;
  }

  private static boolean isPermit(ConsentLine line) {
    return line.decision() == Decision.PERMIT && line.status() != Status.REJECTED;
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
            "it protects nobody; correct the patient id"));
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

  private Standing bad(Function<ConsentColumn, String> cells, int subject, long line, String why) {
    if (LineParser.isClearlyPermit(cells)) {
      reported.add(
          Problem.warning(
              "BAD_PERMIT_ROW", Place.of(file, line), why, "this permit is ignored; correct it"));
      badPermits++;
      sink.badPermit(subject, cells.apply(ConsentColumn.LINE_ID), file, line);
      return Standing.WITHOUT_FORCE;
    }
    String patient = cells.apply(ConsentColumn.PATIENT_ID);
    if (patient.isEmpty()) {
      throw structural(
          "CONSENT_NOBODY",
          line,
          "a restriction names no patient",
          "whom it protects cannot be known; repair the line");
    }
    badRestrictions++;
    int[] subjects = subject < 0 ? alike.of(patient) : new int[] {subject};
    if (subjects.length == 0) {
      unknownRestriction(line);
    } else if (subject < 0) {
      notExact(line, subjects.length);
    }
    reported.add(
        Problem.warning(
            "BAD_RESTRICTION_ROW",
            Place.of(file, line),
            why,
            subjects.length == 0
                ? "it protects nobody; check the patient id"
                : "its patient stays out until it is corrected"));
    sink.badRestriction(subjects, file, line);
    return subjects.length == 0 ? Standing.OF_NOBODY : Standing.COUNTS;
  }

  private ProblemException broken(StrictRows.Broken fault) {
    return switch (fault.kind()) {
      case QUOTING ->
          structural(
              "CONSENT_QUOTING",
              fault.line(),
              "found " + fault.getMessage(),
              "quote as RFC 4180 says");
      case ENCODING ->
          structural(
              "CONSENT_ENCODING",
              fault.line(),
              "expected UTF-8 but found " + fault.getMessage(),
              "save it as UTF-8");
    };
  }

  private ProblemException structural(String code, long line, String message, String hint) {
    return ProblemException.of(
        Category.FILES_INVALID, code, new Place(file, line, 0), message, hint);
  }

  private static ProblemException unreadable(String file) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "CONSENT_UNREADABLE",
        Place.of(file),
        "the file of consent lines cannot be read",
        "check that it exists and that this user may read it");
  }

  private static String text(MessageDigest sha) {
    return Sha256.PREFIX + Sha256.hex(sha);
  }
}

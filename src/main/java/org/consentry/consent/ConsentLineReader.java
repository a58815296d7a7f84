package org.consentry.consent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.consentry.data.ConsentLine;
import org.consentry.data.ConsentLine.Decision;
import org.consentry.data.ConsentLine.Status;
import org.consentry.data.IdRule;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Reads consent lines from CSV (RFC 4180, UTF-8, {@code |} inside cells of several words), row by
 * row. A row that cannot be read has a stated outcome; a file whose structure is broken stops the
 * run, because a restriction may be what is lost.
 */
public final class ConsentLineReader {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final SubjectKeys keys;
  private final ConsentSink sink;
  private final LineParser parser = new LineParser();
  private final Reported.Collector reported = new Reported.Collector();
  private final Map<ConsentColumn, Found> columns = new EnumMap<>(ConsentColumn.class);
  private long lines;
  private long badPermits;
  private long badRestrictions;
  private long unknown;

  /** A column where the header has it, and its texts. */
  private record Found(int cell, CellTexts texts) {

    String text(StrictRows row) {
      return texts.text(row.buffer(), row.start(cell), row.end(cell));
    }
  }

  private ConsentLineReader(String file, SubjectKeys keys, ConsentSink sink) {
    this.file = file;
    this.keys = keys;
    this.sink = sink;
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
  public static ConsentReading read(Path path, String name, SubjectKeys keys, ConsentSink sink) {
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
    MessageDigest sha = sha256();
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
  public static ConsentReading read(
      InputStream in, String name, SubjectKeys keys, ConsentSink sink) {
    return new ConsentLineReader(name, keys, sink).read(in);
  }

  private ConsentReading read(InputStream in) {
    MessageDigest sha = sha256();
    try {
      readAll(new StrictRows(new DigestInputStream(in, sha)));
    } catch (StrictRows.Broken e) {
      throw broken(e);
    } catch (IOException e) {
      throw unreadable(file);
    }
    return new ConsentReading(
        lines, badPermits, badRestrictions, unknown, text(sha), reported.reported());
  }

  private void readAll(StrictRows rows) throws IOException {
    if (!rows.next()) {
      throw structural("CONSENT_EMPTY", 0, "the file holds no header", "");
    }
    header(rows);
    Function<ConsentColumn, String> cells = column -> found(column).text(rows);
    while (rows.next()) {
      row(rows, cells);
    }
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
      throw structural(
          "CONSENT_RAGGED",
          row.line(),
          "expected " + columns.size() + " fields but found " + row.cells(),
          "a restriction may be lost here; repair the line");
    }
    lines++;
    int patient = found(ConsentColumn.PATIENT_ID).cell();
    int start = row.start(patient);
    int end = row.end(patient);
    int subject = keys.findRaw(row.buffer(), start, end);
    boolean nobody = subject < 0 && IdRule.normalize(row.buffer(), start, end).length == 0;
    try {
      ConsentLine content = parser.parse(cells, file, row.line());
      if (nobody) {
        throw new LineParser.BadRow(ConsentColumn.PATIENT_ID, "an id");
      }
      if (subject < 0) {
        stranger(content);
      }
      sink.line(subject, content);
    } catch (LineParser.BadRow e) {
      bad(cells, nobody, subject, row.line(), String.valueOf(e.getMessage()));
    }
  }

  private void stranger(ConsentLine line) {
    unknown++;
    boolean permit = line.decision() == Decision.PERMIT && line.status() != Status.REJECTED;
    reported.add(
        Problem.warning(
            permit ? "PERMIT_OF_UNKNOWN_PATIENT" : "RESTRICTION_OF_UNKNOWN_PATIENT",
            Place.of(file, line.line()),
            "expected a patient of the subjects table but found another",
            permit ? "it permits nothing" : "it protects nobody; check the patient id"));
  }

  private void bad(
      Function<ConsentColumn, String> cells, boolean nobody, int subject, long line, String why) {
    if (LineParser.isClearlyPermit(cells)) {
      badPermits++;
      reported.add(
          Problem.warning(
              "BAD_PERMIT_ROW", Place.of(file, line), why, "this permit is ignored; correct it"));
      sink.badPermit(subject, cells.apply(ConsentColumn.LINE_ID), file, line);
      return;
    }
    if (nobody) {
      throw structural(
          "CONSENT_NOBODY",
          line,
          "a restriction names no patient",
          "whom it protects cannot be known; repair the line");
    }
    badRestrictions++;
    reported.add(
        Problem.warning(
            "BAD_RESTRICTION_ROW",
            Place.of(file, line),
            why,
            subject < 0
                ? "it protects nobody; check the patient id"
                : "its patient stays out until it is corrected"));
    sink.badRestriction(subject, file, line);
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
    return "sha256:" + HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package org.consentry.consent;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final SubjectKeys keys;
  private final ConsentSink sink;
  private final LineParser parser = new LineParser();
  private final Reported.Collector reported = new Reported.Collector();
  private final Map<ConsentColumn, Integer> positions = new EnumMap<>(ConsentColumn.class);
  private long lines;
  private long badPermits;
  private long badRestrictions;
  private long unknown;

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

  /** Reads a stream to its end, and does not close it. */
  public static ConsentReading read(
      InputStream in, String name, SubjectKeys keys, ConsentSink sink) {
    return new ConsentLineReader(name, keys, sink).read(in);
  }

  private ConsentReading read(InputStream in) {
    MessageDigest sha = sha256();
    StrictText text =
        new StrictText(
            new InputStreamReader(
                new BufferedInputStream(new DigestInputStream(in, sha), BUFFER),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    long[] line = {1};
    try {
      readAll(text, line);
    } catch (StrictText.Broken e) {
      throw structural("CONSENT_QUOTING", e.line(), "found " + e.what(), "quote as RFC 4180 says");
    } catch (CharacterCodingException e) {
      throw structural(
          "CONSENT_ENCODING", line[0], "expected UTF-8 at or after this line", "save it as UTF-8");
    } catch (IOException e) {
      throw unreadable(file);
    }
    return new ConsentReading(
        lines,
        badPermits,
        badRestrictions,
        unknown,
        "sha256:" + HexFormat.of().formatHex(sha.digest()),
        reported.reported());
  }

  private void readAll(Reader text, long[] line) throws IOException {
    CSVParser csv = CSVParser.builder().setReader(text).setFormat(FORMAT).get();
    try {
      Iterator<CSVRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw structural("CONSENT_EMPTY", 0, "the file holds no header", "");
      }
      header(records.next());
      line[0] = csv.getCurrentLineNumber() + 1;
      while (records.hasNext()) {
        row(records.next(), line[0]);
        line[0] = csv.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void header(CSVRecord header) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
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
      positions.put(column, at);
    }
    if (!found.isEmpty()) {
      int at = found.values().stream().mapToInt(Integer::intValue).min().orElse(0) + 1;
      throw structural(
          "CONSENT_HEADER", 1, "column " + at + " is no column of consent lines", "remove it");
    }
  }

  private void row(CSVRecord row, long line) {
    if (row.size() != positions.size()) {
      throw structural(
          "CONSENT_RAGGED",
          line,
          "expected " + positions.size() + " fields but found " + row.size(),
          "a restriction may be lost here; repair the line");
    }
    lines++;
    Function<ConsentColumn, String> cells =
        column -> row.get(Objects.requireNonNull(positions.get(column)));
    byte[] id = cells.apply(ConsentColumn.PATIENT_ID).getBytes(StandardCharsets.UTF_8);
    byte[] key = IdRule.isPlain(id, 0, id.length) ? id : IdRule.normalize(id, 0, id.length);
    int subject = key.length == 0 ? -1 : keys.find(key, 0, key.length);
    try {
      ConsentLine content = parser.parse(cells, file, line);
      if (key.length == 0) {
        throw new LineParser.BadRow(ConsentColumn.PATIENT_ID, "an id");
      }
      if (subject < 0) {
        stranger(content);
      }
      sink.line(subject, content);
    } catch (LineParser.BadRow e) {
      bad(cells, key.length == 0, subject, line, String.valueOf(e.getMessage()));
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
            "its patient stays out until it is corrected"));
    sink.badRestriction(subject, file, line);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

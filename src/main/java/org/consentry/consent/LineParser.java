package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.consentry.consent.CellReader.Unreadable;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Categories;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.DuoTerm;
import org.consentry.consent.ConsentLine.ExpiryEvent;
import org.consentry.consent.ConsentLine.Form;
import org.consentry.consent.ConsentLine.LegalBasis;
import org.consentry.consent.ConsentLine.Listed;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectKeys;

/**
 * The rows of a batch to consent lines. Columns are read one after the other, then rows are put
 * together. Every cell must be readable, on every line, whether or not it matters to a decision.
 * Not thread-safe.
 */
final class LineParser {

  /** A row that cannot be read, with the column to blame. */
  static final class BadRow extends Exception {

    private static final long serialVersionUID = 1L;

    BadRow(ConsentColumn column, String expected) {
      super("column '" + column.header() + "' should have " + expected, null, false, false);
    }
  }

  private static final ConsentColumn[] COLUMNS = ConsentColumn.values();
  private static final Decision[] DECISIONS = Decision.values();
  private static final Status[] STATUSES = Status.values();
  private static final ExpiryEvent[] EVENTS = ExpiryEvent.values();
  private static final LegalBasis[] BASES = LegalBasis.values();
  private static final SignerRole[] ROLES = SignerRole.values();
  private static final Assent[] ASSENTS = Assent.values();

  private interface ReadText<T> {
    T of(String cell) throws Unreadable;
  }

  private final Map<ConsentColumn, Consumer<BytesColumn>> readers =
      new EnumMap<>(ConsentColumn.class);
  private final Cells ids = new Cells();
  private final Cells patients = new Cells();
  private final CellValues<Decision> decisions =
      texts(ConsentColumn.DECISION, cell -> CellReader.word(cell, DECISIONS));
  private final CellValues<Status> statuses =
      texts(ConsentColumn.STATUS, cell -> CellReader.word(cell, STATUSES));
  private final CellValues<Long> signed = values(ConsentColumn.SIGNED_AT, CellReader::time);
  private final CellValues<Long> recorded = values(ConsentColumn.RECORDED_AT, CellReader::time);
  private final CellValues<Integer> validFrom = values(ConsentColumn.VALID_FROM, CellReader::day);
  private final CellValues<Integer> validTo = values(ConsentColumn.VALID_TO, CellReader::day);
  private final CellValues<ExpiryEvent> events =
      texts(
          ConsentColumn.EXPIRY_EVENT,
          cell -> CellReader.word(cell, EVENTS, ExpiryEvent.NOT_STATED));
  private final CellValues<LegalBasis> bases =
      texts(ConsentColumn.LEGAL_BASIS, cell -> CellReader.word(cell, BASES, LegalBasis.NOT_STATED));
  private final CellValues<String> formIds = texts(ConsentColumn.FORM_ID, cell -> cell);
  private final CellValues<String> formVersions = texts(ConsentColumn.FORM_VERSION, cell -> cell);
  private final CellValues<String> evidence =
      values(ConsentColumn.EVIDENCE_SHA256, CellReader::digest);
  private final CellValues<SignerRole> roles =
      texts(ConsentColumn.SIGNER_ROLE, cell -> CellReader.word(cell, ROLES, SignerRole.NOT_STATED));
  private final CellValues<String> authorities =
      texts(ConsentColumn.SIGNER_AUTHORITY, cell -> cell);
  private final CellValues<Assent> assents =
      texts(ConsentColumn.ASSENT, cell -> CellReader.word(cell, ASSENTS, Assent.NOT_STATED));
  private final CellValues<Listed> purposes = texts(ConsentColumn.PURPOSES, CellReader::purposes);
  private final CellValues<List<DuoTerm>> duo = texts(ConsentColumn.DUO, CellReader::duo);
  private final CellValues<Listed> studies = texts(ConsentColumn.STUDIES, CellReader::list);
  private final CellValues<Listed> recipients = texts(ConsentColumn.RECIPIENTS, CellReader::list);
  private final CellValues<Integer> dataFrom = values(ConsentColumn.DATA_FROM, CellReader::bound);
  private final CellValues<Integer> dataTo = values(ConsentColumn.DATA_TO, CellReader::bound);
  private final CellValues<Categories> categoriesIn =
      texts(ConsentColumn.CATEGORIES_IN, CellReader::categories);
  private final CellValues<Categories> categoriesEx =
      texts(ConsentColumn.CATEGORIES_EX, CellReader::categories);
  private final CellValues<Listed> revokes = texts(ConsentColumn.REVOKES, CellReader::list);
  private final CellValues<Listed> supersedes = texts(ConsentColumn.SUPERSEDES, CellReader::list);
  private final CellValues<String> jurisdictions = texts(ConsentColumn.JURISDICTION, cell -> cell);
  private final CellValues<String> origins = texts(ConsentColumn.SOURCE, cell -> cell);
  private int row;

  LineParser() {
    readers.put(ConsentColumn.LINE_ID, ids::take);
    readers.put(ConsentColumn.PATIENT_ID, patients::take);
  }

  private <T> CellValues<T> values(ConsentColumn column, CellValues.Read<T> read) {
    CellValues<T> values = new CellValues<>(column, read);
    readers.put(column, values::take);
    return values;
  }

  private <T> CellValues<T> texts(ConsentColumn column, ReadText<T> read) {
    return values(
        column,
        (buffer, start, end) ->
            read.of(new String(buffer, start, end - start, StandardCharsets.UTF_8)));
  }

  /** Reads the columns of a batch, which are in the order of {@link ConsentColumn}. */
  void batch(RowBatch batch) {
    for (int i = 0; i < COLUMNS.length; i++) {
      Objects.requireNonNull(readers.get(COLUMNS[i])).accept((BytesColumn) batch.columns().get(i));
    }
  }

  /** Goes to a row of the batch. */
  void row(int number) {
    row = number;
  }

  /** The number of the subject whose id the row writes exactly as the subjects table, or -1. */
  int subject(SubjectKeys keys) {
    return hasPatient()
        ? keys.findWritten(patients.buffer(), patients.start(row), patients.end(row))
        : -1;
  }

  /** Whether the row names a patient. */
  boolean hasPatient() {
    return patients.length(row) > 0;
  }

  /** The text of the row's patient id. */
  String patient() {
    return patients.text(row);
  }

  /** The text of the row's own id. */
  String id() {
    return ids.text(row);
  }

  /** Reads the row. The patient id is not looked at. */
  ConsentLine parse(String file, long line) throws BadRow {
    String id = id();
    if (id.isBlank()) {
      throw new BadRow(ConsentColumn.LINE_ID, "an id");
    }
    long signedFrom = signed.of(row);
    int from = validFrom.of(row);
    int to = validTo.of(row);
    int firstDay = dataFrom.of(row);
    int lastDay = dataTo.of(row);
    inOrder(from, to, ConsentColumn.VALID_TO);
    inOrder(firstDay, lastDay, ConsentColumn.DATA_TO);
    List<DuoTerm> terms = duo.of(row);
    return new ConsentLine(
        file,
        line,
        id,
        decisions.of(row),
        statuses.of(row),
        signedFrom,
        CellReader.lastMicro(signedFrom, signed.cells().length(row)),
        recorded.of(row),
        from,
        to,
        events.of(row),
        bases.of(row),
        new Form(formIds.of(row), formVersions.of(row)),
        evidence.of(row),
        roles.of(row),
        authorities.of(row),
        assents.of(row),
        purposes.of(row),
        terms,
        studies.of(row),
        recipients.of(row),
        firstDay,
        lastDay,
        categoriesIn.of(row),
        categoriesEx.of(row),
        revokes.of(row),
        supersedes.of(row),
        jurisdictions.of(row),
        origins.of(row));
  }

  /**
   * Whether the row is a permit and nothing else, beyond doubt: its decision is PERMIT, its status
   * is readable and no refusal, and it takes no other line back.
   */
  boolean isClearlyPermit() {
    if (revokes.cells().length(row) > 0 || supersedes.cells().length(row) > 0) {
      return false;
    }
    try {
      return decisions.of(row) == Decision.PERMIT && statuses.of(row) != Status.REJECTED;
    } catch (BadRow unreadable) {
      return false;
    }
  }

  /** Line breaks inside the row's cells: the row goes on over so many lines more. */
  static long lineBreaks(RowBatch batch, int row) {
    long breaks = 0;
    for (int i = 0; i < batch.columns().size(); i++) {
      BytesColumn column = (BytesColumn) batch.columns().get(i);
      for (int at = column.starts()[row]; at >= 0 && at < column.ends()[row]; at++) {
        byte b = column.buffer()[at];
        boolean lone =
            b == '\r' && (at + 1 == column.ends()[row] || column.buffer()[at + 1] != '\n');
        breaks += b == '\n' || lone ? 1 : 0;
      }
    }
    return breaks;
  }

  private static void inOrder(int from, int to, ConsentColumn column) throws BadRow {
    boolean bounded =
        from != ConsentLine.NO_DAY
            && from != ConsentLine.ANY_DAY
            && to != ConsentLine.NO_DAY
            && to != ConsentLine.ANY_DAY;
    if (bounded && to < from) {
      throw new BadRow(column, "a day that is not before the first");
    }
  }
}

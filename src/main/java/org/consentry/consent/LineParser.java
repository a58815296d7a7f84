package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectKeys;

/**
 * The cells of a row, without {@link Blanks} at their ends, to a consent line. Every cell must be
 * readable, on every line, whether or not it matters to a decision. Not thread-safe.
 */
final class LineParser {

  /** A row that cannot be read, with the column to blame. */
  static final class BadRow extends Exception {

    private static final long serialVersionUID = 1L;

    BadRow(ConsentColumn column, String expected) {
      super("column '" + column.header() + "' should have " + expected, null, false, false);
    }
  }

  private interface Get<T> {
    T of(byte[] buffer, int start, int end) throws Unreadable;
  }

  private static final Decision[] DECISIONS = Decision.values();
  private static final Status[] STATUSES = Status.values();
  private static final ExpiryEvent[] EVENTS = ExpiryEvent.values();
  private static final LegalBasis[] BASES = LegalBasis.values();
  private static final SignerRole[] ROLES = SignerRole.values();
  private static final Assent[] ASSENTS = Assent.values();

  /** One column of the batch, and where the current row's cell is in it. */
  private static final class Cell {
    private BytesColumn column = new BytesColumn(0, new byte[0], new int[0], new int[0]);
    private int start;
    private int end;

    /** Goes to a row. A missing cell, which starts below 0, is empty. */
    void row(int row) {
      byte[] buffer = column.buffer();
      int from = Math.max(0, column.starts()[row]);
      int to = column.isMissing(row) ? 0 : column.ends()[row];
      start = Blanks.start(buffer, from, to);
      end = Blanks.end(buffer, start, to);
    }

    int length() {
      return end - start;
    }
  }

  private final Map<ConsentColumn, Cell> cells = new EnumMap<>(ConsentColumn.class);
  private final List<Cell> all = new ArrayList<>();
  private final CellValues<Decision> decisions =
      new CellValues<>(cell -> CellReader.word(cell, DECISIONS));
  private final CellValues<Status> statuses =
      new CellValues<>(cell -> CellReader.word(cell, STATUSES));
  private final CellValues<ExpiryEvent> events =
      new CellValues<>(cell -> CellReader.word(cell, EVENTS, ExpiryEvent.NOT_STATED));
  private final CellValues<LegalBasis> bases =
      new CellValues<>(cell -> CellReader.word(cell, BASES, LegalBasis.NOT_STATED));
  private final CellValues<SignerRole> roles =
      new CellValues<>(cell -> CellReader.word(cell, ROLES, SignerRole.NOT_STATED));
  private final CellValues<Assent> assents =
      new CellValues<>(cell -> CellReader.word(cell, ASSENTS, Assent.NOT_STATED));
  private final CellValues<Listed> purposes = new CellValues<>(CellReader::purposes);
  private final CellValues<List<DuoTerm>> duo = new CellValues<>(CellReader::duo);
  private final CellValues<Categories> categories = new CellValues<>(CellReader::categories);
  private final CellValues<Listed> studies = new CellValues<>(CellReader::list);
  private final CellValues<Listed> recipients = new CellValues<>(CellReader::list);
  private final CellValues<String> formIds = new CellValues<>(cell -> cell);
  private final CellValues<String> formVersions = new CellValues<>(cell -> cell);
  private final CellValues<String> authorities = new CellValues<>(cell -> cell);
  private final CellValues<String> jurisdictions = new CellValues<>(cell -> cell);
  private final CellValues<String> origins = new CellValues<>(cell -> cell);

  LineParser() {
    for (ConsentColumn column : ConsentColumn.values()) {
      Cell cell = new Cell();
      cells.put(column, cell);
      all.add(cell);
    }
  }

  /** Takes the columns of a batch, in the order of {@link ConsentColumn}. */
  void batch(RowBatch batch) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).column = (BytesColumn) batch.columns().get(i);
    }
  }

  /** Takes a row of the batch. */
  void row(int row) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).row(row);
    }
  }

  /** The number of the subject whose id the row writes exactly as the subjects table, or -1. */
  int subject(SubjectKeys keys) {
    Cell id = cell(ConsentColumn.PATIENT_ID);
    return id.length() == 0 ? -1 : keys.findWritten(id.column.buffer(), id.start, id.end);
  }

  /** Whether the row's cell has no text. */
  boolean isEmpty(ConsentColumn column) {
    return cell(column).length() == 0;
  }

  /** The text of the row's cell. */
  String text(ConsentColumn column) {
    Cell cell = cell(column);
    return cell.length() == 0
        ? ""
        : new String(cell.column.buffer(), cell.start, cell.length(), StandardCharsets.UTF_8);
  }

  /** Reads the row. The patient id is not looked at. */
  ConsentLine parse(String file, long line) throws BadRow {
    String id = text(ConsentColumn.LINE_ID);
    if (id.isBlank()) {
      throw new BadRow(ConsentColumn.LINE_ID, "an id");
    }
    long signed = time(ConsentColumn.SIGNED_AT);
    int validFrom = day(ConsentColumn.VALID_FROM);
    int validTo = day(ConsentColumn.VALID_TO);
    int dataFrom = bound(ConsentColumn.DATA_FROM);
    int dataTo = bound(ConsentColumn.DATA_TO);
    inOrder(validFrom, validTo, ConsentColumn.VALID_TO);
    inOrder(dataFrom, dataTo, ConsentColumn.DATA_TO);
    List<DuoTerm> terms = get(ConsentColumn.DUO, duo::of);
    return new ConsentLine(
        file,
        line,
        id,
        get(ConsentColumn.DECISION, decisions::of),
        get(ConsentColumn.STATUS, statuses::of),
        signed,
        CellReader.lastMicro(signed, cell(ConsentColumn.SIGNED_AT).length()),
        time(ConsentColumn.RECORDED_AT),
        validFrom,
        validTo,
        get(ConsentColumn.EXPIRY_EVENT, events::of),
        get(ConsentColumn.LEGAL_BASIS, bases::of),
        form(),
        get(ConsentColumn.EVIDENCE_SHA256, CellReader::digest),
        get(ConsentColumn.SIGNER_ROLE, roles::of),
        get(ConsentColumn.SIGNER_AUTHORITY, authorities::of),
        get(ConsentColumn.ASSENT, assents::of),
        get(ConsentColumn.PURPOSES, purposes::of),
        terms,
        get(ConsentColumn.STUDIES, studies::of),
        get(ConsentColumn.RECIPIENTS, recipients::of),
        dataFrom,
        dataTo,
        get(ConsentColumn.CATEGORIES_IN, categories::of),
        get(ConsentColumn.CATEGORIES_EX, categories::of),
        get(ConsentColumn.REVOKES, CellReader::ids),
        get(ConsentColumn.SUPERSEDES, CellReader::ids),
        get(ConsentColumn.JURISDICTION, jurisdictions::of),
        get(ConsentColumn.SOURCE, origins::of));
  }

  /**
   * Whether the row is a permit and nothing else, beyond doubt: its decision is PERMIT, its status
   * is readable and no refusal, and it takes no other line back.
   */
  boolean isClearlyPermit() {
    if (!isEmpty(ConsentColumn.REVOKES) || !isEmpty(ConsentColumn.SUPERSEDES)) {
      return false;
    }
    try {
      return get(ConsentColumn.DECISION, decisions::of) == Decision.PERMIT
          && get(ConsentColumn.STATUS, statuses::of) != Status.REJECTED;
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

  private Form form() throws BadRow {
    return new Form(
        get(ConsentColumn.FORM_ID, formIds::of), get(ConsentColumn.FORM_VERSION, formVersions::of));
  }

  private Cell cell(ConsentColumn column) {
    return Objects.requireNonNull(cells.get(column));
  }

  private <T> T get(ConsentColumn column, Get<T> get) throws BadRow {
    try {
      Cell cell = cell(column);
      return get.of(cell.column.buffer(), cell.start, cell.end);
    } catch (Unreadable e) {
      throw new BadRow(column, e.expected());
    }
  }

  private long time(ConsentColumn column) throws BadRow {
    try {
      Cell cell = cell(column);
      return CellReader.time(cell.column.buffer(), cell.start, cell.end);
    } catch (Unreadable e) {
      throw new BadRow(column, e.expected());
    }
  }

  private int day(ConsentColumn column) throws BadRow {
    try {
      Cell cell = cell(column);
      return CellReader.day(cell.column.buffer(), cell.start, cell.end);
    } catch (Unreadable e) {
      throw new BadRow(column, e.expected());
    }
  }

  /** A day, or {@link ConsentLine#ANY_DAY} for {@code *}. */
  private int bound(ConsentColumn column) throws BadRow {
    Cell cell = cell(column);
    boolean isAny = cell.length() == 1 && cell.column.buffer()[cell.start] == '*';
    return isAny ? ConsentLine.ANY_DAY : day(column);
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

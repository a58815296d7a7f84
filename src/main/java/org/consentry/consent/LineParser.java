package org.consentry.consent;

import java.util.List;
import java.util.function.Function;
import org.consentry.consent.CellReader.Unreadable;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.DuoTerm;
import org.consentry.consent.ConsentLine.ExpiryEvent;
import org.consentry.consent.ConsentLine.Form;
import org.consentry.consent.ConsentLine.LegalBasis;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentLine.Status;

/**
 * The cells of one row to a consent line. Every cell must be readable, on every line, whether or
 * not it would have been looked at. Not thread-safe.
 */
final class LineParser {

  /** A row that cannot be read, with the column to blame. */
  static final class BadRow extends Exception {

    private static final long serialVersionUID = 1L;

    BadRow(ConsentColumn column, String expected) {
      super("column '" + column.header() + "' should hold " + expected, null, false, false);
    }
  }

  private interface Read<T> {
    T of(String cell) throws Unreadable;
  }

  private static final Decision[] DECISIONS = Decision.values();
  private static final Status[] STATUSES = Status.values();
  private static final ExpiryEvent[] EVENTS = ExpiryEvent.values();
  private static final LegalBasis[] BASES = LegalBasis.values();
  private static final SignerRole[] ROLES = SignerRole.values();
  private static final Assent[] ASSENTS = Assent.values();

  private final CellReader cells = new CellReader();

  /** Reads a row. The patient id is not looked at. */
  ConsentLine parse(Function<ConsentColumn, String> row, String file, long line) throws BadRow {
    String id = row.apply(ConsentColumn.LINE_ID);
    if (id.isBlank()) {
      throw new BadRow(ConsentColumn.LINE_ID, "an id");
    }
    String signedAt = row.apply(ConsentColumn.SIGNED_AT);
    long signed = read(row, ConsentColumn.SIGNED_AT, cells::time);
    int validFrom = read(row, ConsentColumn.VALID_FROM, cells::day);
    int validTo = read(row, ConsentColumn.VALID_TO, cells::day);
    int dataFrom = read(row, ConsentColumn.DATA_FROM, cells::bound);
    int dataTo = read(row, ConsentColumn.DATA_TO, cells::bound);
    inOrder(validFrom, validTo, ConsentColumn.VALID_TO);
    inOrder(dataFrom, dataTo, ConsentColumn.DATA_TO);
    List<DuoTerm> duo = read(row, ConsentColumn.DUO, cells::duo);
    return new ConsentLine(
        file,
        line,
        id,
        read(row, ConsentColumn.DECISION, cell -> cells.word(cell, DECISIONS)),
        read(row, ConsentColumn.STATUS, cell -> cells.word(cell, STATUSES)),
        signed,
        CellReader.lastMicro(signed, signedAt),
        read(row, ConsentColumn.RECORDED_AT, cells::time),
        validFrom,
        validTo,
        read(
            row,
            ConsentColumn.EXPIRY_EVENT,
            cell -> cells.word(cell, EVENTS, ExpiryEvent.NOT_STATED)),
        read(
            row, ConsentColumn.LEGAL_BASIS, cell -> cells.word(cell, BASES, LegalBasis.NOT_STATED)),
        new Form(row.apply(ConsentColumn.FORM_ID), row.apply(ConsentColumn.FORM_VERSION)),
        read(row, ConsentColumn.EVIDENCE_SHA256, cells::digest),
        read(
            row, ConsentColumn.SIGNER_ROLE, cell -> cells.word(cell, ROLES, SignerRole.NOT_STATED)),
        row.apply(ConsentColumn.SIGNER_AUTHORITY),
        read(row, ConsentColumn.ASSENT, cell -> cells.word(cell, ASSENTS, Assent.NOT_STATED)),
        read(row, ConsentColumn.PURPOSES, cells::purposes),
        duo,
        read(row, ConsentColumn.STUDIES, cells::list),
        read(row, ConsentColumn.RECIPIENTS, cells::list),
        dataFrom,
        dataTo,
        read(row, ConsentColumn.CATEGORIES_IN, cells::categories),
        read(row, ConsentColumn.CATEGORIES_EX, cells::categories),
        read(row, ConsentColumn.REVOKES, cells::ids),
        read(row, ConsentColumn.SUPERSEDES, cells::ids),
        row.apply(ConsentColumn.JURISDICTION),
        row.apply(ConsentColumn.SOURCE));
  }

  /**
   * Whether a row is a permit and nothing else, beyond doubt: its decision says so, its status is
   * readable and no refusal, and it takes no other line back.
   */
  static boolean isClearlyPermit(Function<ConsentColumn, String> row) {
    boolean permits = row.apply(ConsentColumn.DECISION).equals(Decision.PERMIT.name());
    boolean replaces =
        !row.apply(ConsentColumn.REVOKES).isEmpty()
            || !row.apply(ConsentColumn.SUPERSEDES).isEmpty();
    if (!permits || replaces) {
      return false;
    }
    String status = row.apply(ConsentColumn.STATUS);
    for (Status known : STATUSES) {
      if (known.name().equals(status)) {
        return known != Status.REJECTED;
      }
    }
    return false;
  }

  private static <T> T read(Function<ConsentColumn, String> row, ConsentColumn column, Read<T> read)
      throws BadRow {
    try {
      return read.of(row.apply(column));
    } catch (Unreadable e) {
      throw new BadRow(column, e.expected());
    }
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

package org.consentry.connector.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Optional;
import org.consentry.data.RejectReason;

/**
 * Reads the file for commons-csv, which accepts quotes where none may be. Follows the same dialect
 * character by character, throws where a quote is misplaced, and remembers of every record the line
 * it begins at and whether it has NUL or bytes that are not in the encoding.
 */
final class RecordGuard extends Reader {

  /**
   * What commons-csv does not report of a record.
   *
   * @param line where it begins, from 1
   * @param fields how many it has; commons-csv takes a cut delimiter at the end of a file for one
   * @param flaw why it cannot be used
   * @param end what ends it
   */
  record Seen(long line, int fields, Optional<RejectReason> flaw, End end) {}

  /** What ends a record. */
  enum End {
    LINE_BREAK,
    END_OF_FILE
  }

  /** How much is read. */
  enum Extent {
    EVERYTHING,
    /** What follows the first record is not even looked at. */
    FIRST_RECORD
  }

  private enum State {
    RECORD_START,
    COMMENT,
    FIELD_START,
    UNQUOTED,
    QUOTED,
    AFTER_QUOTE
  }

  private final Reader input;
  private final CsvDialect dialect;
  private final CsvProblems problems;
  private final int longestRecord;
  private final Extent extent;
  private final ArrayDeque<Seen> seen = new ArrayDeque<>();
  private final char[] buffer = new char[1 << 13];

  /** Characters from {@code checked} to {@code filled} were read but not looked at. */
  private int checked;

  private int filled;
  private boolean ended;

  private State state = State.RECORD_START;
  private boolean open;
  private boolean escaped;

  /** Characters of a delimiter that are still to come. */
  private int skip;

  private char previous;
  private long line;
  private long recordLine;
  private long openedLine;
  private long length;
  private int fields;
  private boolean nul;
  private boolean foreign;

  RecordGuard(
      Reader input,
      CsvDialect dialect,
      CsvProblems problems,
      long firstLine,
      int longestRecord,
      Extent extent) {
    this.extent = extent;
    this.input = input;
    this.dialect = dialect;
    this.problems = problems;
    this.line = firstLine;
    this.longestRecord = longestRecord;
  }

  /** What was noted of the next record, in the order commons-csv returns them. */
  Seen next() {
    return seen.remove();
  }

  /** The line that was read last, for errors only. */
  long line() {
    return line;
  }

  @Override
  public int read(char[] into, int offset, int wanted) throws IOException {
    if (isEnough()) {
      return -1;
    }
    int ready = 0;
    while (ready <= 0) {
      int lookAhead = ended ? 0 : dialect.delimiter().length() - 1;
      ready = Math.min(wanted, filled - checked - lookAhead);
      if (ready <= 0 && !fill()) {
        finish();
        return -1;
      }
    }
    int from = checked;
    while (checked < from + ready && !isEnough()) {
      look(buffer[checked]);
      checked++;
    }
    System.arraycopy(buffer, from, into, offset, checked - from);
    return checked - from;
  }

  /**
   * Always, so that commons-csv never takes a part of a delimiter, or of what may be one, for the
   * whole where its own buffer ends.
   */
  @Override
  public boolean ready() {
    return true;
  }

  private boolean isEnough() {
    return extent == Extent.FIRST_RECORD && !seen.isEmpty();
  }

  /** Reads more characters; false when there are none and all were looked at. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    System.arraycopy(buffer, checked, buffer, 0, filled - checked);
    filled -= checked;
    checked = 0;
    int count = input.read(buffer, filled, buffer.length - filled);
    ended = count < 0;
    filled += Math.max(count, 0);
    return true;
  }

  private void finish() {
    if (escaped) {
      throw problems.danglingEscape(line);
    }
    if (state == State.QUOTED) {
      throw problems.unclosedQuote(openedLine);
    }
    endRecord(End.END_OF_FILE);
  }

  private void look(char c) {
    if (skip > 0) {
      skip--;
    } else if (escaped) {
      escaped = false;
    } else {
      state = step(c);
    }
    note(c);
  }

  private State step(char c) {
    return switch (state) {
      case RECORD_START -> startRecord(c);
      case COMMENT -> isLineEnd(c) ? State.RECORD_START : State.COMMENT;
      case FIELD_START -> startField(c);
      case UNQUOTED -> {
        if (c == dialect.quote()) {
          throw problems.bareQuote(line);
        }
        yield endField(c, State.UNQUOTED);
      }
      case QUOTED -> {
        escaped = isEscape(c);
        yield c == dialect.quote() ? State.AFTER_QUOTE : State.QUOTED;
      }
      case AFTER_QUOTE -> {
        if (c == dialect.quote()) {
          yield State.QUOTED;
        }
        State after = endField(c, State.AFTER_QUOTE);
        if (after == State.AFTER_QUOTE) {
          throw problems.textAfterQuote(line);
        }
        yield after;
      }
    };
  }

  private State startRecord(char c) {
    if (isLineEnd(c)) {
      return State.RECORD_START;
    }
    if (dialect.comment().isPresent() && dialect.comment().get() == c) {
      return State.COMMENT;
    }
    open = true;
    recordLine = line;
    length = 0;
    fields = 1;
    nul = false;
    foreign = false;
    return startField(c);
  }

  private State startField(char c) {
    if (c == dialect.quote()) {
      openedLine = line;
      return State.QUOTED;
    }
    return endField(c, State.UNQUOTED);
  }

  private State endField(char c, State otherwise) {
    if (isLineEnd(c)) {
      endRecord(End.LINE_BREAK);
      return State.RECORD_START;
    }
    if (isDelimiter(c)) {
      skip = dialect.delimiter().length() - 1;
      fields++;
      return State.FIELD_START;
    }
    escaped = otherwise == State.UNQUOTED && isEscape(c);
    return otherwise;
  }

  private void endRecord(End end) {
    if (open) {
      Optional<RejectReason> flaw =
          nul
              ? Optional.of(RejectReason.NUL)
              : foreign ? Optional.of(RejectReason.ENCODING) : Optional.empty();
      seen.add(new Seen(recordLine, fields, flaw, end));
      open = false;
    }
  }

  private void note(char c) {
    if (open) {
      nul |= c == 0;
      foreign |= c == MarkingReader.MARK && !Character.isHighSurrogate(previous);
      if (++length > longestRecord) {
        throw problems.recordTooLong(recordLine, longestRecord);
      }
    }
    if (c == '\r' || (c == '\n' && previous != '\r')) {
      line++;
    }
    previous = c;
  }

  private static boolean isLineEnd(char c) {
    return c == '\r' || c == '\n';
  }

  private boolean isEscape(char c) {
    return dialect.escape().isPresent() && dialect.escape().get() == c;
  }

  private boolean isDelimiter(char c) {
    String delimiter = dialect.delimiter();
    if (c != delimiter.charAt(0) || checked + delimiter.length() > filled) {
      return false;
    }
    for (int i = 1; i < delimiter.length(); i++) {
      if (buffer[checked + i] != delimiter.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}

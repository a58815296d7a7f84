package org.consentry.consent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a CSV text (RFC 4180, UTF-8, records end at LF, CRLF or CR), one at a time, as cells
 * of bytes in one buffer. What a lenient parser would forgive is refused: a quote inside an
 * unquoted field, text after a closing quote, a NUL, a quote that is never closed, bytes that are
 * not UTF-8. An empty line is a row of one empty cell. Not thread-safe.
 *
 * <p>Invariant: {@code buffer[row, position)} holds the current row, {@code buffer[position,
 * loaded)} what is not read yet; cells stay where they are until {@link #next} is called again.
 */
final class StrictRows {

  /** The text breaks RFC 4180, or is no UTF-8, at a line. */
  static final class Broken extends IOException {

    private static final long serialVersionUID = 1L;

    /** What kind of fault. */
    enum Kind {
      QUOTING,
      ENCODING
    }

    private final Kind kind;
    private final long line;

    Broken(Kind kind, long line, String what) {
      super(what, null);
      this.kind = kind;
      this.line = line;
    }

    Kind kind() {
      return kind;
    }

    long line() {
      return line;
    }
  }

  private static final int BUFFER = 1 << 18;

  /** A row longer than this is no row of consent lines but a quote in the wrong place. */
  static final int LONGEST_ROW = 1 << 24;

  private static final int END = -1;

  private final InputStream in;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private byte[] buffer = new byte[BUFFER];
  private int loaded;
  private int position;
  private int row;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int cells;
  private long line = 1;
  private long rowLine;
  private boolean foreign;
  private boolean ended;

  /** Reads {@code in} to its end and does not close it. */
  StrictRows(InputStream in) {
    this.in = in;
  }

  /**
   * Goes on to the next row.
   *
   * @return false at the end of the text
   * @throws Broken when the row cannot be read
   */
  boolean next() throws IOException {
    row = position;
    rowLine = line;
    cells = 0;
    foreign = false;
    if (peek() == END) {
      return false;
    }
    int by;
    do {
      by = peek() == '"' ? quoted() : plain();
    } while (by == ',');
    if (by == '\r' && peek() == '\n') {
      position++;
    }
    ended = by != END;
    if (ended) {
      line++;
    }
    if (foreign) {
      requireUtf8();
    }
    return true;
  }

  /** Whether a line end follows the row. Only the last row of a text may lack it. */
  boolean isEnded() {
    return ended;
  }

  /** Number of cells in the row; at least 1. */
  int cells() {
    return cells;
  }

  /** The line on which the row begins, from 1. */
  long line() {
    return rowLine;
  }

  /** The bytes in which the row's cells lie. */
  byte[] buffer() {
    return buffer;
  }

  /** Where a cell begins. */
  int start(int cell) {
    return starts[cell];
  }

  /** Where a cell ends, exclusive. */
  int end(int cell) {
    return ends[cell];
  }

  /** Reads a cell without quotes and what ends it: a comma, CR, LF or {@link #END}. */
  private int plain() throws IOException {
    int start = position - row;
    while (true) {
      skipOrdinary();
      int b = peek();
      if (b < END) {
        foreign = true;
        position++;
      } else if (b == ',' || b == '\n' || b == '\r' || b == END) {
        cell(row + start, position);
        return past(b);
      } else if (b == '"') {
        throw new Broken(Broken.Kind.QUOTING, line, "a quote inside an unquoted field");
      } else {
        // Other characters up to the quote, or an ordinary one that was not loaded before.
        requireNoNul(b);
        position++;
      }
    }
  }

  /** Passes what is loaded of characters that mean only themselves. */
  private void skipOrdinary() {
    byte[] bytes = buffer;
    int at = position;
    while (at < loaded && bytes[at] > '"' && bytes[at] != ',') {
      at++;
    }
    position = at;
  }

  /** Reads a cell in quotes and what ends it. A doubled quote becomes one, in place. */
  private int quoted() throws IOException {
    long opened = line;
    position++;
    int start = position - row;
    int write = start;
    int previous = 0;
    while (true) {
      int b = peek();
      if (b == END) {
        throw new Broken(Broken.Kind.QUOTING, opened, "a quote that is never closed");
      }
      position++;
      if (b == '"') {
        int after = peek();
        if (after != '"') {
          cell(row + start, row + write);
          return afterQuote(after);
        }
        position++;
      }
      foreign |= b < END;
      requireNoNul(b);
      if (b == '\r' || (b == '\n' && previous != '\r')) {
        line++;
      }
      buffer[row + write++] = buffer[position - 1];
      previous = b;
    }
  }

  private int afterQuote(int b) throws Broken {
    if (b != ',' && b != '\n' && b != '\r' && b != END) {
      throw new Broken(Broken.Kind.QUOTING, line, "text after a closing quote");
    }
    return past(b);
  }

  private int past(int b) {
    if (b != END) {
      position++;
    }
    return b;
  }

  private void requireNoNul(int b) throws Broken {
    if (b == 0) {
      throw new Broken(Broken.Kind.QUOTING, line, "a NUL character");
    }
  }

  private void cell(int start, int end) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, cells * 2);
      ends = Arrays.copyOf(ends, cells * 2);
    }
    starts[cells] = start;
    ends[cells++] = end;
  }

  /**
   * The byte at the position without passing it: an ASCII character, {@link #END} at the end of the
   * text, or a number below that for a byte over 7F.
   */
  private int peek() throws IOException {
    if (position == loaded && !load()) {
      return END;
    }
    int b = buffer[position];
    return b < 0 ? b + END : b;
  }

  private boolean load() throws IOException {
    if (row > 0) {
      moveRowToFront();
    }
    if (loaded == buffer.length) {
      if (loaded >= LONGEST_ROW) {
        throw new Broken(
            Broken.Kind.QUOTING,
            rowLine,
            "a row of over 16 MiB, as a quote in a wrong place makes");
      }
      buffer = Arrays.copyOf(buffer, loaded * 2);
    }
    int read = in.read(buffer, loaded, buffer.length - loaded);
    loaded += Math.max(0, read);
    return read > 0;
  }

  private void moveRowToFront() {
    System.arraycopy(buffer, row, buffer, 0, loaded - row);
    for (int i = 0; i < cells; i++) {
      starts[i] -= row;
      ends[i] -= row;
    }
    loaded -= row;
    position -= row;
    row = 0;
  }

  private void requireUtf8() throws Broken {
    for (int i = 0; i < cells; i++) {
      try {
        utf8.decode(ByteBuffer.wrap(buffer, starts[i], ends[i] - starts[i]));
      } catch (CharacterCodingException notUtf8) {
        throw new Broken(Broken.Kind.ENCODING, rowLine, "bytes that are not UTF-8");
      }
    }
  }
}

package org.consentry.consent;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A plain reader of what a file of consent lines must not have, in front of commons-csv: a quote
 * inside an unquoted field, text after a closing quote, a NUL, and a quote that is never closed. It
 * counts lines, so that the refusal names one.
 */
final class StrictText extends FilterReader {

  /** The text breaks RFC 4180 at a line. */
  static final class Broken extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String what;

    Broken(long line, String what) {
      super(what);
      this.line = line;
      this.what = what;
    }

    long line() {
      return line;
    }

    String what() {
      return what;
    }
  }

  private enum Inside {
    START_OF_FIELD,
    PLAIN,
    QUOTED,
    AFTER_QUOTE
  }

  private Inside inside = Inside.START_OF_FIELD;
  private long line = 1;
  private long opened;
  private char last;

  StrictText(Reader in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    int read = read(one, 0, 1);
    return read < 0 ? read : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0 && inside == Inside.QUOTED) {
      throw new Broken(opened, "a quote that is never closed");
    }
    for (int i = offset; i < offset + read; i++) {
      char c = buffer[i];
      if (c <= '"' || c == ',' || inside == Inside.AFTER_QUOTE) {
        step(c);
      } else if (inside == Inside.START_OF_FIELD) {
        inside = Inside.PLAIN;
      }
      last = c;
    }
    return read;
  }

  private void step(char c) throws Broken {
    if (c == 0) {
      throw new Broken(line, "a NUL character");
    }
    if (c == '\r' || (c == '\n' && last != '\r')) {
      line++;
    }
    inside =
        switch (inside) {
          case START_OF_FIELD -> c == '"' ? open() : plain(c);
          case PLAIN -> plainOrBroken(c);
          case QUOTED -> c == '"' ? Inside.AFTER_QUOTE : Inside.QUOTED;
          case AFTER_QUOTE -> afterQuote(c);
        };
  }

  private Inside open() {
    opened = line;
    return Inside.QUOTED;
  }

  private Inside plainOrBroken(char c) throws Broken {
    if (c == '"') {
      throw new Broken(line, "a quote inside an unquoted field");
    }
    return plain(c);
  }

  private Inside afterQuote(char c) throws Broken {
    if (c == '"') {
      return Inside.QUOTED;
    }
    if (c != ',' && c != '\r' && c != '\n') {
      throw new Broken(line, "text after a closing quote");
    }
    return Inside.START_OF_FIELD;
  }

  private static Inside plain(char c) {
    return c == ',' || c == '\r' || c == '\n' ? Inside.START_OF_FIELD : Inside.PLAIN;
  }
}

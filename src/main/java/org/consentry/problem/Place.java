package org.consentry.problem;

/**
 * A place in a file.
 *
 * @param file name of the file as the reader of the message knows it; never empty
 * @param line line number from 1, or 0 when the whole file is meant
 * @param column column number from 1, or 0 when the whole line is meant
 */
public record Place(String file, long line, long column) {

  public Place {
    if (file.isEmpty()) {
      throw new IllegalArgumentException("file must not be empty");
    }
    if (line < 0 || column < 0 || (line == 0 && column > 0)) {
      throw new IllegalArgumentException("no such place: line " + line + ", column " + column);
    }
  }

  /** The whole file. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** A whole line, counted from 1. */
  public static Place of(String file, long line) {
    return new Place(file, line, 0);
  }

  /** Returns {@code file}, {@code file:line} or {@code file:line:column}. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}

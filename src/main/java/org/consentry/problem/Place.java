package org.consentry.problem;

import java.nio.file.Path;

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

  /**
   * How messages name a file: relative to the current folder where it is inside of it, so that an
   * editor opens it; else as it was given.
   */
  public static String name(Path file) {
    Path path = file.normalize();
    Path here = Path.of("").toAbsolutePath();
    Path shown = path.isAbsolute() && path.startsWith(here) ? here.relativize(path) : path;
    return shown.toString().isEmpty() ? "." : shown.toString();
  }

  /** The whole file, or a folder. */
  public static Place of(Path file) {
    return of(name(file));
  }

  /** The whole file, by a name that is no path or that was made from one before. */
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

package org.consentry.connector.csv;

/** Line numbers of positions, counted only when asked; cheap while positions ascend. */
final class LineCursor {

  private final byte[] bytes;
  private final int origin;
  private final long originLine;
  private int last;
  private long lastLine;

  /** The line number of one position is known. */
  LineCursor(byte[] bytes, int origin, long originLine) {
    this.bytes = bytes;
    this.origin = origin;
    this.originLine = originLine;
    this.last = origin;
    this.lastLine = originLine;
  }

  /** The line number of a position at or after the origin. */
  long line(int position) {
    if (position < last) {
      last = origin;
      lastLine = originLine;
    }
    lastLine += LineBreaks.count(bytes, last, position);
    last = position;
    return lastLine;
  }
}

package org.consentry.connector.parquet.source;

/** The header of a gzip member (RFC 1952). */
final class GzipHeader {

  private static final int LENGTH = 10;
  private static final int CHECKED = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private GzipHeader() {}

  /** Position of the first byte after the header. */
  static int end(byte[] b, int from, int end) {
    if (end - from < LENGTH
        || b[from] != 0x1F
        || (b[from + 1] & 0xFF) != 0x8B
        || b[from + 2] != 8) {
      throw new Damage("has a page that is no gzip");
    }
    int flags = b[from + 3];
    int at = from + LENGTH;
    if ((flags & EXTRA) != 0) {
      at = require(at + 2, end);
      at = require(at + ((b[at - 2] & 0xFF) | (b[at - 1] & 0xFF) << 8), end);
    }
    if ((flags & NAME) != 0) {
      at = afterZero(b, at, end);
    }
    if ((flags & COMMENT) != 0) {
      at = afterZero(b, at, end);
    }
    return (flags & CHECKED) == 0 ? at : require(at + 2, end);
  }

  private static int afterZero(byte[] b, int from, int end) {
    int at = from;
    while (at < end && b[at] != 0) {
      at++;
    }
    return require(at + 1, end);
  }

  private static int require(int at, int end) {
    if (at > end) {
      throw new Damage("has a page that is no gzip");
    }
    return at;
  }

  /** Four bytes, the lowest first. */
  static int int32(byte[] b, int at) {
    return (b[at] & 0xFF) | (b[at + 1] & 0xFF) << 8 | (b[at + 2] & 0xFF) << 16 | b[at + 3] << 24;
  }
}

package org.consentry.operator.text;

/** Hash of a range of bytes for tables in memory; no protection against crafted collisions. */
public final class ByteHash {

  private ByteHash() {}

  public static int of(byte[] b, int start, int end) {
    int h = 0x811C9DC5;
    for (int i = start; i < end; i++) {
      h = (h ^ b[i]) * 0x01000193;
    }
    h ^= h >>> 15;
    h *= 0x2C1B3C6D;
    return h ^ (h >>> 13);
  }
}

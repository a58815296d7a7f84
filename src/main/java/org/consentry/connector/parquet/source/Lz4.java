package org.consentry.connector.parquet.source;

/** Blocks of LZ4 without a frame, as the codec LZ4_RAW has them. */
final class Lz4 {

  private static final int SHORTEST_MATCH = 4;
  private static final int LONG = 15;

  private Lz4() {}

  /**
   * Decompresses one block.
   *
   * @return bytes written from {@code to} on
   * @throws Damage when it is no such block or gives more than fits
   */
  static int decompress(byte[] in, int from, int end, byte[] out, int to) {
    try {
      return block(in, from, end, out, to) - to;
    } catch (IndexOutOfBoundsException cutOff) {
      throw new Damage("has a page that is no LZ4");
    }
  }

  private static int block(byte[] in, int from, int end, byte[] out, int to) {
    int at = from;
    int p = to;
    while (at < end) {
      int token = in[at++] & 0xFF;
      int literals = token >>> 4;
      if (literals == LONG) {
        int more;
        do {
          more = in[at++] & 0xFF;
          literals = Math.addExact(literals, more);
        } while (more == 0xFF && at < end);
      }
      if (literals > end - at) {
        throw new IndexOutOfBoundsException();
      }
      System.arraycopy(in, at, out, p, literals);
      at += literals;
      p += literals;
      if (at == end) {
        return p;
      }
      int distance = (in[at] & 0xFF) | (in[at + 1] & 0xFF) << 8;
      at += 2;
      int length = token & 15;
      if (length == LONG) {
        int more;
        do {
          more = in[at++] & 0xFF;
          length = Math.addExact(length, more);
        } while (more == 0xFF && at < end);
      }
      length += SHORTEST_MATCH;
      if (distance == 0 || distance > p - to || length > out.length - p) {
        throw new IndexOutOfBoundsException();
      }
      for (int i = 0; i < length; i++) {
        out[p + i] = out[p + i - distance];
      }
      p += length;
    }
    throw new IndexOutOfBoundsException();
  }
}

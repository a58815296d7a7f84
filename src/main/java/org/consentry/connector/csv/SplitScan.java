package org.consentry.connector.csv;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Looks at one stretch of a plain CSV file without knowing whether it begins inside quotes: finds
 * the first record end for either case, counts quotes and line breaks and takes the digest. Only
 * near the beginning are bytes looked at one by one; then eight at a time. Used by one thread.
 */
final class SplitScan {

  /** No record ends near the beginning. */
  static final int NONE = -1;

  /** How far from the beginning a record end is looked for, and then to the end of the chunk. */
  private static final int NEAR = 1 << 16;

  /**
   * The second of the two is looked for in such a part of the stretch, and so near at least: where
   * no field has a quote there is none, and looking at each byte takes longer than all else.
   */
  private static final int PART = 1 << 6;

  private static final int LEAST = 1 << 12;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long LF = ONES * '\n';
  private static final long CR = ONES * '\r';

  /** Small enough to stay in the cache between reading, counting and the digest. */
  private static final int CHUNK = 1 << 18;

  /** Words that may be added up before a byte of the sum overflows. */
  private static final int WORDS = 248;

  /**
   * A stretch of bytes.
   *
   * @param length in bytes
   * @param digest CRC-32C
   * @param lineBreaks that end in it
   */
  record Piece(long length, int digest, long lineBreaks) {

    static final Piece EMPTY = new Piece(0, 0, 0);

    Piece then(Piece next) {
      return new Piece(
          length + next.length,
          Crc32cJoin.join(digest, next.digest, next.length),
          lineBreaks + next.lineBreaks);
    }
  }

  /**
   * A stretch cut at its first record ends.
   *
   * @param first up to the earlier of the two ends
   * @param second from there to the later one
   * @param third the rest
   * @param evenEnd where a record ends first, from the beginning, if that is outside quotes
   * @param oddEnd the same, if it is inside quotes
   * @param odd whether the number of quotes is odd
   */
  record Stretch(Piece first, Piece second, Piece third, int evenEnd, int oddEnd, boolean odd) {

    Piece whole() {
      return first.then(second).then(third);
    }

    /** What is before a record end. */
    Piece before(int end) {
      return first.length() == end ? first : first.then(second);
    }

    /** What is from a record end on. */
    Piece from(int end) {
      return first.length() == end ? second.then(third) : third;
    }
  }

  private final FileChannel channel;
  private final byte quote;
  private final long quotePattern;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
  private final byte[] chunk = new byte[CHUNK + Long.BYTES];
  private final CRC32C crc = new CRC32C();

  private final int[] ends = new int[2];
  private final Piece[] pieces = new Piece[2];
  private int found;
  private long pieceStart;
  private long lineBreaks;
  private int parity;
  private byte previous;

  SplitScan(FileChannel channel, char quote) {
    this.channel = channel;
    this.quote = (byte) quote;
    this.quotePattern = ONES * this.quote;
  }

  /** Looks at the bytes from {@code from}, which is at least 1, to {@code to} - 1. */
  Stretch scan(long from, long to) throws IOException {
    begin(from);
    long distance = Math.max(LEAST, (to - from) / PART);
    long position = from;
    while (position < to) {
      int length = read(position, (int) Math.min(CHUNK, to - position));
      int at = position - from < NEAR ? near((int) (position - from), length, distance) : 0;
      count(at, length);
      position += length;
    }
    Piece last = piece(to - from);
    Piece first = found > 0 ? pieces[0] : last;
    Piece second = found > 1 ? pieces[1] : found > 0 ? last : Piece.EMPTY;
    Piece third = found > 1 ? last : Piece.EMPTY;
    return new Stretch(first, second, third, ends[0], ends[1], parity != 0);
  }

  private void begin(long from) throws IOException {
    ends[0] = NONE;
    ends[1] = NONE;
    found = 0;
    pieceStart = 0;
    lineBreaks = 0;
    parity = 0;
    crc.reset();
    read(from - 1, 1);
    previous = chunk[0];
  }

  private int read(long position, int atMost) throws IOException {
    buffer.clear().limit(atMost);
    if (channel.read(buffer, position) <= 0) {
      throw new IOException("the file ends early");
    }
    int length = buffer.flip().remaining();
    buffer.get(chunk, 0, length);
    return length;
  }

  /**
   * Byte by byte until both record ends are known, or one and the other is not near.
   *
   * @param offset of the chunk from the beginning of the stretch
   * @param distance how far from the beginning of the stretch the second one is looked for
   * @return how many bytes were counted and digested
   */
  private int near(int offset, int length, long distance) {
    int digested = 0;
    int at = 0;
    for (; at < length && found < 2 && (found == 0 || offset + at < distance); at++) {
      byte b = chunk[at];
      boolean ended = previous == '\n' || (previous == '\r' && b != '\n');
      if (ended && ends[parity] == NONE) {
        crc.update(chunk, digested, at - digested);
        digested = at;
        ends[parity] = offset + at;
        pieces[found++] = piece(offset + at);
      }
      step(b);
    }
    crc.update(chunk, digested, at - digested);
    return at;
  }

  private Piece piece(long end) {
    Piece piece = new Piece(end - pieceStart, (int) crc.getValue(), lineBreaks);
    crc.reset();
    pieceStart = end;
    lineBreaks = 0;
    return piece;
  }

  private void step(byte b) {
    if (b == '\r' || (b == '\n' && previous != '\r')) {
      lineBreaks++;
    }
    if (b == quote) {
      parity ^= 1;
    }
    previous = b;
  }

  private void count(int from, int length) {
    crc.update(chunk, from, length - from);
    int at = from;
    // The first byte alone, because it may be the LF of a CR that is no longer here.
    if (at < length) {
      step(chunk[at++]);
    }
    int words = (length - at) / Long.BYTES;
    while (words > 0) {
      int some = Math.min(words, WORDS);
      countWords(at, some);
      at += some * Long.BYTES;
      words -= some;
      previous = chunk[at - 1];
    }
    while (at < length) {
      step(chunk[at++]);
    }
  }

  /** Of eight bytes in each word an even number is no quote exactly if an even number is one. */
  private void countWords(int from, int words) {
    long quotes = 0;
    long others = 0;
    long returns = 0;
    int to = from + words * Long.BYTES;
    for (int i = from; i < to; i += Long.BYTES) {
      long w = (long) LONGS.get(chunk, i);
      long noReturn = w ^ CR;
      quotes ^= differ(w, quotePattern);
      others += (differ(w, LF) & HIGH) >>> 7;
      returns |= (noReturn - ONES) & ~noReturn;
    }
    parity ^= Long.bitCount(quotes & HIGH) & 1;
    boolean hasReturns = (returns & HIGH) != 0 || chunk[from - 1] == '\r';
    lineBreaks += to - from - sum(others) + (hasReturns ? loneReturns(from, to) : 0);
  }

  /** CR less the LF that follow one; negative where a CR comes before. */
  private long loneReturns(int from, int to) {
    long lone = 0;
    for (int i = from; i < to; i++) {
      if (chunk[i] == '\r') {
        lone++;
      }
      if (chunk[i] == '\n' && chunk[i - 1] == '\r') {
        lone--;
      }
    }
    return lone;
  }

  /** High bits set where the byte is not the pattern's. */
  private static long differ(long w, long pattern) {
    long x = w ^ pattern;
    return ((x & LOW) + LOW) | x;
  }

  private static long sum(long lanes) {
    long pairs = (lanes & 0x00FF00FF00FF00FFL) + ((lanes >>> 8) & 0x00FF00FF00FF00FFL);
    return (pairs * 0x0001000100010001L) >>> 48;
  }
}

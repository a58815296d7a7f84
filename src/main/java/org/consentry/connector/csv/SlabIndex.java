package org.consentry.connector.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds where fields and records end, 64 bytes at a time, eight to a machine word, without looking
 * at a byte alone. Bytes become bit masks (delimiter, quote, line break); a running parity of the
 * quote mask marks which of them are inside quotes, as in Langdale and Lemire, Parsing Gigabytes of
 * JSON per Second (2019), section 3.1.
 *
 * <p>Invariants after {@link #scan}: {@code separators[0]} is one before the first byte of the
 * first record, {@code separators[1..count-1]} are the ends of its fields and of those that follow,
 * in order; the field between entries {@code i} and {@code i+1} is {@code separators[i]+1 ..
 * separators[i+1]-1}. {@code terminators[0..records-1]} are the entries that end a record, at a LF
 * or at a lone CR; before such a LF one CR may be left in the field. Quotes are checked: one opens
 * only at the start of a field and one closes only at its end. Not thread-safe.
 */
final class SlabIndex {

  /** No error was found. */
  static final int NONE = -1;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long GATHER = 0x0002040810204081L;

  /** CR is the highest byte that ends a line; everything up to it is looked at again. */
  private static final long CONTROL = ONES * (0x80 + '\r');

  private static final int BLOCK = Long.SIZE;

  private final long delimiter;
  private final long quote;

  int[] separators = new int[1 << 12];
  int count;
  int[] terminators = new int[1 << 8];
  int records;

  /** Starts of the blocks that have a NUL or a byte over 7F. */
  int[] special = new int[1 << 6];

  int specials;

  /** Whether there is a NUL among the special blocks. */
  boolean nuls;

  boolean quotes;
  boolean doubledQuotes;
  boolean carriageReturns;
  long lineBreaks;

  /** Position of the first quote that is where it must not be, or {@link #NONE}. */
  int misplacedQuote = NONE;

  /** Whether the misplaced quote would open a field; otherwise it would close one. */
  boolean misplacedOpens;

  /** All ones while inside quotes. */
  private long inside;

  /** One when a quote may open at the next byte. */
  private long mayOpen;

  /** One when the last byte closed a quote. */
  private long closed;

  SlabIndex(byte delimiter, byte quote) {
    this.delimiter = ONES * delimiter;
    this.quote = ONES * quote;
  }

  /** Begins again at the first byte of a record. */
  void begin(int record) {
    separators[0] = record - 1;
    count = 1;
    records = 0;
    specials = 0;
    lineBreaks = 0;
    inside = 0;
    mayOpen = 1;
    closed = 0;
    clearFlags();
  }

  /** Forgets the records found so far, whose rows were taken; keeps the one not ended yet. */
  void forgetRecords(int scanned) {
    int taken = records == 0 ? 0 : terminators[records - 1];
    count -= taken;
    System.arraycopy(separators, taken, separators, 0, count);
    records = 0;
    int kept = 0;
    for (int i = 0; i < specials; i++) {
      if (special[i] + BLOCK > separators[0]) {
        special[kept++] = special[i];
      }
    }
    specials = kept;
    if (separators[0] + 1 == scanned) {
      clearFlags();
    }
  }

  private void clearFlags() {
    nuls = false;
    quotes = false;
    doubledQuotes = false;
    carriageReturns = false;
  }

  /** Whether the last byte looked at is inside quotes. */
  boolean insideQuotes() {
    return inside != 0;
  }

  /**
   * Looks at {@code from} to {@code to} - 1, which continues where the last call stopped. Unless
   * {@code to - from} is a multiple of 64 nothing may follow. The byte at {@code to} must exist
   * and, unless nothing follows, be the next byte.
   */
  void scan(byte[] b, int from, int to) {
    ensureRoom(to - from);
    int at = from;
    for (; at + BLOCK <= to && misplacedQuote == NONE; at += BLOCK) {
      block(b, at);
    }
    if (at < to && misplacedQuote == NONE) {
      tail(b, at, (1L << (to - at)) - 1);
    }
  }

  private void ensureRoom(int bytes) {
    int most = count + bytes + BLOCK;
    if (separators.length < most) {
      separators = Arrays.copyOf(separators, Math.max(most, separators.length * 2));
    }
    if (terminators.length < records + bytes) {
      terminators = Arrays.copyOf(terminators, Math.max(records + bytes, terminators.length * 2));
    }
    int blocks = specials + bytes / BLOCK + 1;
    if (special.length < blocks) {
      special = Arrays.copyOf(special, Math.max(blocks, special.length * 2));
    }
  }

  /**
   * Most blocks are ASCII and have delimiters only; all others, by one test each, take the careful
   * way. Of bytes below 80, one subtraction shows which are equal to another.
   */
  private void block(byte[] b, int at) {
    long w0 = (long) LONGS.get(b, at);
    long w1 = (long) LONGS.get(b, at + 8);
    long w2 = (long) LONGS.get(b, at + 16);
    long w3 = (long) LONGS.get(b, at + 24);
    long w4 = (long) LONGS.get(b, at + 32);
    long w5 = (long) LONGS.get(b, at + 40);
    long w6 = (long) LONGS.get(b, at + 48);
    long w7 = (long) LONGS.get(b, at + 56);
    if (((w0 | w1 | w2 | w3 | w4 | w5 | w6 | w7) & HIGH) != 0) {
      special[specials++] = at;
      careful(b, at, -1L);
      return;
    }
    long q = quote;
    long quoted =
        ((HIGH - (w0 ^ q)) | (HIGH - (w1 ^ q)) | (HIGH - (w2 ^ q)) | (HIGH - (w3 ^ q)))
            | ((HIGH - (w4 ^ q)) | (HIGH - (w5 ^ q)) | (HIGH - (w6 ^ q)) | (HIGH - (w7 ^ q)));
    long controls =
        ((CONTROL - w0) | (CONTROL - w1) | (CONTROL - w2) | (CONTROL - w3))
            | ((CONTROL - w4) | (CONTROL - w5) | (CONTROL - w6) | (CONTROL - w7));
    boolean hasControls = (controls & HIGH) != 0;
    if (((quoted & HIGH) | closed) != 0 || (inside != 0 && hasControls)) {
      careful(b, at, -1L);
    } else if (inside == 0) {
      long d = delimiter;
      long delimiters =
          (gather(HIGH - (w0 ^ d)) | (gather(HIGH - (w1 ^ d)) << 8))
              | ((gather(HIGH - (w2 ^ d)) << 16) | (gather(HIGH - (w3 ^ d)) << 24))
              | ((gather(HIGH - (w4 ^ d)) << 32) | (gather(HIGH - (w5 ^ d)) << 40))
              | ((gather(HIGH - (w6 ^ d)) << 48) | (gather(HIGH - (w7 ^ d)) << 56));
      if (hasControls) {
        lines(b, at, delimiters);
      } else {
        mayOpen = delimiters >>> 63;
        emit(delimiters, at);
      }
    }
  }

  /** A block outside quotes that has no quote, but a byte up to CR: most of these are line ends. */
  private void lines(byte[] b, int at, long delimiters) {
    long lineFeeds = 0;
    for (long rest = controlMask(b, at) & ~delimiters; rest != 0; rest &= rest - 1) {
      if (b[at + Long.numberOfTrailingZeros(rest)] != '\n') {
        careful(b, at, -1L);
        return;
      }
      lineFeeds |= rest & -rest;
    }
    lineBreaks += Long.bitCount(lineFeeds);
    mayOpen = (delimiters | lineFeeds) >>> 63;
    emitRecords(delimiters | lineFeeds, lineFeeds, at);
  }

  /** High bits set where the byte equals the pattern's. */
  private static long equal(long w, long pattern) {
    long x = w ^ pattern;
    return ~(((x & LOW) + LOW) | x);
  }

  /** High bits of eight bytes to eight bits. */
  private static long gather(long highs) {
    return ((highs & HIGH) * GATHER) >>> 56;
  }

  private static long mask(byte[] b, int at, long pattern) {
    long mask = 0;
    for (int i = 0; i < BLOCK; i += Long.BYTES) {
      mask |= gather(equal((long) LONGS.get(b, at + i), pattern)) << i;
    }
    return mask;
  }

  private static boolean hasHigh(byte[] b, int at, long valid) {
    for (int i = 0; i < BLOCK; i += Long.BYTES) {
      long highs = gather((long) LONGS.get(b, at + i)) << i;
      if ((highs & valid) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The last bytes of the split. */
  private void tail(byte[] b, int at, long valid) {
    if (hasHigh(b, at, valid)) {
      special[specials++] = at;
    }
    careful(b, at, valid);
  }

  /** Bytes up to CR. */
  private static long controlMask(byte[] b, int at) {
    long mask = 0;
    for (int i = 0; i < BLOCK; i += Long.BYTES) {
      long w = (long) LONGS.get(b, at + i);
      mask |= gather((CONTROL - (w & LOW)) & ~w) << i;
    }
    return mask;
  }

  private void noteNul(int at) {
    nuls = true;
    if (specials == 0 || special[specials - 1] != at) {
      special[specials++] = at;
    }
  }

  /** Any block. Controls are few; each is looked at alone. */
  private void careful(byte[] b, int at, long valid) {
    long delimiters = mask(b, at, delimiter) & valid;
    long quoteMask = mask(b, at, quote) & valid;
    long lineFeeds = 0;
    long returns = 0;
    for (long rest = controlMask(b, at) & valid & ~delimiters; rest != 0; rest &= rest - 1) {
      switch (b[at + Long.numberOfTrailingZeros(rest)]) {
        case '\n' -> lineFeeds |= rest & -rest;
        case '\r' -> returns |= rest & -rest;
        case 0 -> noteNul(at);
        default -> {}
      }
    }
    long separating = delimiters | lineFeeds | returns;
    long ends = lineFeeds;
    if (returns != 0) {
      carriageReturns = true;
      long next = valid == -1L && b[at + BLOCK] == '\n' ? 1L << 63 : 0;
      ends |= returns & ~(lineFeeds >>> 1 | next);
    }
    lineBreaks += Long.bitCount(ends);
    long quoted = inside;
    if ((quoteMask | closed) != 0) {
      quoted = prefixXor(quoteMask) ^ inside;
      checkQuotes(at, quoteMask, quoted, separating, valid);
      inside = quoted >> 63;
    }
    mayOpen = (separating | quoteMask) >>> 63;
    long outside = ~quoted;
    emitRecords((delimiters | ends) & outside, ends & outside, at);
  }

  /** Bit i is the parity of bits 0 to i. */
  private static long prefixXor(long mask) {
    long x = mask;
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    x ^= x << 32;
    return x;
  }

  /**
   * A quote opens only after a separator, or after a closing quote, with which it makes a doubled
   * one. A closing quote is followed by a separator, or by an opening one.
   */
  private void checkQuotes(int at, long quoteMask, long quoted, long separating, long valid) {
    long opening = quoteMask & quoted;
    long closing = quoteMask & ~quoted;
    long bounds = separating | quoteMask;
    long misplacedOpening = opening & ~(bounds << 1 | mayOpen);
    long last = Long.highestOneBit(valid);
    long misplacedClosing = closing & ~(bounds >>> 1) & ~last;
    quotes = true;
    doubledQuotes |= (opening & (closing << 1 | closed)) != 0;
    if (closed != 0 && (bounds & 1) == 0) {
      misplacedQuote = at - 1;
      misplacedOpens = false;
    } else if ((misplacedOpening | misplacedClosing) != 0) {
      long first = Long.lowestOneBit(misplacedOpening | misplacedClosing);
      misplacedQuote = at + Long.numberOfTrailingZeros(first);
      misplacedOpens = (misplacedOpening & first) != 0;
    }
    closed = closing >>> 63;
  }

  private void emitRecords(long separating, long ends, int at) {
    int first = count;
    for (long rest = ends; rest != 0; rest &= rest - 1) {
      long end = rest & -rest;
      terminators[records++] = first + Long.bitCount(separating & (end - 1));
    }
    emit(separating, at);
  }

  /** Writes more entries than there are, so that the usual block takes no unforeseeable branch. */
  private void emit(long mask, int at) {
    int[] into = separators;
    int n = count;
    int found = Long.bitCount(mask);
    long rest = mask;
    for (int i = 0; i < 8; i++) {
      into[n + i] = at + Long.numberOfTrailingZeros(rest);
      rest &= rest - 1;
    }
    for (int i = 8; i < found; i++) {
      into[n + i] = at + Long.numberOfTrailingZeros(rest);
      rest &= rest - 1;
    }
    count = n + found;
  }
}

package org.consentry.source;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Cuts a plain CSV file on record boundaries in one pass: after an even number of quotes a line
 * break ends a record. Between two places where it may cut it counts only, eight bytes at a time.
 * Where a bare quote makes the count lie, whoever reads the records finds it.
 */
final class CsvSplitter {

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

  private final String table;
  private final long target;
  private final long quotePattern;
  private final byte quote;

  private final List<Split> splits = new ArrayList<>();
  private final CRC32C crc = new CRC32C();
  private final byte[] chunk = new byte[CHUNK + 2 * Long.BYTES];
  private long start;
  private long startLine;
  private long line;
  private boolean insideQuotes;

  /** The last byte was a CR, at which a record would end unless a LF follows. */
  private boolean afterReturn;

  CsvSplitter(String table, char quote, long target, long firstLine) {
    this.table = table;
    this.target = target;
    this.quote = (byte) quote;
    this.quotePattern = ONES * this.quote;
    this.startLine = firstLine;
    this.line = firstLine;
  }

  /**
   * The splits from {@code from} to {@code size} - 1, or empty when the last quote is not closed.
   */
  Optional<List<Split>> cut(FileChannel channel, long from, long size) throws IOException {
    start = from;
    long position = from;
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    while (position < size) {
      buffer.clear().limit((int) Math.min(CHUNK, size - position));
      if (channel.read(buffer, position) < 0) {
        break;
      }
      int length = buffer.flip().remaining();
      buffer.get(chunk, 0, length);
      take(position, length);
      position += length;
    }
    if (position > start) {
      end(position);
    }
    return insideQuotes ? Optional.empty() : Optional.of(splits);
  }

  private void take(long position, int length) {
    int digested = 0;
    int at = 0;
    while (at < length) {
      long countOnly = start + target - 1 - (position + at);
      if (countOnly > 0) {
        int to = (int) Math.min(length, at + countOnly);
        count(at, to);
        at = to;
      } else {
        at = findEnd(at, length);
        boolean found = at <= length;
        at = Math.min(at, length);
        if (found) {
          crc.update(chunk, digested, at - digested);
          digested = at;
          end(position + at);
        }
      }
    }
    crc.update(chunk, digested, length - digested);
  }

  private void end(long position) {
    splits.add(new Split(table, splits.size(), start, position, startLine, (int) crc.getValue()));
    crc.reset();
    start = position;
    startLine = line;
  }

  /** One past the byte that ends the record, or more than {@code length} when it is not here. */
  private int findEnd(int from, int length) {
    for (int i = from; i < length; i++) {
      byte b = chunk[i];
      if (afterReturn && b != '\n' && !insideQuotes) {
        afterReturn = false;
        return i;
      }
      step(b);
      if (b == '\n' && !insideQuotes) {
        return i + 1;
      }
    }
    return length + 1;
  }

  private void step(byte b) {
    if (b == '\r' || (b == '\n' && !afterReturn)) {
      line++;
    }
    afterReturn = b == '\r';
    if (b == quote) {
      insideQuotes = !insideQuotes;
    }
  }

  private void count(int from, int to) {
    int at = from;
    // The first byte alone, because it may be the LF of a CR that is no longer here.
    if (at < to) {
      step(chunk[at++]);
    }
    int words = (to - at) / Long.BYTES;
    while (words > 0) {
      int some = Math.min(words, WORDS);
      countWords(at, some);
      at += some * Long.BYTES;
      words -= some;
    }
    afterReturn = chunk[at - 1] == '\r';
    while (at < to) {
      step(chunk[at++]);
    }
  }

  private void countWords(int from, int words) {
    long quotes = 0;
    long breaks = 0;
    long returns = chunk[from - 1] == '\r' ? 1 : 0;
    int to = from + words * Long.BYTES;
    for (int i = from; i < to; i += Long.BYTES) {
      long w = (long) LONGS.get(chunk, i);
      quotes += equal(w, quotePattern) >>> 7;
      breaks += equal(w, LF) >>> 7;
      returns |= equal(w, CR);
    }
    insideQuotes ^= (sum(quotes) & 1) != 0;
    line += sum(breaks) + (returns == 0 ? 0 : loneReturns(from, to));
  }

  /** CR that no LF follows; their count may be negative where a LF's CR stands before. */
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

  private static long equal(long w, long pattern) {
    long x = w ^ pattern;
    return ~(((x & LOW) + LOW) | x) & HIGH;
  }

  private static long sum(long lanes) {
    long pairs = (lanes & 0x00FF00FF00FF00FFL) + ((lanes >>> 8) & 0x00FF00FF00FF00FFL);
    return (pairs * 0x0001000100010001L) >>> 48;
  }
}

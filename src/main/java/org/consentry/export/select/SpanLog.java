package org.consentry.export.select;

import java.util.Arrays;
import org.consentry.export.decide.RecordSpans;

/**
 * Of which subjects a split released records, and of which days: the ledger stores it so that a
 * consent that is narrowed later can be compared with it. Rows of one subject that follow each
 * other are one entry. Not thread-safe: one a split.
 *
 * <p>Written as entries of three variable-length numbers (the subject as a difference to the one
 * before, the first day, the days up to the last). {@link CountedSubjects#join} makes it whole.
 */
public final class SpanLog {

  /** The first day of a record whose dates are not all known, or that has none. */
  public static final int EVER = Integer.MIN_VALUE;

  /** The last day of such a record. */
  public static final int FOREVER = Integer.MAX_VALUE;

  private static final int LONGEST_ENTRY = 30;

  private byte[] bytes = new byte[1 << 10];
  private int end;
  private long before;
  private int subject = -1;
  private int first;
  private int last;

  /**
   * Adds one released record.
   *
   * @param of the subject's number, 0 or more
   * @param from its first day, days since 1970-01-01, or {@link #EVER}
   * @param to its last day, not before the first
   */
  public void add(int of, int from, int to) {
    if (of == subject) {
      first = Math.min(first, from);
      last = Math.max(last, to);
      return;
    }
    flush();
    subject = of;
    first = from;
    last = to;
  }

  private void flush() {
    if (subject < 0) {
      return;
    }
    if (bytes.length - end < LONGEST_ENTRY) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    put(subject - before);
    put(first);
    put((long) last - first);
    before = subject;
    subject = -1;
  }

  /** Seven bits a byte, the sign in the lowest bit. */
  private void put(long number) {
    long left = number << 1 ^ number >> 63;
    while ((left & ~0x7fL) != 0) {
      bytes[end++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[end++] = (byte) left;
  }

  /** All that was added, as {@link #addTo} reads it. */
  public byte[] toBytes() {
    flush();
    return Arrays.copyOf(bytes, end);
  }

  /**
   * Adds the entries of a log to what is known of a table.
   *
   * @param log what {@link #toBytes} wrote
   */
  public static void addTo(RecordSpans spans, byte[] log) {
    Reader reader = new Reader(log);
    long subject = 0;
    while (reader.at < log.length) {
      subject += reader.next();
      long first = reader.next();
      long days = reader.next();
      spans.add((int) subject, (int) first, (int) (first + days));
    }
  }

  /** Reads numbers. */
  private static final class Reader {
    private final byte[] log;
    private int at;

    Reader(byte[] log) {
      this.log = log;
    }

    long next() {
      long number = 0;
      int shift = 0;
      byte part;
      do {
        part = log[at++];
        number |= (part & 0x7fL) << shift;
        shift += 7;
      } while (part < 0);
      return number >>> 1 ^ -(number & 1);
    }
  }
}

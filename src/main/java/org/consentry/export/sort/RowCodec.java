package org.consentry.export.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import org.consentry.data.Field;
import org.consentry.data.Schema;

/**
 * How a released row becomes bytes whose order is the order of release: the leading column first,
 * then the others as the schema has them; missing before present; texts by their UTF-8 bytes,
 * numbers and dates by value.
 *
 * <p>A missing cell is a zero byte. A text is 1, its bytes and a zero byte; the bytes 0 and 1
 * inside a text are written as {@code 1 1} and {@code 1 2}. A number is a byte that gives sign and
 * length ({@code 0x80 + n} from zero on, {@code 0x7F - n} below zero) and its {@code n} lowest
 * bytes, highest first. No row is the beginning of another, so equal bytes mean equal rows.
 *
 * <p>Bytes are written and read eight at a time: arrays have {@link #SLACK} bytes behind the rows.
 */
final class RowCodec {

  static final byte MISSING = 0;
  static final byte TEXT = 1;
  static final int ZERO = 0x80;

  /** Bytes of the longest number. */
  static final int LONGEST_NUMBER = 9;

  /** Bytes of an array behind the last row, of no meaning. */
  static final int SLACK = 8;

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOP = 0x8080_8080_8080_8080L;

  private final int[] columns;
  private final boolean[] texts;

  /**
   * A codec.
   *
   * @param first position in the schema of the column that leads; the first one when empty
   */
  RowCodec(Schema schema, OptionalInt first) {
    List<Field> fields = schema.fields();
    columns = new int[fields.size()];
    texts = new boolean[fields.size()];
    int at = 0;
    if (first.isPresent()) {
      columns[at++] = first.getAsInt();
    }
    for (int column = 0; column < columns.length; column++) {
      if (first.isEmpty() || column != first.getAsInt()) {
        columns[at++] = column;
      }
    }
    for (int i = 0; i < columns.length; i++) {
      texts[i] = fields.get(columns[i]).type().isBytes();
    }
  }

  /** Number of columns. */
  int size() {
    return columns.length;
  }

  /** Position in the schema of the column that is encoded at this place. */
  int column(int place) {
    return columns[place];
  }

  /** Whether the column that is encoded at this place contains texts. */
  boolean isText(int place) {
    return texts[place];
  }

  /** Eight bytes as a number that compares, unsigned, as they do. */
  static long word(byte[] in, int start) {
    return (long) BIG.get(in, start);
  }

  /** Writes a number and gives the position behind it. */
  static int put(long value, byte[] out, int start) {
    long magnitude = value ^ (value >> 63);
    int bytes = (71 - Long.numberOfLeadingZeros(magnitude)) >> 3;
    out[start] = (byte) (value < 0 ? ZERO - 1 - bytes : ZERO + bytes);
    BIG.set(out, start + 1, value << (-8 * bytes));
    return start + 1 + bytes;
  }

  /** Number of bytes that follow the first byte of a number. */
  static int bytes(int first) {
    return first >= ZERO ? first - ZERO : ZERO - 1 - first;
  }

  /** Reads the number whose first byte is at the position. */
  static long number(byte[] in, int start) {
    int first = in[start] & 0xFF;
    int bytes = bytes(first);
    long sign = first >= ZERO ? 0 : -1;
    return bytes == 0 ? sign : ((word(in, start + 1) ^ sign) >>> (-8 * bytes)) ^ sign;
  }

  /** Writes a text and gives the position behind it. Needs room for twice its bytes and two. */
  static int put(byte[] in, int from, int to, byte[] out, int start) {
    out[start] = TEXT;
    int at = start + 1;
    int length = to - from;
    long escapes = 0;
    if (length >= 8) {
      for (int i = 0; i < length - 8; i += 8) {
        long word = (long) LITTLE.get(in, from + i);
        LITTLE.set(out, at + i, word);
        escapes |= zero(word & ~EACH);
      }
      long word = (long) LITTLE.get(in, to - 8);
      LITTLE.set(out, at + length - 8, word);
      escapes |= zero(word & ~EACH);
    } else if (from + 8 <= in.length) {
      long word = (long) LITTLE.get(in, from);
      LITTLE.set(out, at, word);
      escapes = zero((word | (-1L << (8 * length))) & ~EACH);
    } else {
      escapes = 1;
    }
    int end = escapes == 0 ? at + length : escaped(in, from, to, out, at);
    out[end] = 0;
    return end + 1;
  }

  private static int escaped(byte[] in, int from, int to, byte[] out, int start) {
    int at = start;
    for (int i = from; i < to; i++) {
      byte b = in[i];
      if (b >> 1 == 0) {
        out[at++] = 1;
        out[at++] = (byte) (b + 1);
      } else {
        out[at++] = b;
      }
    }
    return at;
  }

  /** Not zero if and only if one of the eight bytes is; the lowest bit set is that of the first. */
  private static long zero(long word) {
    return (word - EACH) & ~word & TOP;
  }

  /**
   * Position of the zero byte that ends a text, given its first byte behind the mark; its
   * complement when the text has escaped bytes.
   */
  static int end(byte[] in, int start) {
    int at = start;
    long escapes = 0;
    long word = (long) LITTLE.get(in, at);
    long end = zero(word);
    while (end == 0) {
      escapes |= zero(word ^ EACH);
      at += 8;
      word = (long) LITTLE.get(in, at);
      end = zero(word);
    }
    escapes |= zero(word ^ EACH) & (end ^ (end - 1));
    int position = at + (Long.numberOfTrailingZeros(end) >> 3);
    return escapes == 0 ? position : ~position;
  }

  /**
   * Puts a text whose bytes 0 and 1 are escaped into its own place as it was.
   *
   * @param end position of the zero byte behind it
   * @return the position behind the text
   */
  static int unescape(byte[] bytes, int start, int end) {
    int to = start;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      bytes[to++] = b == 1 ? (byte) (bytes[++at] - 1) : b;
    }
    return to;
  }
}

package org.consentry.export.sort;

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
 */
final class RowCodec {

  static final byte MISSING = 0;
  static final byte TEXT = 1;
  static final int ZERO = 0x80;

  /** Bytes of the longest number. */
  static final int LONGEST_NUMBER = 9;

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

  /** Writes a number and gives the position behind it. */
  static int put(long value, byte[] out, int start) {
    int at = start;
    long magnitude = value ^ (value >> 63);
    int bytes = (71 - Long.numberOfLeadingZeros(magnitude)) >> 3;
    out[at++] = (byte) (value < 0 ? ZERO - 1 - bytes : ZERO + bytes);
    for (int shift = (bytes - 1) << 3; shift >= 0; shift -= 8) {
      out[at++] = (byte) (value >>> shift);
    }
    return at;
  }

  /** Number of bytes that follow the first byte of a number. */
  static int bytes(int first) {
    return first >= ZERO ? first - ZERO : ZERO - 1 - first;
  }

  /** Reads the number whose first byte is at the position. */
  static long number(byte[] in, int start) {
    int first = in[start] & 0xFF;
    int bytes = bytes(first);
    long value = first >= ZERO ? 0 : -1;
    for (int i = 1; i <= bytes; i++) {
      value = (value << 8) | (in[start + i] & 0xFF);
    }
    return value;
  }

  /** Writes a text and gives the position behind it. Needs room for twice its bytes and two. */
  static int put(byte[] in, int from, int to, byte[] out, int start) {
    int at = start;
    out[at++] = TEXT;
    for (int i = from; i < to; i++) {
      byte b = in[i];
      if (b >> 1 == 0) {
        out[at++] = 1;
        out[at++] = (byte) (b + 1);
      } else {
        out[at++] = b;
      }
    }
    out[at++] = 0;
    return at;
  }
}

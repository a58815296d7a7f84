package org.consentry.connector.parquet.source;

import java.util.Arrays;

/**
 * The values of a page that are bytes; missing ones have no place. Not thread-safe.
 *
 * <p>Invariant: after {@link #read} every range is within {@link #buffer()} until the next call.
 */
abstract class ByteValues {

  /** The most bytes that values of one call may have where few bytes of a page make many. */
  private static final int MOST_BYTES = 1 << 28;

  /** Where the values are. */
  abstract byte[] buffer();

  /**
   * Finds the next values.
   *
   * @throws Damage when there are not so many
   */
  abstract void read(int[] starts, int[] ends, int count);

  /**
   * The values from {@code at} to the end of the array.
   *
   * @param width bytes of each, or 0 when that differs
   */
  static ByteValues of(Physical physical, int width, Encoding encoding, byte[] bytes, int at) {
    boolean fixed = physical != Physical.BYTE_ARRAY;
    return switch (encoding) {
      case PLAIN -> fixed ? new Fixed(bytes, at, width) : new Prefixed(bytes, at);
      case DELTA_LENGTH_BYTE_ARRAY -> {
        if (fixed) {
          throw encoding.notFor(physical);
        }
        yield new Lengths(bytes, at);
      }
      case DELTA_BYTE_ARRAY -> {
        if (physical == Physical.INT96) {
          throw encoding.notFor(physical);
        }
        yield new Suffixes(bytes, at, width);
      }
      case BYTE_STREAM_SPLIT -> {
        if (physical != Physical.FIXED_LEN_BYTE_ARRAY) {
          throw encoding.notFor(physical);
        }
        yield new Split(ByteStreams.of(bytes, at, width));
      }
      default -> throw encoding.notFor(physical);
    };
  }

  /** Each value after its length. */
  private static final class Prefixed extends ByteValues {
    private final byte[] bytes;
    private int at;

    Prefixed(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    @Override
    byte[] buffer() {
      return bytes;
    }

    @Override
    void read(int[] starts, int[] ends, int count) {
      int p = at;
      for (int i = 0; i < count; i++) {
        if (bytes.length - p < Integer.BYTES) {
          throw Plain.fewer();
        }
        int length = (int) Plain.INTS.get(bytes, p);
        p += Integer.BYTES;
        if (length < 0 || length > bytes.length - p) {
          throw Plain.fewer();
        }
        starts[i] = p;
        p += length;
        ends[i] = p;
      }
      at = p;
    }
  }

  /** Values of one length. */
  private static final class Fixed extends ByteValues {
    private final byte[] bytes;
    private final int width;
    private int at;

    Fixed(byte[] bytes, int at, int width) {
      this.bytes = bytes;
      this.at = at;
      this.width = width;
    }

    @Override
    byte[] buffer() {
      return bytes;
    }

    @Override
    void read(int[] starts, int[] ends, int count) {
      if (count > (bytes.length - at) / width) {
        throw Plain.fewer();
      }
      for (int i = 0; i < count; i++) {
        starts[i] = at;
        at += width;
        ends[i] = at;
      }
    }
  }

  /** All lengths, then all values. */
  private static final class Lengths extends ByteValues {
    private final byte[] bytes;
    private final Deltas lengths;
    private int at;
    private long[] next = new long[0];

    Lengths(byte[] bytes, int at) {
      this.bytes = bytes;
      this.lengths = new Deltas(bytes, at, bytes.length);
      this.at = Deltas.end(bytes, at, bytes.length);
    }

    @Override
    byte[] buffer() {
      return bytes;
    }

    @Override
    void read(int[] starts, int[] ends, int count) {
      next = next.length < count ? new long[count] : next;
      lengths.read(next, count);
      for (int i = 0; i < count; i++) {
        int length = (int) next[i];
        if (length < 0 || length > bytes.length - at) {
          throw Plain.fewer();
        }
        starts[i] = at;
        at += length;
        ends[i] = at;
      }
    }
  }

  /** How much of the value before each begins with, then the rest of it. */
  private static final class Suffixes extends ByteValues {
    private final Deltas prefixes;
    private final ByteValues suffixes;
    private final int width;
    private byte[] made = new byte[0];
    private byte[] last = new byte[0];
    private long[] shared = new long[0];

    Suffixes(byte[] bytes, int at, int width) {
      this.width = width;
      prefixes = new Deltas(bytes, at, bytes.length);
      suffixes = new Lengths(bytes, Deltas.end(bytes, at, bytes.length));
    }

    @Override
    byte[] buffer() {
      return made;
    }

    @Override
    void read(int[] starts, int[] ends, int count) {
      if (count == 0) {
        return;
      }
      shared = shared.length < count ? new long[count] : shared;
      prefixes.read(shared, count);
      suffixes.read(starts, ends, count);
      byte[] rest = suffixes.buffer();
      int used = 0;
      int before = last.length;
      for (int i = 0; i < count; i++) {
        int prefix = (int) shared[i];
        int suffix = ends[i] - starts[i];
        if (prefix < 0 || prefix > before || (width > 0 && prefix + suffix != width)) {
          throw new Damage("has a value that begins with more than the value before it has");
        }
        reserve(used, (long) prefix + suffix);
        System.arraycopy(i == 0 ? last : made, i == 0 ? 0 : used - before, made, used, prefix);
        System.arraycopy(rest, starts[i], made, used + prefix, suffix);
        starts[i] = used;
        before = prefix + suffix;
        used += before;
        ends[i] = used;
      }
      last = Arrays.copyOfRange(made, used - before, used);
    }

    private void reserve(int used, long more) {
      if (used + more > MOST_BYTES) {
        throw new Damage("has a page whose values need more than " + (MOST_BYTES >> 20) + " MiB");
      }
      if (used + more > made.length) {
        made =
            Arrays.copyOf(
                made, (int) Math.max(used + more, Math.min(MOST_BYTES, made.length * 2L)));
      }
    }
  }

  private static final class Split extends ByteValues {
    private final ByteStreams streams;
    private int next;
    private byte[] made = new byte[0];

    Split(ByteStreams streams) {
      this.streams = streams;
    }

    @Override
    byte[] buffer() {
      return made;
    }

    @Override
    void read(int[] starts, int[] ends, int count) {
      streams.require(count, next);
      int width = streams.width();
      made = made.length < count * width ? new byte[count * width] : made;
      for (int i = 0; i < count; i++, next++) {
        starts[i] = i * width;
        ends[i] = starts[i] + width;
        for (int k = 0; k < width; k++) {
          made[starts[i] + k] = streams.get(next, k);
        }
      }
    }
  }
}

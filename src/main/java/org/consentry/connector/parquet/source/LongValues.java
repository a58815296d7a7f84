package org.consentry.connector.parquet.source;

/**
 * The values of a page that are numbers of up to 64 bits, or the bits of one; missing ones have no
 * place. Not thread-safe.
 */
abstract class LongValues {

  /**
   * Reads the next values.
   *
   * @throws Damage when there are not so many
   */
  abstract void read(long[] into, int count);

  /** The values from {@code at} to the end of the array. */
  static LongValues of(Physical physical, Encoding encoding, byte[] bytes, int at) {
    return switch (encoding) {
      case PLAIN -> physical == Physical.BOOLEAN ? new Bits(bytes, at) : plain(physical, bytes, at);
      case RLE -> {
        if (physical != Physical.BOOLEAN) {
          throw encoding.notFor(physical);
        }
        yield runs(bytes, at);
      }
      case DELTA_BINARY_PACKED -> {
        if (physical != Physical.INT32 && physical != Physical.INT64) {
          throw encoding.notFor(physical);
        }
        yield new OfDeltas(new Deltas(bytes, at, bytes.length), physical);
      }
      case BYTE_STREAM_SPLIT -> {
        if (physical == Physical.BOOLEAN) {
          throw encoding.notFor(physical);
        }
        yield new Split(ByteStreams.of(bytes, at, physical.width()));
      }
      default -> throw encoding.notFor(physical);
    };
  }

  private static LongValues plain(Physical physical, byte[] bytes, int at) {
    return physical.width() == Integer.BYTES ? new Ints(bytes, at) : new Longs(bytes, at);
  }

  private static LongValues runs(byte[] bytes, int at) {
    if (bytes.length - at < Integer.BYTES) {
      throw Plain.fewer();
    }
    int length = Plain.int32(bytes, at);
    int start = at + Integer.BYTES;
    if (length < 0 || length > bytes.length - start) {
      throw Plain.fewer();
    }
    return new OfRuns(new Runs(bytes, start, start + length, 1));
  }

  private static final class Ints extends LongValues {
    private final byte[] bytes;
    private int at;

    Ints(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    @Override
    void read(long[] into, int count) {
      if (count > (bytes.length - at) / Integer.BYTES) {
        throw Plain.fewer();
      }
      for (int i = 0; i < count; i++) {
        into[i] = (int) Plain.INTS.get(bytes, at);
        at += Integer.BYTES;
      }
    }
  }

  private static final class Longs extends LongValues {
    private final byte[] bytes;
    private int at;

    Longs(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    @Override
    void read(long[] into, int count) {
      if (count > (bytes.length - at) / Long.BYTES) {
        throw Plain.fewer();
      }
      for (int i = 0; i < count; i++) {
        into[i] = (long) Plain.LONGS.get(bytes, at);
        at += Long.BYTES;
      }
    }
  }

  private static final class Bits extends LongValues {
    private final byte[] bytes;
    private long bit;

    Bits(byte[] bytes, int at) {
      this.bytes = bytes;
      this.bit = 8L * at;
    }

    @Override
    void read(long[] into, int count) {
      if (bit + count > 8L * bytes.length) {
        throw Plain.fewer();
      }
      for (int i = 0; i < count; i++, bit++) {
        into[i] = (long) bytes[(int) (bit >>> 3)] >>> (bit & 7) & 1;
      }
    }
  }

  private static final class OfRuns extends LongValues {
    private final Runs runs;
    private int[] numbers = new int[0];

    OfRuns(Runs runs) {
      this.runs = runs;
    }

    @Override
    void read(long[] into, int count) {
      if (numbers.length < count) {
        numbers = new int[count];
      }
      runs.read(numbers, 0, count);
      for (int i = 0; i < count; i++) {
        into[i] = numbers[i];
      }
    }
  }

  /** Differences of 32-bit numbers are taken in 32 bits. */
  private static final class OfDeltas extends LongValues {
    private final Deltas deltas;
    private final Physical physical;

    OfDeltas(Deltas deltas, Physical physical) {
      this.deltas = deltas;
      this.physical = physical;
    }

    @Override
    void read(long[] into, int count) {
      deltas.read(into, count);
      if (physical == Physical.INT32) {
        for (int i = 0; i < count; i++) {
          into[i] = (int) into[i];
        }
      }
    }
  }

  private static final class Split extends LongValues {
    private final ByteStreams streams;
    private int next;

    Split(ByteStreams streams) {
      this.streams = streams;
    }

    @Override
    void read(long[] into, int count) {
      streams.require(count, next);
      for (int i = 0; i < count; i++, next++) {
        long value = 0;
        for (int k = streams.width() - 1; k >= 0; k--) {
          value = value << 8 | (streams.get(next, k) & 0xFF);
        }
        into[i] = streams.width() == Integer.BYTES ? (int) value : value;
      }
    }
  }
}

package org.consentry.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Reads what {@link FlatOutput} wrote, in the same order. What ends too early is an {@link
 * UncheckedIOException}. Not thread-safe.
 */
public final class FlatInput {

  private final DataInputStream in;
  private final byte[] piece = new byte[1 << 16];

  /** Reads from a stream, which the caller closes. */
  public FlatInput(InputStream in) {
    this.in = new DataInputStream(in);
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T guard(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException failed) {
      throw new UncheckedIOException("what was sent to this process is not whole", failed);
    }
  }

  /** Reads one number. */
  public long number() {
    return guard(in::readLong);
  }

  /** Reads one number that is an int. */
  public int integer() {
    return Math.toIntExact(number());
  }

  /** Reads a text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Reads an array. */
  public byte[] bytes() {
    byte[] bytes = new byte[integer()];
    guard(
        () -> {
          in.readFully(bytes);
          return bytes;
        });
    return bytes;
  }

  /** Reads an array. */
  public int[] ints() {
    int[] numbers = new int[integer()];
    for (int done = 0; done < numbers.length; ) {
      ByteBuffer bytes = piece(numbers.length - done, Integer.BYTES);
      int count = bytes.remaining() / Integer.BYTES;
      bytes.asIntBuffer().get(numbers, done, count);
      done += count;
    }
    return numbers;
  }

  /** Reads an array. */
  public long[] longs() {
    long[] numbers = new long[integer()];
    for (int done = 0; done < numbers.length; ) {
      ByteBuffer bytes = piece(numbers.length - done, Long.BYTES);
      int count = bytes.remaining() / Long.BYTES;
      bytes.asLongBuffer().get(numbers, done, count);
      done += count;
    }
    return numbers;
  }

  /** Reads a set of small numbers. */
  public BitSet bits() {
    return BitSet.valueOf(longs());
  }

  /** The next bytes of an array, as many as fit. */
  private ByteBuffer piece(int numbers, int size) {
    int length = (int) Math.min(piece.length, (long) numbers * size);
    return guard(
        () -> {
          in.readFully(piece, 0, length);
          return ByteBuffer.wrap(piece, 0, length);
        });
  }
}

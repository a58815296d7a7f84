package org.consentry.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Writes numbers, texts and flat arrays for a process of the same run, each array behind its
 * length. Not thread-safe.
 */
public final class FlatOutput {

  private final DataOutputStream out;
  private final ByteBuffer piece = ByteBuffer.allocate(1 << 16);

  /** Writes to a stream, which the caller closes. */
  public FlatOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  private interface Writing {
    void write() throws IOException;
  }

  private static void guard(Writing writing) {
    try {
      writing.write();
    } catch (IOException failed) {
      throw new UncheckedIOException("a stream in memory cannot be written", failed);
    }
  }

  /** Writes one number. */
  public void number(long number) {
    guard(() -> out.writeLong(number));
  }

  /** Writes a text. */
  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes all bytes of an array. */
  public void bytes(byte[] bytes) {
    bytes(bytes, bytes.length);
  }

  /** Writes the first bytes of an array. */
  public void bytes(byte[] bytes, int length) {
    number(length);
    guard(() -> out.write(bytes, 0, length));
  }

  /** Writes all numbers of an array. */
  public void ints(int[] numbers) {
    ints(numbers, numbers.length);
  }

  /** Writes the first numbers of an array. */
  public void ints(int[] numbers, int length) {
    number(length);
    for (int i = 0; i < length; i++) {
      room(Integer.BYTES);
      piece.putInt(numbers[i]);
    }
    flush();
  }

  /** Writes all numbers of an array. */
  public void longs(long[] numbers) {
    number(numbers.length);
    for (long number : numbers) {
      room(Long.BYTES);
      piece.putLong(number);
    }
    flush();
  }

  /** Writes a set of small numbers. */
  public void bits(BitSet bits) {
    longs(bits.toLongArray());
  }

  private void room(int bytes) {
    if (piece.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    guard(() -> out.write(piece.array(), 0, piece.position()));
    piece.clear();
  }
}

package org.consentry.connector.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a page being made, in little-endian order as Parquet has it. Not thread-safe. */
final class GrowingBytes {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array;
  private int size;

  GrowingBytes(int capacity) {
    array = new byte[capacity];
  }

  /** The bytes from 0 to {@link #size()}; valid until the next byte is put. */
  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(size, bytes);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(2L * size, 1 << 30)));
    }
  }

  void put(int b) {
    reserve(1);
    array[size++] = (byte) b;
  }

  void put(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  void putInt(int value) {
    reserve(4);
    INTS.set(array, size, value);
    size += 4;
  }

  void putLong(long value) {
    reserve(8);
    LONGS.set(array, size, value);
    size += 8;
  }

  /** Replaces four bytes put before. */
  void setInt(int at, int value) {
    INTS.set(array, at, value);
  }

  /** An unsigned number in groups of seven bits, lowest first (ULEB 128). */
  void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      put((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  /** A signed number, small magnitudes short. */
  void putZigzag(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  /**
   * Packs the low {@code width} bits of each value, lowest bit first, and fills the last byte with
   * zero bits.
   *
   * @param width 0 to 64; no value has a bit above it
   */
  void putPacked(long[] values, int from, int to, int width) {
    int bytes = (int) (((long) (to - from) * width + 7) / 8);
    reserve(bytes + 8);
    int at = size;
    long word = 0;
    int used = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      word |= value << used;
      used += width;
      if (used >= 64) {
        LONGS.set(array, at, word);
        at += 8;
        used -= 64;
        word = used == 0 ? 0 : value >>> (width - used);
      }
    }
    LONGS.set(array, at, word);
    size += bytes;
  }

  /** As {@link #putPacked(long[], int, int, int)} with widths 1 to 31. */
  void putPacked(int[] values, int from, int to, int width) {
    int bytes = (int) (((long) (to - from) * width + 7) / 8);
    reserve(bytes + 8);
    int at = size;
    long word = 0;
    int used = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      word |= value << used;
      used += width;
      if (used >= 64) {
        LONGS.set(array, at, word);
        at += 8;
        used -= 64;
        word = value >>> (width - used);
      }
    }
    LONGS.set(array, at, word);
    size += bytes;
  }
}

package org.consentry.connector.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Byte strings by the order in which they were first seen in a row group. They are one after the
 * other as Parquet's plain encoding has them, four bytes of length and the bytes, so that the
 * dictionary page is ready at any time. Not thread-safe.
 *
 * <p>Invariant: a slot of the table is 0 or an id plus one; at most half the slots are taken. Each
 * value has a key: up to seven bytes are their own key, with the length in the uppermost byte, so
 * that equal keys are equal values; a longer value's key is its hash with 255 there.
 */
final class BytesDictionary {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SMALLEST = 1 << 10;
  private static final int LENGTH_BYTES = 4;

  private static final int KEY_BYTES = 7;
  private static final long LONGER = 0xFFL << 56;

  private final int most;
  private final int mostBytes;
  private byte[] bytes = new byte[1 << 14];
  private int size;
  private int[] offsets = new int[SMALLEST / 2];
  private long[] keys = new long[SMALLEST / 2];
  private int[] table = new int[SMALLEST];
  private int shift = Long.numberOfLeadingZeros(SMALLEST - 1);
  private int count;

  /** Has at most that many values in that many bytes. */
  BytesDictionary(int most, int mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  int count() {
    return count;
  }

  /** The page: bytes from 0 to {@link #size()}. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Where the bytes of a value begin. */
  int start(int id) {
    return offsets[id] + LENGTH_BYTES;
  }

  /** How many bytes a value has. */
  int length(int id) {
    return (int) INTS.get(bytes, offsets[id]);
  }

  void clear() {
    Arrays.fill(table, 0);
    size = 0;
    count = 0;
  }

  /** The id of a value, taken in if it was not seen before; -1 when there is no room for it. */
  int id(byte[] in, int start, int end) {
    long key = key(in, start, end);
    int slot = slot(key);
    int found = table[slot];
    while (found != 0) {
      int id = found - 1;
      if (keys[id] == key && (end - start <= KEY_BYTES || isValue(id, in, start, end))) {
        return id;
      }
      slot = (slot + 1) & (table.length - 1);
      found = table[slot];
    }
    return add(in, start, end, key, slot);
  }

  /** The uppermost bits: each depends on every bit of the key. */
  private int slot(long key) {
    long mixed = (key ^ (key >>> 32)) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed >>> shift);
  }

  private int add(byte[] in, int start, int end, long key, int slot) {
    int length = end - start;
    if (count == most || length > mostBytes - size - LENGTH_BYTES) {
      return -1;
    }
    int after = size + LENGTH_BYTES + length;
    if (after > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(after, 2 * bytes.length));
    }
    INTS.set(bytes, size, length);
    System.arraycopy(in, start, bytes, size + LENGTH_BYTES, length);
    int id = count++;
    offsets[id] = size;
    keys[id] = key;
    size = after;
    table[slot] = count;
    if (count == offsets.length) {
      grow();
    }
    return id;
  }

  private void grow() {
    offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    keys = Arrays.copyOf(keys, 2 * keys.length);
    table = new int[2 * table.length];
    shift--;
    for (int id = 0; id < count; id++) {
      int slot = slot(keys[id]);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = id + 1;
    }
  }

  /** Whether a value of eight bytes or more is that of an id. */
  private boolean isValue(int id, byte[] in, int start, int end) {
    int length = end - start;
    int at = offsets[id];
    if ((int) INTS.get(bytes, at) != length) {
      return false;
    }
    at += LENGTH_BYTES;
    int last = length - 8;
    for (int i = 0; i < last; i += 8) {
      if ((long) LONGS.get(in, start + i) != (long) LONGS.get(bytes, at + i)) {
        return false;
      }
    }
    return (long) LONGS.get(in, start + last) == (long) LONGS.get(bytes, at + last);
  }

  private static long key(byte[] in, int start, int end) {
    int length = end - start;
    if (length <= KEY_BYTES) {
      return word(in, start, length) | (long) length << 56;
    }
    long hash = length;
    int last = end - 8;
    for (int i = start; i < last; i += 8) {
      hash = mix(hash, (long) LONGS.get(in, i));
    }
    return mix(hash, (long) LONGS.get(in, last)) | LONGER;
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * 0x9E37_79B9_7F4A_7C15L;
    return mixed ^ (mixed >>> 32);
  }

  /** Up to seven bytes as one number, the rest zero. */
  private static long word(byte[] in, int start, int length) {
    if (start + 8 <= in.length) {
      return (long) LONGS.get(in, start) & ~(-1L << (8 * length));
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (in[start + i] & 0xFFL) << (8 * i);
    }
    return word;
  }
}

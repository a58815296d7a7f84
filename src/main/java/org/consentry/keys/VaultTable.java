package org.consentry.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;

/**
 * The entries of a vault in memory: digest of an id (16 bytes) and its code (16 bytes), found by
 * either. Open addressing over one byte array; both halves are uniform, so their first bytes are
 * the hash. Not thread-safe.
 */
final class VaultTable {

  /** Bytes of an entry: digest, then code. */
  static final int ENTRY = 2 * Codes.BYTES;

  private static final int LARGEST = (Integer.MAX_VALUE - 8) / ENTRY;

  private byte[] entries;
  private int[] byDigest;
  private int[] byCode;
  private int size;

  /** Makes room for some entries; more may be added. */
  VaultTable(int expected) {
    if (expected > LARGEST) {
      throw new IllegalArgumentException("a vault has at most " + LARGEST + " codes");
    }
    int slots = slotsFor(Math.max(16, expected));
    this.entries = new byte[Math.max(16, expected) * ENTRY];
    this.byDigest = new int[slots];
    this.byCode = new int[slots];
  }

  int size() {
    return size;
  }

  /** The number of the entry whose digest starts at {@code from}, or -1. */
  int find(byte[] bytes, int from) {
    return byDigest[slot(byDigest, bytes, from, 0)] - 1;
  }

  /** Whether an entry has the code that starts at {@code from}. */
  boolean hasCode(byte[] bytes, int from) {
    return byCode[slot(byCode, bytes, from, Codes.BYTES)] != 0;
  }

  /**
   * Adds the entry that starts at {@code from}.
   *
   * @return false, and nothing is added, when its digest or its code is there already
   */
  boolean add(byte[] bytes, int from) {
    int digestSlot = slot(byDigest, bytes, from, 0);
    int codeSlot = slot(byCode, bytes, from + Codes.BYTES, Codes.BYTES);
    if (byDigest[digestSlot] != 0 || byCode[codeSlot] != 0) {
      return false;
    }
    makeRoom();
    System.arraycopy(bytes, from, entries, size * ENTRY, ENTRY);
    size++;
    byDigest[digestSlot] = size;
    byCode[codeSlot] = size;
    if (size * 2L > byDigest.length) {
      byDigest = rehash(0);
      byCode = rehash(Codes.BYTES);
    }
    return true;
  }

  private void makeRoom() {
    if ((size + 1L) * ENTRY > entries.length) {
      if (size == LARGEST) {
        throw new IllegalArgumentException("a vault has at most " + LARGEST + " codes");
      }
      entries = Arrays.copyOf(entries, (int) Math.min(LARGEST, size * 3L / 2) * ENTRY);
    }
  }

  /** Writes the code of an entry as text. */
  void encode(int entry, CodeForm form, byte[] text, int at) {
    form.encode(entries, entry * ENTRY + Codes.BYTES, text, at);
  }

  /** A view of the entries from number {@code first} on. */
  ByteBuffer from(int first) {
    return ByteBuffer.wrap(entries, first * ENTRY, (size - first) * ENTRY).asReadOnlyBuffer();
  }

  /** The slot of the half entry equal to the given bytes, or the free slot for it. */
  private int slot(int[] slots, byte[] bytes, int from, int half) {
    int mask = slots.length - 1;
    int slot = ByteBuffer.wrap(bytes, from, Integer.BYTES).getInt() & mask;
    while (slots[slot] != 0) {
      int at = (slots[slot] - 1) * ENTRY + half;
      if (Arrays.equals(entries, at, at + Codes.BYTES, bytes, from, from + Codes.BYTES)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int[] rehash(int half) {
    int[] slots = new int[slotsFor(size)];
    int mask = slots.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = ByteBuffer.wrap(entries, entry * ENTRY + half, Integer.BYTES).getInt() & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = entry + 1;
    }
    return slots;
  }

  /** A power of two, more than twice and at most four times the size. */
  private static int slotsFor(int size) {
    return Integer.highestOneBit(size) * 4;
  }
}

package org.consentry.operator.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer which answers of per-value functions are written to. Not thread-safe. */
public final class ByteOutput {

  private byte[] bytes;
  private int size;

  public ByteOutput(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** The buffer; its first {@link #size()} bytes were written. Final once writing has ended. */
  public byte[] buffer() {
    return bytes;
  }

  /** Makes room for more bytes; returns where they begin. They must then be written there. */
  public int reserve(int count) {
    int from = size;
    int to = Math.addExact(from, count);
    if (to > bytes.length) {
      long larger = Math.max(to, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, larger));
    }
    size = to;
    return from;
  }

  public void append(byte[] source, int start, int end) {
    int from = reserve(end - start);
    System.arraycopy(source, start, bytes, from, end - start);
  }

  public void append(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    append(utf8, 0, utf8.length);
  }
}

package org.consentry.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Bytes in memory that may be more than one array can have. */
final class Pieces extends OutputStream {

  private static final int PIECE_BYTES = 16 << 20;

  private final List<byte[]> pieces = new ArrayList<>();
  private final ByteArrayOutputStream last = new ByteArrayOutputStream();

  @Override
  public void write(int one) {
    last.write(one);
    cut();
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    last.write(bytes, from, length);
    cut();
  }

  private void cut() {
    if (last.size() >= PIECE_BYTES) {
      pieces.add(last.toByteArray());
      last.reset();
    }
  }

  /** The pieces, all bytes in order. */
  byte[][] all() {
    pieces.add(last.toByteArray());
    last.reset();
    return pieces.toArray(new byte[0][]);
  }

  /** Reads pieces one behind the other. */
  static InputStream open(byte[][] pieces) {
    return new SequenceInputStream(
        Collections.enumeration(
            Arrays.stream(pieces).<InputStream>map(ByteArrayInputStream::new).toList()));
  }
}

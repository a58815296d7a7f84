package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** The lines of a text; a line that is very long comes in pieces that overlap. For one thread. */
final class Lines {

  private static final int PIECE = 1 << 20;
  private static final int OVERLAP = 1 << 10;

  private final InputStream in;

  Lines(InputStream in) {
    this.in = in;
  }

  void forEach(Consumer<String> line) throws IOException {
    byte[] bytes = new byte[1 << 16];
    int size = 0;
    byte[] block = new byte[1 << 16];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      for (int i = 0; i < read; i++) {
        if (block[i] == '\n') {
          line.accept(Texts.of(bytes, 0, size));
          size = 0;
        } else {
          if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
          }
          bytes[size++] = block[i];
        }
        if (size == PIECE) {
          line.accept(Texts.of(bytes, 0, size));
          System.arraycopy(bytes, size - OVERLAP, bytes, 0, OVERLAP);
          size = OVERLAP;
        }
      }
    }
    line.accept(Texts.of(bytes, 0, size));
  }
}

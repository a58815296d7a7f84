package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A text of another encoding as UTF-8. For one thread. */
final class Recoded extends InputStream {

  private final Reader reader;
  private final char[] characters = new char[1 << 13];
  private byte[] bytes = new byte[0];
  private int at;

  Recoded(InputStream in, Charset charset) {
    reader = new InputStreamReader(in, charset);
  }

  @Override
  public int read() throws IOException {
    return more() ? bytes[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!more()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, into, offset, count);
    at += count;
    return count;
  }

  private boolean more() throws IOException {
    if (at == bytes.length) {
      int count = reader.read(characters, 0, characters.length - 1);
      if (count < 0) {
        return false;
      }
      if (Character.isHighSurrogate(characters[count - 1])) {
        int low = reader.read();
        if (low >= 0) {
          characters[count++] = (char) low;
        }
      }
      bytes = new String(characters, 0, count).getBytes(StandardCharsets.UTF_8);
      at = 0;
    }
    return true;
  }
}

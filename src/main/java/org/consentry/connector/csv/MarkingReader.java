package org.consentry.connector.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes bytes and puts {@link #MARK}, which no well-formed text has, in the place of every
 * sequence that is not in the encoding. (The JDK's own replacement, U+FFFD, may be in a text.)
 */
final class MarkingReader extends Reader {

  /** A low surrogate that no high one goes before. */
  static final char MARK = '\uDC00';

  private final InputStream input;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).flip();
  private boolean ended;

  MarkingReader(InputStream input, Charset charset) {
    this.input = input;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(into, offset, length);
    while (out.position() == offset && length > 1) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (result.isError()) {
        bytes.position(bytes.position() + result.length());
        out.put(MARK);
      } else if (result.isUnderflow() && out.position() == offset) {
        if (ended) {
          return -1;
        }
        fill();
      }
    }
    return out.position() - offset;
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = input.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}

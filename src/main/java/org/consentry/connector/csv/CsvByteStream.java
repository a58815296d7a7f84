package org.consentry.connector.csv;

import java.io.InputStream;

/** Bytes of CSV as a stream. */
final class CsvByteStream extends InputStream {

  private final CsvBytes bytes;

  CsvByteStream(CsvBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = 0;
    while (count == 0 && length > 0) {
      if (bytes.atEnd()) {
        return -1;
      }
      count = bytes.read(into, offset, length);
    }
    return count;
  }

  @Override
  public void close() {
    bytes.close();
  }
}

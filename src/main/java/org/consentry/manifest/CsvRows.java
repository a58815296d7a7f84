package org.consentry.manifest;

/**
 * Counts the records of a CSV file (RFC 4180) as its bytes pass: line feeds outside quotes, less
 * the header.
 */
final class CsvRows implements ReleaseFiles.Observer {

  private long lines;
  private int quotes;
  private byte last = '\n';

  @Override
  public void see(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      byte b = block[i];
      quotes ^= b == '"' ? 1 : 0;
      lines += b == '\n' && quotes == 0 ? 1 : 0;
    }
    last = length > 0 ? block[length - 1] : last;
  }

  /** Records after the header; -1 when the file is empty or ends inside a quoted field. */
  long rows() {
    return quotes != 0 ? -1 : lines + (last == '\n' ? 0 : 1) - 1;
  }
}

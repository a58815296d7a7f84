package org.consentry.connector.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a compressed CSV file, decompressed as they are read. All compressed bytes are read
 * before an end or a mistake is reported, so that a file that changed is named as such.
 */
final class CompressedBytes implements CsvBytes {

  private final CsvBytes compressed;
  private final CsvProblems problems;
  private final InputStream text;
  private boolean ended;

  CompressedBytes(CsvBytes compressed, CsvForm form, CsvProblems problems) {
    this.compressed = compressed;
    this.problems = problems;
    try {
      this.text = form.open(new CsvByteStream(compressed));
    } catch (IOException damaged) {
      throw damaged();
    }
  }

  /** Passes over so many bytes, or to the end. */
  CompressedBytes after(long bytes) {
    byte[] passed = new byte[1 << 13];
    for (long left = bytes; left > 0 && !ended; ) {
      left -= read(passed, 0, (int) Math.min(left, passed.length));
    }
    return this;
  }

  @Override
  public long done() {
    return compressed.done();
  }

  @Override
  public boolean atEnd() {
    return ended;
  }

  @Override
  public int read(byte[] into, int at, int atMost) {
    try {
      int count = ended || atMost == 0 ? 0 : text.read(into, at, atMost);
      if (count < 0) {
        compressed.readToEnd();
        ended = true;
      }
      return Math.max(0, count);
    } catch (IOException damaged) {
      throw damaged();
    }
  }

  /** No message of a library is shown: it may quote what it read. */
  private RuntimeException damaged() {
    boolean whole = compressed.atEnd();
    compressed.readToEnd();
    return problems.invalid(
        "COMPRESSION",
        0,
        whole
            ? "the compressed file is cut off or damaged near its end"
            : "the compressed file is damaged, or has other bytes after its end",
        "export the table again, or copy the file again");
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    } finally {
      compressed.close();
    }
  }
}

package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cuts a CSV file between records: at a line break before which the quotes are even. Stateless. */
final class CsvRanges {

  private CsvRanges() {}

  /**
   * The ranges of a file, in order.
   *
   * @param size bytes of a range, at least; the last may have less
   */
  static List<Range> of(Path file, long size) throws IOException {
    if (Files.size(file) < 2 * size) {
      return List.of(Range.ALL);
    }
    List<Range> ranges = new ArrayList<>();
    byte[] block = new byte[1 << 20];
    long from = 0;
    long at = 0;
    boolean even = true;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        if (at + read - from < size) {
          even ^= oddQuotes(block, read);
          at += read;
          continue;
        }
        for (int i = 0; i < read; i++) {
          if (block[i] == '"') {
            even = !even;
          } else if (block[i] == '\n' && even && at + i + 1 - from >= size) {
            ranges.add(new Range(from, at + i + 1));
            from = at + i + 1;
          }
        }
        at += read;
      }
    }
    ranges.add(new Range(from, Long.MAX_VALUE));
    return ranges;
  }

  private static boolean oddQuotes(byte[] block, int size) {
    int quotes = 0;
    for (int i = 0; i < size; i++) {
      quotes += block[i] == '"' ? 1 : 0;
    }
    return (quotes & 1) != 0;
  }
}

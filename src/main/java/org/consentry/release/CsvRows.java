package org.consentry.release;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.PartContent;

/**
 * Reads the header and counts the records of a CSV file (RFC 4180) as its bytes pass: line feeds
 * outside quotes, less the header.
 */
final class CsvRows implements ReleaseFiles.Observer {

  /** A longer header is none of ours. */
  private static final int MAX_HEADER = 1 << 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long LOW = EACH * 0x7F;
  private static final long QUOTES = EACH * '"';
  private static final long LINE_FEEDS = EACH * '\n';

  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private long lines;
  private int quotes;
  private byte last = '\n';

  @Override
  public void see(byte[] block, int length) {
    int at = 0;
    while (at < length && lines == 0) {
      if (header.size() <= MAX_HEADER) {
        header.write(block[at]);
      }
      see(block[at++]);
    }
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      long word = (long) LONGS.get(block, at);
      if (zeros(word ^ QUOTES) == 0) {
        lines += quotes == 0 ? Long.bitCount(zeros(word ^ LINE_FEEDS)) : 0;
      } else {
        for (int i = at; i < at + Long.BYTES; i++) {
          see(block[i]);
        }
      }
    }
    while (at < length) {
      see(block[at++]);
    }
    last = length > 0 ? block[length - 1] : last;
  }

  private void see(byte b) {
    quotes ^= b == '"' ? 1 : 0;
    lines += b == '\n' && quotes == 0 ? 1 : 0;
  }

  /** The top bit of each of the eight bytes that is zero, and of no other. */
  private static long zeros(long word) {
    return ~(((word & LOW) + LOW) | word | LOW);
  }

  /** What passed; empty when it is nothing, ends inside a quoted field or has no header of ours. */
  Optional<PartContent> content() {
    long rows = lines + (last == '\n' ? 0 : 1) - 1;
    if (quotes != 0 || rows < 0 || header.size() > MAX_HEADER) {
      return Optional.empty();
    }
    return Optional.of(new PartContent(rows, names(), List.of()));
  }

  private List<String> names() {
    String line = header.toString(StandardCharsets.UTF_8).stripTrailing();
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        i += doubled ? 1 : 0;
        name.append(doubled ? "\"" : "");
        quoted = doubled || !quoted;
      } else if (c == ',' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return names;
  }
}

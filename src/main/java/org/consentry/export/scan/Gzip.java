package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A gzip file with what it has beside its content (RFC 1952). For one thread. */
final class Gzip extends GZIPInputStream {

  private static final int FIXED = 10;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  /** Bytes of the check sum and the length, which the inflater leaves. */
  private static final int TRAILER = 8;

  Gzip(InputStream in) throws IOException {
    super(in, 1 << 16);
  }

  /** Whether anything follows that is no gzip file. Asked at the end. */
  boolean hasRest() throws IOException {
    return inf.getRemaining() > TRAILER || in.read() >= 0;
  }

  /**
   * The extra field, the name and the comment of a header, as far as they are in its first bytes.
   */
  static List<String> names(byte[] head) {
    List<String> names = new ArrayList<>();
    int flags = head.length > FIXED ? head[3] : 0;
    int at = FIXED;
    if ((flags & EXTRA) != 0 && head.length > FIXED + 2) {
      int size = (head[at] & 0xFF) | (head[at + 1] & 0xFF) << Byte.SIZE;
      int end = Math.min(head.length, at + 2 + size);
      names.add(Texts.of(head, at + 2, end));
      at = end;
    }
    for (int flag : new int[] {NAME, COMMENT}) {
      if ((flags & flag) != 0) {
        int end = at;
        while (end < head.length && head[end] != 0) {
          end++;
        }
        names.add(Texts.of(head, at, end));
        at = Math.min(head.length, end + 1);
      }
    }
    return names;
  }
}

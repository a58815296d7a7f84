package org.consentry.export.scan;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.consentry.data.DurableFiles;

/**
 * A file of digests in ascending order, each once, of eight bytes, between two marks. It is read
 * where it is: the digests of many rows are not in the heap. Stateless.
 */
final class DigestFile {

  private static final long MARK = 0x436f6e73496473_02L;
  private static final int BLOCK = 1 << 16;

  /** Many files are joined in so many steps, each for the digests with the same first bits. */
  private static final int BITS_OF_STEP = 8;

  private DigestFile() {}

  /**
   * Writes a file that only its owner can read.
   *
   * @param sorted in ascending order, each once
   * @return SHA-256 of the file, in hexadecimal digits
   */
  static String write(Path file, LongBuffer sorted) throws IOException {
    return DurableFiles.replace(
        file,
        out -> {
          out.writeLong(MARK);
          put(out, sorted);
          out.writeLong(MARK);
        });
  }

  private static void put(DataOutputStream out, LongBuffer sorted) throws IOException {
    LongBuffer rest = sorted.duplicate();
    int bytes = (int) Math.min(BLOCK, (long) rest.remaining() * Long.BYTES);
    ByteBuffer block = ByteBuffer.allocate(bytes);
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), bytes / Long.BYTES);
      for (int i = 0; i < count; i++) {
        block.putLong(rest.get());
      }
      out.write(block.array(), 0, block.position());
      block.clear();
    }
  }

  /**
   * Joins files into one. As digests are evenly spread, each step has about as many.
   *
   * @throws IOException when one of them is no such file or is cut off, or on the disk's error
   */
  static void merge(Path all, List<Path> files) throws IOException {
    List<LongBuffer> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(map(file));
    }
    DurableFiles.replace(
        all,
        out -> {
          out.writeLong(MARK);
          DigestList step = new DigestList();
          for (long first = -(1L << (BITS_OF_STEP - 1));
              first < 1L << (BITS_OF_STEP - 1);
              first++) {
            step.clear();
            for (LongBuffer part : parts) {
              take(part, first, step);
            }
            put(out, step.view());
          }
          out.writeLong(MARK);
        });
  }

  /** Takes the digests with the same first bits, which are the next ones. */
  private static void take(LongBuffer part, long first, DigestList into) {
    int at = part.position();
    int end = part.limit();
    for (; at < end; at++) {
      long digest = part.get(at);
      if (digest >> (Long.SIZE - BITS_OF_STEP) != first) {
        break;
      }
      into.add(digest);
    }
    part.position(at);
  }

  /**
   * The numbers of a file, which stays where it is.
   *
   * @throws IOException when it is no such file, is cut off or is longer than 2 GiB
   */
  static LongBuffer map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size < 2 * Long.BYTES || size % Long.BYTES != 0 || size > Integer.MAX_VALUE) {
        throw new IOException("size");
      }
      LongBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, size).asLongBuffer();
      if (all.get(0) != MARK || all.get(all.limit() - 1) != MARK) {
        throw new IOException("mark");
      }
      return all.slice(1, all.limit() - 2);
    }
  }
}

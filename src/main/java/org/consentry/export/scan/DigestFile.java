package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.consentry.data.DurableFiles;

/**
 * A file of digests in ascending order, each once, of eight bytes, between two marks. It is read
 * where it is: the digests of many rows are not in the heap. Stateless.
 */
final class DigestFile {

  private static final long MARK = 0x436f6e73496473_02L;
  private static final int BLOCK = 1 << 16;

  private DigestFile() {}

  /** Gives numbers in ascending order. */
  interface Source {
    /** Whether there is another. */
    boolean advance() throws IOException;

    /** The one that the last call went to. */
    long value();
  }

  /**
   * Writes a file that only its owner can read; equal numbers that follow each other once.
   *
   * @return SHA-256 of the file, in hexadecimal digits
   */
  static String write(Path file, Source source) throws IOException {
    return DurableFiles.replace(
        file,
        out -> {
          out.writeLong(MARK);
          long last = MARK;
          while (source.advance()) {
            long value = source.value();
            if (value != last) {
              out.writeLong(value);
            }
            last = value;
          }
          out.writeLong(MARK);
        });
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

  /** The numbers of many files as one ascending order. To be closed. */
  static final class Merged implements Source, AutoCloseable {

    private final List<Cursor> cursors = new ArrayList<>();
    private final Source all;

    Merged(List<Path> files) throws IOException {
      for (Path file : files) {
        cursors.add(new Cursor(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)));
      }
      all = joined(List.copyOf(cursors));
    }

    private static Source joined(List<Source> sources) throws IOException {
      int middle = sources.size() / 2;
      return switch (sources.size()) {
        case 0 -> new Pair(NONE, NONE);
        case 1 -> sources.get(0);
        default ->
            new Pair(
                joined(sources.subList(0, middle)),
                joined(sources.subList(middle, sources.size())));
      };
    }

    @Override
    public boolean advance() throws IOException {
      return all.advance();
    }

    @Override
    public long value() {
      return all.value();
    }

    @Override
    public void close() throws IOException {
      for (Cursor cursor : cursors) {
        cursor.in.close();
      }
    }
  }

  private static final Source NONE =
      new Source() {
        @Override
        public boolean advance() {
          return false;
        }

        @Override
        public long value() {
          throw new NoSuchElementException();
        }
      };

  /** The numbers of two sources. */
  private static final class Pair implements Source {

    private final Source one;
    private final Source other;
    private boolean hasOne;
    private boolean hasOther;
    private long first;
    private long second;
    private long value;

    Pair(Source one, Source other) throws IOException {
      this.one = one;
      this.other = other;
      nextOfOne();
      nextOfOther();
    }

    private void nextOfOne() throws IOException {
      hasOne = one.advance();
      first = hasOne ? one.value() : 0;
    }

    private void nextOfOther() throws IOException {
      hasOther = other.advance();
      second = hasOther ? other.value() : 0;
    }

    @Override
    public boolean advance() throws IOException {
      if (!hasOne && !hasOther) {
        return false;
      }
      boolean isFirst = hasOne && (!hasOther || first <= second);
      value = isFirst ? first : second;
      if (isFirst) {
        nextOfOne();
      } else {
        nextOfOther();
      }
      return true;
    }

    @Override
    public long value() {
      return value;
    }
  }

  /** The numbers of one file, block by block. */
  private static final class Cursor implements Source {

    private final InputStream in;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private long value;

    Cursor(InputStream in) throws IOException {
      this.in = in;
      block.limit(0);
      if (!fill() || block.getLong() != MARK) {
        in.close();
        throw new IOException("mark");
      }
    }

    private boolean fill() throws IOException {
      int count = in.readNBytes(block.array(), 0, BLOCK);
      block.clear().limit(count);
      return count >= Long.BYTES && count % Long.BYTES == 0;
    }

    @Override
    public long value() {
      return value;
    }

    @Override
    public boolean advance() throws IOException {
      if (!block.hasRemaining() && !fill()) {
        in.close();
        throw new IOException("cut off");
      }
      value = block.getLong();
      if (value == MARK) {
        in.close();
        return false;
      }
      return true;
    }
  }
}

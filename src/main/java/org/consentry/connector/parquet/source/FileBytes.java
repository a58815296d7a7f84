package org.consentry.connector.parquet.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.consentry.connector.parquet.source.FileFooter.Chunk;

/** The bytes of a file, whose size is known. Not thread-safe. */
final class FileBytes implements AutoCloseable {

  private static final int PIECE = 1 << 18;

  private final ParquetProblems problems;
  private final FileChannel channel;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

  /**
   * Opens a file.
   *
   * @throws org.consentry.problem.ProblemException of category STALE when it has another size
   */
  FileBytes(Path path, long size, ParquetProblems problems) {
    this.problems = problems;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != size) {
        channel.close();
        throw problems.changed();
      }
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }

  /** Reads so many bytes, all of them. */
  void read(long position, byte[] into, int at, int length) {
    int done = 0;
    while (done < length) {
      piece.clear().limit(Math.min(PIECE, length - done));
      int count = fill(position + done);
      piece.flip().get(into, at + done, count);
      done += count;
    }
  }

  /** CRC-32C of the bytes of a chunk. */
  int digest(Chunk chunk) {
    CRC32C crc = new CRC32C();
    for (long done = 0; done < chunk.length(); ) {
      piece.clear().limit((int) Math.min(PIECE, chunk.length() - done));
      done += fill(chunk.start() + done);
      crc.update(piece.flip());
    }
    return (int) crc.getValue();
  }

  private int fill(long position) {
    try {
      int count = 0;
      while (count == 0) {
        count = channel.read(piece, position);
      }
      if (count < 0) {
        throw problems.changed();
      }
      return count;
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
  }
}

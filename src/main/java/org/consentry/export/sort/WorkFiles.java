package org.consentry.export.sort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Files that a sort makes in staging: for their owner alone, and gone with the staging area. */
final class WorkFiles {

  /** Each thread keeps a buffer of this size outside the heap. */
  private static final int PIECE_BYTES = 1 << 18;

  private WorkFiles() {}

  /** Creates a file, in place of one that an interrupted run left. */
  static FileChannel create(Path file) {
    try {
      Files.deleteIfExists(file);
      return DurableFiles.openNew(file);
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  static void write(FileChannel channel, byte[] bytes, int from, int to) {
    try {
      for (int at = from; at < to; ) {
        at += channel.write(ByteBuffer.wrap(bytes, at, Math.min(PIECE_BYTES, to - at)));
      }
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  /** Reads exactly that many bytes. */
  static void read(FileChannel channel, long position, byte[] into, int from, int length) {
    try {
      for (int done = 0; done < length; ) {
        int piece = Math.min(PIECE_BYTES, length - done);
        int read = channel.read(ByteBuffer.wrap(into, from + done, piece), position + done);
        if (read < 0) {
          throw damaged();
        }
        done += read;
      }
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  static long size(FileChannel channel) {
    try {
      return channel.size();
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  /** A file of the sort that is not what was written: its split is done again on resume. */
  static ProblemException damaged() {
    return ProblemException.of(
        Category.TEMPORARY,
        "STAGING_DAMAGED",
        Place.of("staging"),
        "rows that wait in staging to be sorted are damaged",
        "check the disk, then resume the run; it reads the rows again");
  }

  private static ProblemException failed(IOException failure) {
    String reason =
        "No space left on device".equals(failure.getMessage()) ? ": No space left on device" : "";
    return ProblemException.of(
        DiskFailure.category(failure),
        "STAGING",
        Place.of("staging"),
        "rows that wait to be sorted cannot be written or read in staging" + reason,
        "check free space and permissions of the output folder, then resume the run");
  }
}

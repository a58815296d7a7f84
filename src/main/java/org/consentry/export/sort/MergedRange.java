package org.consentry.export.sort;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.consentry.export.sort.FileCursor.AtTheEnd;
import org.consentry.export.sort.SortedTable.Piece;

/**
 * A range that does not fit into memory, sorted in a file: runs that fit are sorted and written,
 * then merged. Knows where every so many rows begin, so that parts can start anywhere in it.
 */
final class MergedRange {

  private static final int MARK_ROWS = 1 << 12;
  private static final int OUTPUT_BYTES = 1 << 18;
  private static final int CURSOR_BYTES = 1 << 18;
  private static final int MERGE_BYTES = 16 << 20;
  private static final int LENGTH_ROOM = 5;

  private final Path file;
  private final List<Long> marks = new ArrayList<>();
  private long size;

  private MergedRange(Path file) {
    this.file = file;
  }

  /**
   * Sorts the segments of one range.
   *
   * @param file where the sorted rows go; a file beside it takes the runs meanwhile
   * @param runBytes bytes that are sorted in memory at once
   */
  static MergedRange of(List<Piece> pieces, Path file, int runBytes) {
    Path scratch = file.resolveSibling(file.getFileName() + ".runs");
    MergedRange range = new MergedRange(file);
    FileChannel runs = WorkFiles.create(scratch);
    try {
      List<Long> ends = writeRuns(pieces, runs, runBytes);
      FileChannel sorted = WorkFiles.create(file);
      try {
        range.merge(runs, ends, new Output(sorted));
      } finally {
        WorkFiles.close(sorted);
      }
    } finally {
      WorkFiles.close(runs);
    }
    delete(scratch);
    return range;
  }

  private static List<Long> writeRuns(List<Piece> pieces, FileChannel runs, int runBytes) {
    Output output = new Output(runs);
    List<Long> ends = new ArrayList<>();
    for (int from = 0; from < pieces.size(); ) {
      int to = from + 1;
      long bytes = pieces.get(from).segment().length();
      long rows = pieces.get(from).segment().rows();
      while (to < pieces.size()
          && bytes + pieces.get(to).segment().length() <= runBytes
          && rows + pieces.get(to).segment().rows() <= RowSorter.MOST_ROWS) {
        bytes += pieces.get(to).segment().length();
        rows += pieces.get(to).segment().rows();
        to++;
      }
      MemoryRange run = MemoryRange.of(pieces.subList(from, to));
      while (run.next()) {
        output.row(run);
      }
      ends.add(output.size());
      from = to;
    }
    output.flush();
    return ends;
  }

  private void merge(FileChannel runs, List<Long> ends, Output output) {
    int bytes = Math.max(1 << 12, Math.min(CURSOR_BYTES, MERGE_BYTES / ends.size()));
    PriorityQueue<RowCursor> heads = new PriorityQueue<>(ends.size(), MergedRange::compare);
    long from = 0;
    for (long end : ends) {
      FileCursor run = new FileCursor(runs, AtTheEnd.LEAVE_OPEN, from, end, bytes);
      if (run.next()) {
        heads.add(run);
      }
      from = end;
    }
    long rows = 0;
    for (RowCursor least = heads.poll(); least != null; least = heads.poll()) {
      if (rows++ % MARK_ROWS == 0) {
        marks.add(output.size());
      }
      output.row(least);
      if (least.next()) {
        heads.add(least);
      }
    }
    output.flush();
    size = output.size();
  }

  private static int compare(RowCursor one, RowCursor other) {
    return Arrays.compareUnsigned(
        one.buffer(), one.start(), one.end(), other.buffer(), other.start(), other.end());
  }

  private static void delete(Path scratch) {
    try {
      Files.delete(scratch);
    } catch (IOException leftForTheEndOfStaging) {
      return;
    }
  }

  /** The sorted rows from one of them on. */
  RowCursor from(long row) {
    FileChannel channel = WorkFiles.open(file);
    FileCursor rows =
        new FileCursor(
            channel, AtTheEnd.CLOSE, marks.get((int) (row / MARK_ROWS)), size, CURSOR_BYTES);
    for (long skipped = 0; skipped < row % MARK_ROWS; skipped++) {
      rows.next();
    }
    return rows;
  }

  /** Rows behind their lengths, on the way to a file. */
  private static final class Output {
    private final FileChannel channel;
    private byte[] buffer = new byte[OUTPUT_BYTES];
    private int used;
    private long written;

    Output(FileChannel channel) {
      this.channel = channel;
    }

    void row(RowCursor row) {
      int length = row.end() - row.start();
      if (buffer.length - used < length + LENGTH_ROOM) {
        flush();
        if (buffer.length < length + LENGTH_ROOM) {
          buffer = new byte[length + LENGTH_ROOM];
        }
      }
      used = SpillFile.putLength(length, buffer, used);
      System.arraycopy(row.buffer(), row.start(), buffer, used, length);
      used += length;
    }

    void flush() {
      WorkFiles.write(channel, buffer, 0, used);
      written += used;
      used = 0;
    }

    long size() {
      return written + used;
    }
  }
}

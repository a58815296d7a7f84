package org.consentry.export.sort;

import java.nio.channels.FileChannel;
import java.util.List;
import org.consentry.export.sort.SortedTable.Piece;

/** The rows of some segments, read and sorted in memory. */
final class MemoryRange implements RowCursor {

  private final byte[] buffer;
  private final int[] starts;
  private final int[] ends;
  private final int rows;
  private int current;

  private MemoryRange(byte[] buffer, int[] starts, int[] ends, int rows) {
    this.buffer = buffer;
    this.starts = starts;
    this.ends = ends;
    this.rows = rows;
    current = -1;
  }

  /**
   * Reads and sorts.
   *
   * @param pieces segments of one range, with the files they are in; those of a file follow each
   *     other
   */
  static MemoryRange of(List<Piece> pieces) {
    int bytes = 0;
    int rows = 0;
    for (Piece piece : pieces) {
      bytes = Math.addExact(bytes, piece.segment().length());
      rows = Math.addExact(rows, piece.segment().rows());
    }
    byte[] buffer = new byte[Math.addExact(bytes, RowCodec.SLACK)];
    read(pieces, buffer);
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int length = SpillFile.length(buffer, at);
      at += SpillFile.lengthBytes(length);
      starts[row] = at;
      at += length;
      ends[row] = at;
    }
    if (at != bytes) {
      throw WorkFiles.damaged();
    }
    RowSorter.sort(buffer, starts, ends, rows);
    return new MemoryRange(buffer, starts, ends, rows);
  }

  private static void read(List<Piece> pieces, byte[] buffer) {
    int at = 0;
    for (int i = 0; i < pieces.size(); ) {
      SpillFile file = pieces.get(i).file();
      FileChannel channel = WorkFiles.open(file.file());
      try {
        for (; i < pieces.size() && pieces.get(i).file() == file; i++) {
          SpillFile.read(channel, pieces.get(i).segment(), buffer, at);
          at += pieces.get(i).segment().length();
        }
      } finally {
        WorkFiles.close(channel);
      }
    }
  }

  /** Skips rows before the first {@link #next()}. */
  MemoryRange from(int row) {
    current = row - 1;
    return this;
  }

  @Override
  public boolean next() {
    return ++current < rows;
  }

  @Override
  public boolean hasNextBeside() {
    return current + 1 < rows;
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int start() {
    return starts[current];
  }

  @Override
  public int end() {
    return ends[current];
  }

  @Override
  public void close() {
    // Memory only.
  }
}

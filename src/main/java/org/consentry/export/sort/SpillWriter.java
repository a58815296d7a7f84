package org.consentry.export.sort;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.consentry.data.RowBatch;

/**
 * Writes the released rows of one split to its spill file, cut by range. Not thread-safe. The file
 * is not flushed to the disk: after a crash its checks decide whether it counts.
 */
public final class SpillWriter implements AutoCloseable {

  private static final int LENGTH_ROOM = 5;
  private static final int CHECKED = 1 << 8;

  private final TableSort table;
  private final RowEncoder encoder;
  private final FileChannel channel;
  private final Runnable settle;
  private final List<SpillFile.Segment> segments = new ArrayList<>();
  private final int capacity;
  private final SpillBuffers buffers;
  private final SpillBuffers.Arrays arrays;
  private int used;
  private int count;
  private boolean isClosed;
  private long written;
  private long total;
  private int digest;

  /**
   * Begins.
   *
   * @param settle gives the whole file its name
   * @param capacity bytes of rows that are collected before they are written
   * @param buffers where the arrays come from, and go to at the end
   */
  SpillWriter(
      TableSort table,
      RowCodec codec,
      Path file,
      Runnable settle,
      int capacity,
      SpillBuffers buffers) {
    this.table = table;
    this.settle = settle;
    this.capacity = capacity;
    encoder = new RowEncoder(codec);
    channel = WorkFiles.create(file);
    this.buffers = buffers;
    arrays = buffers.take();
  }

  /** Adds rows. */
  public void write(RowBatch batch) {
    if (isClosed) {
      throw new IllegalStateException("the writer is closed");
    }
    encoder.batch(batch);
    for (int row = 0; row < batch.rows(); row++) {
      if (row % CHECKED == 0) {
        encoder.check(row, Math.min(batch.rows(), row + CHECKED));
      }
      int room = encoder.room(row);
      if ((used > 0 && used + (long) room > capacity) || count == RowSorter.MOST_ROWS) {
        flush();
      }
      if (arrays.rows.length - used < room) {
        arrays.rows = Arrays.copyOf(arrays.rows, larger(arrays.rows.length, used + (long) room));
      }
      if (count == arrays.starts.length) {
        arrays.starts = Arrays.copyOf(arrays.starts, count * 2);
        arrays.ends = Arrays.copyOf(arrays.ends, count * 2);
      }
      arrays.starts[count] = used;
      used = encoder.put(row, arrays.rows, used);
      arrays.ends[count++] = used;
    }
    total += batch.rows();
  }

  private int larger(int size, long needed) {
    return Math.toIntExact(Math.max(needed, Math.min(2L * size, capacity)));
  }

  /** Writes the rows that were collected, in one segment a range. */
  private void flush() {
    if (count == 0) {
      return;
    }
    RangeBounds bounds = table.bounds(arrays.rows, arrays.starts, arrays.ends, count);
    digest = bounds.digest();
    int[] range = new int[count];
    int[] first = new int[bounds.ranges() + 1];
    for (int row = 0; row < count; row++) {
      range[row] = bounds.of(arrays.rows, arrays.starts[row], arrays.ends[row]);
      first[range[row] + 1]++;
    }
    for (int i = 0; i < bounds.ranges(); i++) {
      first[i + 1] += first[i];
    }
    int[] next = Arrays.copyOf(first, bounds.ranges());
    int[] order = new int[count];
    for (int row = 0; row < count; row++) {
      order[next[range[row]]++] = row;
    }
    for (int i = 0; i < bounds.ranges(); i++) {
      if (first[i + 1] > first[i]) {
        segment(i, order, first[i], first[i + 1]);
      }
    }
    count = 0;
    used = 0;
  }

  private void segment(int range, int[] order, int from, int to) {
    CRC32C crc = new CRC32C();
    long offset = written;
    int at = 0;
    for (int i = from; i < to; i++) {
      int start = arrays.starts[order[i]];
      int length = arrays.ends[order[i]] - start;
      if (arrays.output.length - at < length + LENGTH_ROOM) {
        put(crc, at);
        at = 0;
        if (arrays.output.length < length + LENGTH_ROOM) {
          arrays.output = new byte[length + LENGTH_ROOM];
        }
      }
      at = SpillFile.putLength(length, arrays.output, at);
      System.arraycopy(arrays.rows, start, arrays.output, at, length);
      at += length;
    }
    put(crc, at);
    segments.add(
        new SpillFile.Segment(
            range, offset, Math.toIntExact(written - offset), to - from, (int) crc.getValue()));
  }

  private void put(CRC32C crc, int length) {
    crc.update(arrays.output, 0, length);
    WorkFiles.write(channel, arrays.output, 0, length);
    written += length;
  }

  /** Completes the file. */
  public SpillResult finish() {
    flush();
    byte[] index = SpillFile.index(segments);
    WorkFiles.write(channel, index, 0, index.length);
    written += index.length;
    WorkFiles.close(channel);
    settle.run();
    return new SpillResult(total, written, SpillFile.check(index), digest);
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      count = 0;
      used = 0;
      buffers.give(arrays, capacity); // From here on they are another writer's.
    }
    WorkFiles.close(channel);
  }
}

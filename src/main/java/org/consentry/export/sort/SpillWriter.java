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
  private static final byte[] NO_BYTES = new byte[0];
  private static final int[] NO_INTS = new int[0];

  private final TableSort table;
  private final RowEncoder encoder;
  private final FileChannel channel;
  private final Runnable settle;
  private final List<SpillFile.Segment> segments = new ArrayList<>();
  private final int capacity;
  private final SpillBuffers buffers;
  private final SpillBuffers.Arrays arrays;
  private byte[] rows;
  private int used;
  private int[] starts;
  private int[] ends;
  private int count;
  private byte[] output;
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
    rows = arrays.rows;
    starts = arrays.starts;
    ends = arrays.ends;
    output = arrays.output;
  }

  /** Adds rows. */
  public void write(RowBatch batch) {
    encoder.batch(batch);
    for (int row = 0; row < batch.rows(); row++) {
      if (row % CHECKED == 0) {
        encoder.check(row, Math.min(batch.rows(), row + CHECKED));
      }
      int room = encoder.room(row);
      if ((used > 0 && used + (long) room > capacity) || count == RowSorter.MOST_ROWS) {
        flush();
      }
      if (rows.length - used < room) {
        rows = Arrays.copyOf(rows, larger(rows.length, used + (long) room));
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = used;
      used = encoder.put(row, rows, used);
      ends[count++] = used;
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
    RangeBounds bounds = table.bounds(rows, starts, ends, count);
    digest = bounds.digest();
    int[] range = new int[count];
    int[] first = new int[bounds.ranges() + 1];
    for (int row = 0; row < count; row++) {
      range[row] = bounds.of(rows, starts[row], ends[row]);
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
      int start = starts[order[i]];
      int length = ends[order[i]] - start;
      if (output.length - at < length + LENGTH_ROOM) {
        put(crc, at);
        at = 0;
        if (output.length < length + LENGTH_ROOM) {
          output = new byte[length + LENGTH_ROOM];
        }
      }
      at = SpillFile.putLength(length, output, at);
      System.arraycopy(rows, start, output, at, length);
      at += length;
    }
    put(crc, at);
    segments.add(
        new SpillFile.Segment(
            range, offset, Math.toIntExact(written - offset), to - from, (int) crc.getValue()));
  }

  private void put(CRC32C crc, int length) {
    crc.update(output, 0, length);
    WorkFiles.write(channel, output, 0, length);
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
      arrays.rows = rows;
      arrays.starts = starts;
      arrays.ends = ends;
      arrays.output = output;
      buffers.give(arrays, capacity);
      rows = NO_BYTES; // From here on they are another writer's.
      starts = NO_INTS;
      ends = NO_INTS;
      output = NO_BYTES;
      count = 0;
      used = 0;
    }
    WorkFiles.close(channel);
  }
}

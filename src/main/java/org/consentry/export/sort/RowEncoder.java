package org.consentry.export.sort;

import java.util.Arrays;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;

/**
 * Encodes the rows of batches. The arrays of the batch's columns are taken out once a batch, so
 * that the loop over cells makes no calls. Not thread-safe.
 */
final class RowEncoder {

  /** The least byte, of those below zero, that begins a character in UTF-8. */
  private static final byte FIRST_OF_MANY = (byte) 0xC0;

  private static final byte[] NO_BYTES = new byte[0];
  private static final int[] NO_INTS = new int[0];
  private static final long[] NO_LONGS = new long[0];

  private final RowCodec codec;
  private final byte[][] buffers;
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] values;
  private long[] rooms = NO_LONGS;

  RowEncoder(RowCodec codec) {
    this.codec = codec;
    buffers = new byte[codec.size()][];
    starts = new int[codec.size()][];
    ends = new int[codec.size()][];
    values = new long[codec.size()][];
  }

  /** Takes the batch whose rows are encoded next. */
  void batch(RowBatch batch) {
    if (rooms.length < batch.rows()) {
      rooms = new long[batch.rows()];
    }
    Arrays.fill(rooms, RowCodec.SLACK);
    List<Column> columns = batch.columns();
    for (int place = 0; place < codec.size(); place++) {
      if (columns.get(codec.column(place)) instanceof BytesColumn text) {
        buffers[place] = text.buffer();
        starts[place] = text.starts();
        ends[place] = text.ends();
        values[place] = NO_LONGS;
        addRooms(text.starts(), text.ends(), batch.rows());
      } else {
        buffers[place] = NO_BYTES;
        starts[place] = NO_INTS;
        ends[place] = NO_INTS;
        values[place] = ((LongColumn) columns.get(codec.column(place))).values();
        addRooms(batch.rows());
      }
    }
  }

  private void addRooms(int[] textStarts, int[] textEnds, int rows) {
    for (int row = 0; row < rows; row++) {
      int start = textStarts[row];
      rooms[row] += 2 + (start == BytesColumn.MISSING ? 0 : 2L * (textEnds[row] - start));
    }
  }

  private void addRooms(int rows) {
    for (int row = 0; row < rows; row++) {
      rooms[row] += RowCodec.LONGEST_NUMBER;
    }
  }

  /**
   * Checks that the leading texts of some rows begin and end with a whole character. They are far
   * apart where they are codes of subjects: without this look at one after the other, each row
   * would wait for its code; so the processor fetches many side by side.
   */
  void check(int from, int to) {
    if (!codec.isText(0)) {
      return;
    }
    boolean isCut = false;
    for (int row = from; row < to; row++) {
      int start = starts[0][row];
      if (start != BytesColumn.MISSING) {
        byte last = buffers[0][ends[0][row] - 1];
        isCut |= buffers[0][start] < FIRST_OF_MANY || (last >= FIRST_OF_MANY && last < 0);
      }
    }
    if (isCut) {
      throw new IllegalStateException("a text begins or ends within a character");
    }
  }

  /** Bytes that a row needs at most, those of {@link RowCodec#SLACK} included. */
  int room(int row) {
    return Math.toIntExact(rooms[row]);
  }

  /** Writes a row and gives the position behind it. */
  int put(int row, byte[] out, int start) {
    int at = start;
    for (int place = 0; place < starts.length; place++) {
      if (codec.isText(place)) {
        int from = starts[place][row];
        if (from == BytesColumn.MISSING) {
          out[at++] = RowCodec.MISSING;
        } else {
          at = RowCodec.put(buffers[place], from, ends[place][row], out, at);
        }
      } else {
        long value = values[place][row];
        if (value == LongColumn.MISSING) {
          out[at++] = RowCodec.MISSING;
        } else {
          at = RowCodec.put(value, out, at);
        }
      }
    }
    return at;
  }
}

package org.consentry.export.sort;

import java.util.Optional;
import org.consentry.data.RowBatch;

/** The released rows of one part, in their order. Not thread-safe. */
public final class PartRows implements AutoCloseable {

  private final Ranges ranges;
  private final RowDecoder decoder;
  private final int count;
  private long at;
  private final long to;
  private int range;
  private Optional<RowCursor> open = Optional.empty();

  /** Opens a range at a row of the table, if it has that row or a later one. */
  interface Ranges {
    Optional<RowCursor> open(int range, long from);
  }

  PartRows(SortedTable.Part part, RowCodec codec, int count, Ranges ranges) {
    this.ranges = ranges;
    this.decoder = new RowDecoder(codec);
    this.count = count;
    this.at = part.from();
    this.to = part.to();
  }

  /**
   * The next rows, in the order of the schema's columns; empty at the end. Valid until the next
   * call.
   */
  public Optional<RowBatch> next() {
    while (at < to && !decoder.isFull()) {
      if (open.isEmpty()) {
        open = nextRange();
        continue;
      }
      RowCursor row = open.get();
      if (!decoder.isEmpty() && !row.hasNextBeside()) {
        break;
      }
      if (row.next()) {
        decoder.add(row.buffer(), row.start(), row.end());
        at++;
      } else {
        close();
      }
    }
    return decoder.isEmpty() ? Optional.empty() : Optional.of(decoder.take());
  }

  private Optional<RowCursor> nextRange() {
    if (range == count) {
      throw WorkFiles.damaged();
    }
    return ranges.open(range++, at);
  }

  @Override
  public void close() {
    open.ifPresent(RowCursor::close);
    open = Optional.empty();
  }
}

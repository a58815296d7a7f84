package org.consentry.export.sort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * The released rows of one table in their order, cut into parts. A range is sorted when a part that
 * needs it is opened. Safe for many threads.
 *
 * <p><b>Security promise:</b> the order of the rows of all parts depends on their released content
 * alone, and so does what is in each part. Nothing of the order, the splits or the threads in which
 * the source was read is left.
 */
public final class SortedTable {

  private final String table;
  private final RowCodec codec;
  private final List<Range> ranges;
  private final Path work;
  private final SortSizes sizes;
  private final Map<Integer, MergedRange> merged = new ConcurrentHashMap<>();

  /**
   * Rows that become one part file.
   *
   * @param number from 0, in order
   * @param from the first row, counted over the whole table
   * @param to one past the last row
   */
  public record Part(int number, long from, long to) {

    /** Number of rows. */
    public long rows() {
      return to - from;
    }
  }

  /** A segment and the file it is in. */
  record Piece(SpillFile file, SpillFile.Segment segment) {}

  /**
   * The rows of one range.
   *
   * @param first number of its first row in the table
   */
  private record Range(long first, long rows, long bytes, List<Piece> pieces) {}

  /**
   * A sorted table.
   *
   * @param pieces the segments of each range, in the order of the ranges
   * @param work the folder for ranges that do not fit in memory
   */
  SortedTable(String table, RowCodec codec, List<List<Piece>> pieces, Path work, SortSizes sizes) {
    this.table = table;
    this.codec = codec;
    this.work = work;
    this.sizes = sizes;
    List<Range> found = new ArrayList<>();
    long first = 0;
    for (List<Piece> range : pieces) {
      long rows = range.stream().mapToLong(piece -> piece.segment().rows()).sum();
      long bytes = range.stream().mapToLong(piece -> piece.segment().length()).sum();
      found.add(new Range(first, rows, bytes, List.copyOf(range)));
      first += rows;
    }
    this.ranges = List.copyOf(found);
  }

  /** How many rows the table has. */
  public long rows() {
    return ranges.stream().mapToLong(Range::rows).sum();
  }

  /**
   * How many rows equal the row before them.
   *
   * @param compared receives how many rows were looked at, again and again
   */
  public long repeated(LongConsumer compared) {
    long repeated = 0;
    byte[] before = new byte[0];
    for (int range = 0; range < ranges.size(); range++) {
      Optional<RowCursor> opened = open(range, 0);
      if (opened.isPresent()) {
        try (RowCursor row = opened.get()) {
          while (row.next()) {
            if (Arrays.equals(before, 0, before.length, row.buffer(), row.start(), row.end())) {
              repeated++;
            } else {
              before = Arrays.copyOfRange(row.buffer(), row.start(), row.end());
            }
          }
        }
      }
      compared.accept(ranges.get(range).rows());
    }
    return repeated;
  }

  /** The parts of the table; one without rows when no row is released. */
  public List<Part> parts() {
    long all = rows();
    List<Part> parts = new ArrayList<>();
    for (long from = 0; from == 0 || from < all; from += sizes.partRows()) {
      parts.add(new Part(parts.size(), from, Math.min(all, from + sizes.partRows())));
    }
    return parts;
  }

  /** The rows of a part in their order. */
  public PartRows open(Part part) {
    return new PartRows(part, codec, ranges.size(), this::open);
  }

  /** Opens a range at a row of the table; empty when the row is behind the range. */
  private Optional<RowCursor> open(int number, long from) {
    Range range = ranges.get(number);
    long skip = Math.max(0, from - range.first());
    if (skip >= range.rows()) {
      return Optional.empty();
    }
    if (range.bytes() <= sizes.rangeBytes() && range.rows() <= RowSorter.MOST_ROWS) {
      return Optional.of(MemoryRange.of(range.pieces()).from((int) skip));
    }
    MergedRange inFile =
        merged.computeIfAbsent(
            number,
            key ->
                MergedRange.of(
                    range.pieces(),
                    work.resolve(table + "-" + key + ".sorted"),
                    sizes.rangeBytes()));
    return Optional.of(inFile.from(skip));
  }
}

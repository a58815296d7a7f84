package org.consentry.export.sort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The released rows of one table between extract and part files. Splits spill their rows, in any
 * order and on any threads; when all are done the rows are cut into parts, each of which is sorted
 * on its own. Safe for many threads; {@link #complete} is called once between the two.
 *
 * <p><b>Security promise:</b> the order of the rows of all parts depends on their released content
 * alone, and so does what is in each part. Nothing of the order, the cut or the threads in which
 * the source was read is left.
 */
public final class TableSort {

  private final Schema schema;
  private final RowCodec codec;
  private final int ranges;
  private final Path work;
  private final Store store;
  private final SortSizes sizes;
  private final Map<Integer, MergedRange> merged = new ConcurrentHashMap<>();
  private List<Range> rows = List.of();
  private @Nullable RangeBounds bounds;

  /** Where the bounds of ranges are kept between runs, by name. */
  public interface Store {
    Optional<byte[]> read(String name);

    void write(String name, byte[] bytes);
  }

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
   * A table of which nothing is spilled yet.
   *
   * @param first position in the schema of the column that leads the order; the first when empty
   * @param sourceBytes size of the source table
   * @param work the folder for spill files, in staging
   */
  public TableSort(
      Schema schema, OptionalInt first, long sourceBytes, Path work, Store store, SortSizes sizes) {
    this.schema = schema;
    this.codec = new RowCodec(schema, first);
    this.ranges = sizes.ranges(sourceBytes);
    this.work = work;
    this.store = store;
    this.sizes = sizes;
    this.bounds = store.read(boundsName()).flatMap(RangeBounds::parse).orElse(null);
  }

  /** Begins the spill file of a split, in place of one that is there. */
  public SpillWriter spill(int split) {
    return new SpillWriter(this, codec, file(split), sizes.bufferBytes());
  }

  /** Whether the spill file of a split is there and still what was written. Reads it whole. */
  public boolean holds(int split, SpillResult result) {
    return (result.rows() == 0 || knows(result.bounds()))
        && SpillFile.open(file(split), result).filter(SpillFile::isWhole).isPresent();
  }

  private synchronized boolean knows(int digest) {
    return bounds != null && bounds.digest() == digest;
  }

  /** The bounds of the ranges, made of these rows if there are none yet. */
  synchronized RangeBounds bounds(byte[] buffer, int[] starts, int[] ends, int count) {
    if (bounds == null) {
      bounds = RangeBounds.sample(buffer, starts, ends, count, ranges);
      store.write(boundsName(), bounds.toBytes());
    }
    return bounds;
  }

  /**
   * Takes the spill files of all splits, in their order.
   *
   * @throws org.consentry.problem.ProblemException when one is not what was written
   */
  public void complete(List<SpillResult> splits) {
    int count = ranges(splits.stream().filter(split -> split.rows() > 0).toList());
    List<List<Piece>> pieces = new ArrayList<>();
    for (int range = 0; range < count; range++) {
      pieces.add(new ArrayList<>());
    }
    for (int split = 0; split < splits.size(); split++) {
      SpillFile file =
          SpillFile.open(file(split), splits.get(split)).orElseThrow(WorkFiles::damaged);
      for (SpillFile.Segment segment : file.segments()) {
        pieces.get(segment.range()).add(new Piece(file, segment));
      }
    }
    List<Range> found = new ArrayList<>();
    long first = 0;
    for (List<Piece> range : pieces) {
      long rowsOfRange = range.stream().mapToLong(piece -> piece.segment().rows()).sum();
      long bytes = range.stream().mapToLong(piece -> piece.segment().length()).sum();
      found.add(new Range(first, rowsOfRange, bytes, List.copyOf(range)));
      first += rowsOfRange;
    }
    rows = List.copyOf(found);
    merged.clear();
  }

  private synchronized int ranges(List<SpillResult> splits) {
    if (splits.isEmpty()) {
      return 0;
    }
    RangeBounds known = bounds;
    if (known == null || splits.stream().anyMatch(split -> split.bounds() != known.digest())) {
      throw WorkFiles.damaged();
    }
    return known.ranges();
  }

  /** How many rows equal the row before them. */
  public long repeated() {
    long repeated = 0;
    byte[] before = new byte[0];
    for (int range = 0; range < rows.size(); range++) {
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
    }
    return repeated;
  }

  /** The parts of the table; one without rows when no row is released. */
  public List<Part> parts() {
    long all = rows.stream().mapToLong(Range::rows).sum();
    List<Part> parts = new ArrayList<>();
    for (long from = 0; from == 0 || from < all; from += sizes.partRows()) {
      parts.add(new Part(parts.size(), from, Math.min(all, from + sizes.partRows())));
    }
    return parts;
  }

  /** The rows of a part in their order. */
  public PartRows open(Part part) {
    return new PartRows(part, codec, rows.size(), this::open);
  }

  /** Opens a range at a row of the table; empty when the row is behind the range. */
  private Optional<RowCursor> open(int number, long from) {
    Range range = rows.get(number);
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
                    work.resolve(schema.table() + "-" + key + ".sorted"),
                    sizes.rangeBytes()));
    return Optional.of(inFile.from(skip));
  }

  private Path file(int split) {
    return work.resolve(schema.table() + "-" + split + ".spill");
  }

  private String boundsName() {
    return schema.table() + ".ranges";
  }
}

package org.consentry.export.sort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The spill files of one table: each split writes its released rows by range, in any order and on
 * any threads. {@link #sorted} makes the sorted table of them. Safe for many threads.
 */
public final class TableSort {

  private final Schema schema;
  private final RowCodec codec;
  private final int ranges;
  private final Path work;
  private final Store store;
  private final SortSizes sizes;
  private @Nullable RangeBounds bounds;

  /** Where the bounds of ranges are stored between runs, by name. */
  public interface Store {
    Optional<byte[]> read(String name);

    /** Stores the bounds; those that another process stored at the same time may remain. */
    void write(String name, byte[] bytes);

    /** Removes bounds that cannot be read. */
    default void remove(String name) {}

    /** Where a file is written until it is whole. */
    default Path fresh(Path file) {
      return file;
    }

    /** Gives a whole file its name. */
    default void settle(Path fresh, Path file) {}
  }

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
    this.bounds = stored();
    if (bounds == null) {
      store.remove(boundsName());
    }
  }

  private @Nullable RangeBounds stored() {
    return store.read(boundsName()).flatMap(RangeBounds::parse).orElse(null);
  }

  /** Begins the spill file of a split, in place of one that is there. */
  public SpillWriter spill(int split) {
    return spill(split, 1, new SpillBuffers());
  }

  /**
   * The same for one of some tables whose splits are extracted at once.
   *
   * @param tables how many; together they collect as many bytes as one
   * @param buffers where the writer takes its arrays from
   */
  public SpillWriter spill(int split, int tables, SpillBuffers buffers) {
    Path file = file(split);
    Path fresh = store.fresh(file);
    return new SpillWriter(
        this,
        codec,
        fresh,
        () -> store.settle(fresh, file),
        Math.max(1, sizes.bufferBytes() / tables),
        buffers);
  }

  /** Whether the spill file of a split is there and still what was written. Reads it whole. */
  public boolean isIntact(int split, SpillResult result) {
    return (result.rows() == 0 || knows(result.bounds()))
        && SpillFile.open(file(split), result).filter(SpillFile::isWhole).isPresent();
  }

  private synchronized boolean knows(int digest) {
    return bounds != null && bounds.digest() == digest;
  }

  /** The bounds of the ranges, made of these rows if there are none yet. */
  synchronized RangeBounds bounds(byte[] buffer, int[] starts, int[] ends, int count) {
    if (bounds == null) {
      RangeBounds made = RangeBounds.sample(buffer, starts, ends, count, ranges);
      store.write(boundsName(), made.toBytes());
      RangeBounds first = stored();
      if (first == null) {
        throw WorkFiles.damaged(); // Rows in ranges that no other split has cannot be sorted.
      }
      bounds = first;
    }
    return bounds;
  }

  /**
   * The rows in the spill files of all splits.
   *
   * @param splits what was spilled, in the order of the splits
   * @throws org.consentry.problem.ProblemException when a file is not what was written
   */
  public SortedTable sorted(List<SpillResult> splits) {
    int count = ranges(splits.stream().filter(split -> split.rows() > 0).toList());
    List<List<SortedTable.Piece>> pieces = new ArrayList<>();
    for (int range = 0; range < count; range++) {
      pieces.add(new ArrayList<>());
    }
    for (int split = 0; split < splits.size(); split++) {
      SpillFile file =
          SpillFile.open(file(split), splits.get(split)).orElseThrow(WorkFiles::damaged);
      for (SpillFile.Segment segment : file.segments()) {
        pieces.get(segment.range()).add(new SortedTable.Piece(file, segment));
      }
    }
    return new SortedTable(schema.table(), codec, pieces, work, sizes);
  }

  private synchronized int ranges(List<SpillResult> splits) {
    if (splits.isEmpty()) {
      return 0;
    }
    if (bounds == null) {
      bounds = stored(); // made by another process
    }
    RangeBounds known = bounds;
    if (known == null || splits.stream().anyMatch(split -> split.bounds() != known.digest())) {
      throw WorkFiles.damaged();
    }
    return known.ranges();
  }

  private Path file(int split) {
    return work.resolve(schema.table() + "-" + split + ".spill");
  }

  private String boundsName() {
    return schema.table() + ".ranges";
  }
}

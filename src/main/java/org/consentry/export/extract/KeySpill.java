package org.consentry.export.extract;

import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.sort.SpillResult;
import org.consentry.export.sort.SpillWriter;

/**
 * Spills a hash of the declared key of every released row, so that sorting finds keys that repeat
 * whatever the number of rows. Two keys share a hash of 64 bits by chance with a probability below
 * {@code n * n / 2^65}. Not thread-safe.
 */
public final class KeySpill implements AutoCloseable {

  private final List<Integer> columns;
  private final SpillWriter spill;
  private long[] hashes = new long[0];

  /**
   * Begins.
   *
   * @param columns positions in the schema of the released columns that make up the key
   */
  public KeySpill(List<Integer> columns, SpillWriter spill) {
    this.columns = List.copyOf(columns);
    this.spill = spill;
  }

  /** What is spilled of a table's keys. */
  public static Schema schema(String table) {
    return new Schema(table + ".key", List.of(new Field("hash", FieldType.INTEGER, "")));
  }

  void write(RowBatch batch) {
    if (hashes.length < batch.rows()) {
      hashes = new long[batch.rows()];
    }
    for (int row = 0; row < batch.rows(); row++) {
      long hash = 0;
      for (int column : columns) {
        hash = mix(hash ^ hash(batch.columns().get(column), row));
      }
      hashes[row] = hash == LongColumn.MISSING ? 0 : hash;
    }
    spill.write(
        new RowBatch(
            batch.rows(), List.of(new LongColumn(batch.rows(), hashes)), List.of(), row -> 0L));
  }

  private static long hash(Column column, int row) {
    if (column.isMissing(row)) {
      return 1;
    }
    if (column instanceof LongColumn numbers) {
      return mix(numbers.values()[row]);
    }
    BytesColumn text = (BytesColumn) column;
    long hash = 0xCBF29CE484222325L;
    for (int at = text.starts()[row]; at < text.ends()[row]; at++) {
      hash = (hash ^ text.buffer()[at]) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  SpillResult finish() {
    return spill.finish();
  }

  @Override
  public void close() {
    spill.close();
  }
}

package org.consentry.connector;

import java.nio.file.Path;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.PowersOfTen;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * What every sink demands of a batch, so that CSV and Parquet refuse the same: columns as in the
 * schema, dates within 32 bits of days (Parquet's DATE), decimals within their digits.
 */
public final class BatchCheck {

  private final String file;
  private final Schema schema;

  public BatchCheck(Path file, Schema schema) {
    this.file = WriteFailure.name(file);
    this.schema = schema;
  }

  /**
   * Checks a batch.
   *
   * @throws IllegalArgumentException when the columns are not those of the schema
   * @throws org.consentry.problem.ProblemException when values do not fit their type
   */
  public void check(RowBatch batch) {
    if (batch.columns().size() != schema.fields().size()) {
      throw new IllegalArgumentException(
          "expected "
              + CountWords.of(schema.fields().size(), "column")
              + " but found "
              + batch.columns().size());
    }
    Problems problems = new Problems();
    for (int i = 0; i < batch.columns().size(); i++) {
      check(schema.fields().get(i), batch.columns().get(i), problems);
    }
    problems.throwIfAny(Category.RUN_FAILED);
  }

  private void check(Field field, Column column, Problems problems) {
    FieldType type = field.type();
    if (column instanceof BytesColumn != type.isBytes()) {
      throw new IllegalArgumentException(
          "column " + field.name() + " of type " + type + " came in the wrong physical form");
    }
    if (!(column instanceof LongColumn longs)) {
      return;
    }
    int strangers =
        switch (type.kind()) {
          case DATE -> outside(longs, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case DECIMAL ->
              outside(
                  longs,
                  1 - PowersOfTen.of(type.precision()),
                  PowersOfTen.of(type.precision()) - 1);
          case TEXT, CODE, INTEGER, TIMESTAMP -> 0;
        };
    if (strangers > 0) {
      problems.error(
          "VALUE_OUT_OF_RANGE",
          Place.of(file),
          "expected values of column '"
              + field.name()
              + "' to fit "
              + type
              + " but found "
              + strangers
              + " in one batch which do not",
          "widen the type in the mapping or set what its operator does with an invalid value");
    }
  }

  private static int outside(LongColumn column, long min, long max) {
    long[] values = column.values();
    int count = 0;
    for (int row = 0; row < column.rows(); row++) {
      long value = values[row];
      if ((value < min || value > max) && value != LongColumn.MISSING) {
        count++;
      }
    }
    return count;
  }
}

package org.consentry.export.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * The cells of one column chunk, row by row; the values of a repeated column are lines of one cell.
 * A value of a dictionary is made a text once, before the first row. For one thread.
 */
final class ParquetCells extends PrimitiveConverter {

  private final CellBytes bytes;
  private final PrimitiveType type;
  private final int defined;
  private final boolean repeats;

  /** Of the dictionary's values. */
  private int[] starts = {};

  private int[] ends = {};

  /** Of the value last read. */
  private int start;

  private int end;

  private int id = CellBatch.NO_ID;

  /** What is decided of the dictionary's values. */
  private DecidedValues decided = new DecidedValues(0);

  /**
   * Begins without values.
   *
   * @param bytes where texts are added; those of dictionaries must stay there
   */
  ParquetCells(ColumnDescriptor descriptor, CellBytes bytes) {
    this.bytes = bytes;
    type = descriptor.getPrimitiveType();
    defined = descriptor.getMaxDefinitionLevel();
    repeats = descriptor.getMaxRepetitionLevel() > 0;
  }

  /** Receives values for columns, which are those of the group's leaves in their order. */
  static GroupConverter receiver(GroupType group, Iterator<ParquetCells> columns) {
    List<Converter> fields = new ArrayList<>();
    for (Type field : group.getFields()) {
      fields.add(field.isPrimitive() ? columns.next() : receiver(field.asGroupType(), columns));
    }
    return new Fields(fields);
  }

  private static final class Fields extends GroupConverter {

    private final List<Converter> fields;

    Fields(List<Converter> fields) {
      this.fields = fields;
    }

    @Override
    public Converter getConverter(int field) {
      return fields.get(field);
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** Sets the cell of the next row. */
  void next(ColumnReader values, CellBatch batch, int column, int row) throws CsvReader.TooLong {
    if (repeats) {
      nextOfMany(values, batch, column, row);
      return;
    }
    if (values.getCurrentDefinitionLevel() == defined) {
      id = CellBatch.NO_ID;
      read(values);
      batch.set(column, row, start, end, id);
    } else {
      batch.set(column, row, 0, 0, CellBatch.NO_ID);
    }
    values.consume();
  }

  private void nextOfMany(ColumnReader values, CellBatch batch, int column, int row)
      throws CsvReader.TooLong {
    int first = bytes.size;
    do {
      if (values.getCurrentDefinitionLevel() == defined) {
        if (bytes.size > first) {
          bytes.add('\n');
        }
        read(values);
        if (start < first) {
          bytes.repeat(start, end);
        }
      }
      values.consume();
    } while (values.getCurrentRepetitionLevel() > 0);
    batch.set(column, row, first, bytes.size, CellBatch.NO_ID);
  }

  private void read(ColumnReader values) throws CsvReader.TooLong {
    values.writeCurrentValueToConverter();
    if (end - start > CsvReader.LONGEST_RECORD) {
      throw new CsvReader.TooLong();
    }
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    starts = new int[dictionary.getMaxId() + 1];
    ends = new int[starts.length];
    for (int id = 0; id < starts.length; id++) {
      starts[id] = bytes.size;
      ParquetText.add(dictionary, id, type, bytes);
      ends[id] = bytes.size;
    }
    decided = new DecidedValues(starts.length);
  }

  @Override
  public void addValueFromDictionary(int number) {
    start = starts[number];
    end = ends[number];
    id = number;
  }

  /** What the scan decides of the dictionary's values. */
  DecidedValues decided() {
    return decided;
  }

  @Override
  public void addBoolean(boolean value) {
    start = bytes.size;
    bytes.add(String.valueOf(value));
    end = bytes.size;
  }

  @Override
  public void addInt(int value) {
    addLong(value);
  }

  @Override
  public void addLong(long value) {
    start = bytes.size;
    ParquetText.add(value, type, bytes);
    end = bytes.size;
  }

  @Override
  public void addFloat(float value) {
    start = bytes.size;
    bytes.add(Float.toString(value));
    end = bytes.size;
  }

  @Override
  public void addDouble(double value) {
    start = bytes.size;
    bytes.add(Double.toString(value));
    end = bytes.size;
  }

  @Override
  public void addBinary(Binary value) {
    start = bytes.size;
    ParquetText.add(value, type, bytes);
    end = bytes.size;
  }
}

package org.consentry.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;

/**
 * Writes one CSV file row by row from columns, straight into the output buffer. Its bytes depend on
 * the rows alone, not on how they are cut into batches.
 */
final class CsvPart implements PartWriter {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final BatchCheck check;
  private final FieldType[] types;
  private final PartOutput output;
  private long rows;

  CsvPart(Path file, Schema schema) {
    this.file = file;
    check = new BatchCheck(file, schema);
    types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
    output = PartOutput.create(file, BUFFER_BYTES);
    try {
      header(schema.fields());
    } catch (IOException e) {
      output.close();
      throw WriteFailure.of(file, e);
    }
  }

  private void header(List<Field> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      byte[] name = fields.get(i).name().getBytes(StandardCharsets.UTF_8);
      putBytes(name, 0, name.length);
      end(i);
    }
  }

  @Override
  public void write(RowBatch batch) {
    check.check(batch);
    Column[] columns = batch.columns().toArray(Column[]::new);
    try {
      for (int row = 0; row < batch.rows(); row++) {
        for (int i = 0; i < columns.length; i++) {
          cell(columns[i], types[i], row);
          end(i);
        }
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
    rows += batch.rows();
  }

  private void cell(Column column, FieldType type, int row) throws IOException {
    if (column instanceof BytesColumn bytes) {
      int start = bytes.starts()[row];
      if (start != BytesColumn.MISSING) {
        putBytes(bytes.buffer(), start, bytes.ends()[row]);
      } else {
        missing();
      }
      return;
    }
    long value = ((LongColumn) column).values()[row];
    if (value != LongColumn.MISSING) {
      putLong(type, value);
    } else {
      missing();
    }
  }

  private void missing() throws IOException {
    if (types.length == 1) {
      output.reserve(2);
      output.write('"');
      output.write('"');
    }
  }

  private void putBytes(byte[] in, int start, int end) throws IOException {
    output.reserve(Math.addExact(Math.multiplyExact(end - start, 2), 2));
    output.position(CsvCells.put(in, start, end, output.buffer(), output.position()));
  }

  private void putLong(FieldType type, long value) throws IOException {
    output.reserve(IsoText.MAX_LENGTH);
    byte[] out = output.buffer();
    int at = output.position();
    output.position(
        switch (type.kind()) {
          case INTEGER -> IsoText.number(out, at, value);
          case DECIMAL -> IsoText.decimal(out, at, value, type.scale());
          case DATE -> IsoText.date(out, at, value);
          case TIMESTAMP -> IsoText.timestamp(out, at, value);
          case TEXT, CODE -> throw new IllegalStateException("text travels as bytes");
        });
  }

  /** What follows a field: a comma, or CRLF after the last. */
  private void end(int column) throws IOException {
    output.reserve(2);
    int at = output.position();
    if (column < types.length - 1) {
      output.buffer()[at] = ',';
      output.position(at + 1);
    } else {
      output.buffer()[at] = '\r';
      output.buffer()[at + 1] = '\n';
      output.position(at + 2);
    }
  }

  @Override
  public PartFile finish() {
    try {
      return output.finish(rows);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public void close() {
    output.close();
  }
}

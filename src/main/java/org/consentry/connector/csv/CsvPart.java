package org.consentry.connector.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.connector.BatchCheck;
import org.consentry.connector.IsoText;
import org.consentry.connector.PartOutput;
import org.consentry.connector.PartWriter;
import org.consentry.connector.WriteFailure;
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

  private static final int BUFFER_BYTES = 1 << 18;

  /** Room for any number or date, or the quotes of a text, and what follows. */
  private static final int FIELD_ROOM = IsoText.MAX_LENGTH + 2;

  private final Path file;
  private final BatchCheck check;
  private final FieldType[] types;
  private final boolean[] texts;
  private final long fixedRoom;
  private final byte[][] buffers;
  private final int[][] starts;
  private final int[][] ends;
  private final long[][] values;
  private final Formulas formulas;
  private final PartOutput output;
  private long rows;

  CsvPart(Path file, Schema schema, Formulas formulas) {
    this.file = file;
    this.formulas = formulas;
    check = new BatchCheck(file, schema);
    types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
    texts = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      texts[i] = types[i].isBytes();
    }
    fixedRoom = (long) types.length * FIELD_ROOM;
    buffers = new byte[types.length][];
    starts = new int[types.length][];
    ends = new int[types.length][];
    values = new long[types.length][];
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
      output.reserve(2 * name.length + FIELD_ROOM);
      int at = CsvCells.put(name, 0, name.length, output.buffer(), output.position());
      output.buffer()[at] = (byte) (i < fields.size() - 1 ? ',' : '\r');
      output.position(at + 1);
    }
    output.write('\n');
  }

  @Override
  public void write(RowBatch batch) {
    check.check(batch);
    List<Column> columns =
        switch (formulas) {
          case UNCHANGED -> batch.columns();
          case ESCAPED -> FormulaEscape.of(batch.columns());
        };
    try {
      rows(columns, batch.rows());
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
    rows += batch.rows();
  }

  /** Takes the arrays out of the columns, so that the loop over cells makes no virtual calls. */
  private void rows(List<Column> columns, int count) throws IOException {
    for (int i = 0; i < types.length; i++) {
      if (columns.get(i) instanceof BytesColumn bytes) {
        buffers[i] = bytes.buffer();
        starts[i] = bytes.starts();
        ends[i] = bytes.ends();
      } else {
        values[i] = ((LongColumn) columns.get(i)).values();
      }
    }
    for (int row = 0; row < count; row++) {
      output.reserve(room(row));
      output.position(row(row, output.buffer(), output.position()));
    }
  }

  /** Bytes that a record takes at most: twice those of its texts, if each is a quote. */
  private int room(int row) {
    long room = fixedRoom;
    for (int i = 0; i < types.length; i++) {
      if (texts[i] && starts[i][row] != BytesColumn.MISSING) {
        room += 2L * (ends[i][row] - starts[i][row]);
      }
    }
    return Math.toIntExact(room);
  }

  private int row(int row, byte[] out, int start) {
    int at = start;
    for (int i = 0; i < types.length; i++) {
      if (texts[i]) {
        int from = starts[i][row];
        at =
            from == BytesColumn.MISSING
                ? missing(out, at)
                : CsvCells.put(buffers[i], from, ends[i][row], out, at);
      } else {
        long value = values[i][row];
        at = value == LongColumn.MISSING ? missing(out, at) : put(types[i], value, out, at);
      }
      out[at++] = ',';
    }
    out[at - 1] = '\r';
    out[at] = '\n';
    return at + 1;
  }

  private int missing(byte[] out, int at) {
    if (types.length > 1) {
      return at;
    }
    out[at] = '"';
    out[at + 1] = '"';
    return at + 2;
  }

  private static int put(FieldType type, long value, byte[] out, int at) {
    return switch (type.kind()) {
      case INTEGER -> IsoText.number(out, at, value);
      case DECIMAL -> IsoText.decimal(out, at, value, type.scale());
      case DATE -> IsoText.date(out, at, value);
      case TIMESTAMP -> IsoText.timestamp(out, at, value);
      case TEXT, CODE -> throw new IllegalStateException("text travels as bytes");
    };
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

package org.consentry.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.PartContent;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;

/** Lines of text with bars between values, and a first line of names. */
public final class LinesSink implements Sink {

  @Override
  public String format() {
    return "lines";
  }

  @Override
  public String extension() {
    return "lines";
  }

  @Override
  public String mediaType() {
    return "text/plain";
  }

  @Override
  public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
    return new Lines(file, schema);
  }

  @Override
  public Optional<PartContent> content(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new PartContent(lines.size() - 1, List.of(lines.get(0).split("\\|", -1)), List.of()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** One file. */
  private static final class Lines implements PartWriter {
    private final Path file;
    private final Schema schema;
    private final PartOutput out;
    private long rows;

    Lines(Path file, Schema schema) {
      this.file = file;
      this.schema = schema;
      this.out = PartOutput.create(file, 1 << 12);
      line(schema.fields().stream().map(Field::name).collect(Collectors.joining("|")));
    }

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.rows(); row++) {
        int at = row;
        line(
            IntStream.range(0, batch.columns().size())
                .mapToObj(i -> text(schema.fields().get(i), batch.columns().get(i), at))
                .collect(Collectors.joining("|")));
        rows++;
      }
    }

    private static String text(Field field, Column column, int row) {
      if (column.isMissing(row)) {
        return "";
      }
      if (column instanceof BytesColumn bytes) {
        int start = bytes.starts()[row];
        return new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8);
      }
      long value = ((LongColumn) column).values()[row];
      return field.type().kind() == FieldType.Kind.DATE
          ? LocalDate.ofEpochDay(value).toString()
          : Long.toString(value);
    }

    private void line(String text) {
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      try {
        out.write(bytes, 0, bytes.length);
      } catch (IOException failed) {
        throw WriteFailure.of(file, failed);
      }
    }

    @Override
    public PartFile finish() {
      try {
        return out.finish(rows);
      } catch (IOException failed) {
        throw WriteFailure.of(file, failed);
      }
    }

    @Override
    public void close() {
      out.close();
    }
  }
}

package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.PartWriter;
import org.consentry.connector.Sink;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.PartContent;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.SortedTable;
import org.consentry.export.sort.SortedTables;
import org.consentry.export.sort.SpillWriter;
import org.consentry.export.sort.TableSort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One part goes into every part file, whole, and everything is closed in the end. */
class PartExtractTest {

  private final List<String> calls = new ArrayList<>();
  private final List<PartResult> stored = new ArrayList<>();
  private final List<Long> written = new ArrayList<>();

  /** A format that counts, and records calls of its writers. */
  private final class CountingSink implements Sink {
    private final String format;

    CountingSink(String format) {
      this.format = format;
    }

    @Override
    public String format() {
      return format;
    }

    @Override
    public String extension() {
      return format;
    }

    @Override
    public String mediaType() {
      return "text/plain";
    }

    @Override
    public Optional<PartContent> content(Path file) {
      return Optional.empty();
    }

    @Override
    public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
      if (format.equals("refusing")) {
        throw new IllegalStateException("cannot open");
      }
      calls.add("open " + file + " " + metadata.get("job"));
      return new PartWriter() {
        private long rows;

        @Override
        public void write(RowBatch batch) {
          calls.add("write " + format + " " + batch.rows());
          rows += batch.rows();
        }

        @Override
        public PartFile finish() {
          return new PartFile(rows, rows * 2, format);
        }

        @Override
        public void close() {
          calls.add("close " + format);
          if (format.equals("broken")) {
            throw new IllegalStateException("cannot close");
          }
        }
      };
    }
  }

  @TempDir private Path folder;

  @Test
  void writesTheSortedRowsToEveryPart() {
    try (PartExtract extract = open("csv", "parquet")) {
      for (Optional<RowBatch> batch = extract.read(); batch.isPresent(); batch = extract.read()) {
        extract.write(batch.get());
      }

      PartResult result = extract.finish();
      assertThat(stored).containsExactly(result);
      assertThat(written.stream().mapToLong(rows -> rows).sum()).isEqualTo(3);
      assertThat(result.tally().released()).isEqualTo(3);
      assertThat(result.files())
          .containsExactly(
              new PartWriter.PartFile(3, 6, "csv"), new PartWriter.PartFile(3, 6, "parquet"));
    }

    assertThat(calls)
        .containsExactly(
            "open part.csv a",
            "open part.parquet a",
            "write csv 3",
            "write parquet 3",
            "close csv",
            "close parquet");
  }

  @Test
  void closesEveryWriterThoughOneCannotClose() {
    PartExtract extract = open("broken", "csv");

    assertThatThrownBy(extract::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot close");

    assertThat(calls)
        .containsExactly("open part.broken a", "open part.csv a", "close broken", "close csv");
  }

  @Test
  void leavesNoWriterOpenWhenAnotherCannotBeOpened() {
    assertThatThrownBy(() -> open("csv", "refusing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot open");

    assertThat(calls).containsExactly("open part.csv a", "close csv");
  }

  private PartExtract open(String... formats) {
    Schema schema = new Schema("visits", List.of(new Field("year", FieldType.INTEGER, "")));
    TableSort sort = SortedTables.sort(schema, folder, SortSizes.USUAL);
    RowBatch rows =
        new RowBatch(
            3, List.of(new LongColumn(3, new long[] {2022, 2020, 2021})), List.of(), row -> row);
    SortedTable table;
    try (SpillWriter spill = sort.spill(0)) {
      spill.write(rows);
      table = sort.sorted(List.of(spill.finish()));
    }
    List<PartTarget> targets = new ArrayList<>();
    for (String format : formats) {
      targets.add(new PartTarget(new CountingSink(format), Path.of("part." + format)));
    }
    return PartExtract.open(
        table,
        table.parts().get(0),
        schema,
        targets,
        Map.of("job", "a"),
        uncounted -> {},
        new PartExtract.Finish() {
          @Override
          public void written(long rows) {
            written.add(rows);
          }

          @Override
          public void store(PartResult result) {
            stored.add(result);
          }
        });
  }
}

package org.consentry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.consentry.data.Exclusion;
import org.consentry.data.Field;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Schema;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.sink.PartWriter;
import org.consentry.sink.Sink;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.ConsentTable.Permit;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.PlainOperator;
import org.consentry.testing.PlainPrf;
import org.consentry.transform.OnInvalid;
import org.junit.jupiter.api.Test;

/** One split goes into every part file, whole, and everything is closed in the end. */
class SplitExtractTest {

  private final List<String> told = new ArrayList<>();

  /** A format that keeps counts and tells of its writers. */
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
    public PartWriter open(Path file, Schema schema, Map<String, String> metadata) {
      if (format.equals("refusing")) {
        throw new IllegalStateException("cannot open");
      }
      told.add("open " + file + " " + metadata.get("job"));
      return new PartWriter() {
        private long rows;

        @Override
        public void write(RowBatch batch) {
          told.add("write " + format + " " + batch.rows());
          rows += batch.rows();
        }

        @Override
        public PartFile finish() {
          return new PartFile(rows, rows * 2, format);
        }

        @Override
        public void close() {
          told.add("close " + format);
          if (format.equals("broken")) {
            throw new IllegalStateException("cannot close");
          }
        }
      };
    }
  }

  @Test
  void writesEveryReleasedRowToEveryPartAndNoEmptyBatch() {
    try (SplitExtract extract = open("csv", "parquet")) {
      for (Optional<RowBatch> batch = extract.read(); batch.isPresent(); batch = extract.read()) {
        extract.write(extract.extract(batch.get()));
      }
      SplitResult result = extract.finish();

      assertThat(result.parts())
          .containsExactly(
              new PartWriter.PartFile(3, 6, "csv"), new PartWriter.PartFile(3, 6, "parquet"));
      assertThat(result.tally().read()).isEqualTo(13);
      assertThat(result.tally().released()).isEqualTo(3);
      assertThat(result.tally().excluded()).isEqualTo(Map.of(Exclusion.UNKNOWN_SUBJECT, 3L));
      assertThat(result.released()).containsExactly(0, 0, 0);
      assertThat(result.rejections())
          .isEqualTo(
              IntStream.range(0, 5)
                  .mapToObj(i -> new Rejection(RejectReason.RAGGED, 100 + i))
                  .toList());
    }

    assertThat(told)
        .containsExactly(
            "open part.csv a",
            "open part.parquet a",
            "write csv 2",
            "write parquet 2",
            "write csv 1",
            "write parquet 1",
            "close csv",
            "close parquet");
  }

  @Test
  void closesEveryWriterThoughOneCannotClose() {
    SplitExtract extract = open("broken", "csv");

    assertThatThrownBy(extract::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot close");

    assertThat(told)
        .containsExactly("open part.broken a", "open part.csv a", "close broken", "close csv");
  }

  @Test
  void leavesNoWriterOpenWhenAnotherCannotBeOpened() {
    assertThatThrownBy(() -> open("csv", "refusing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot open");

    assertThat(told).containsExactly("open part.csv a", "close csv");
  }

  private SplitExtract open(String... formats) {
    List<List<String>> rows = new ArrayList<>();
    for (String patient : List.of("P-0", "P-0", "P-9", "P-9", "P-0", "P-9")) {
      rows.add(List.of(patient));
    }
    List<Rejection> bad =
        IntStream.range(0, 7).mapToObj(i -> new Rejection(RejectReason.RAGGED, 100 + i)).toList();
    MemoryTable source =
        MemoryTable.of("patients", List.of("patient"), rows).rejecting(bad).cut(6, 2);
    TableExtract table =
        new TableExtract(
            source,
            0,
            List.of(0),
            0,
            new TableExtract.Dating.Timeless(),
            RecordCategory.DEMOGRAPHIC,
            List.of(),
            Optional.empty(),
            List.of(
                new OutputColumn(
                    "id",
                    0,
                    "patient",
                    PlainOperator.COPY,
                    OnInvalid.STOP,
                    Set.of(),
                    Optional.empty())),
            new Schema("patients", List.of(new Field("id", PlainOperator.COPY.type(), ""))),
            true);
    SubjectKeys keys = new SubjectKeys();
    keys.add("P-0".getBytes(StandardCharsets.US_ASCII), 0, 3);
    SubjectIndex index =
        new SubjectIndex(keys, new byte[1], new int[1], new int[1], List.of(), List.of());
    List<PartTarget> targets = new ArrayList<>();
    for (String format : formats) {
      targets.add(new PartTarget(new CountingSink(format), Path.of("part." + format)));
    }
    return SplitExtract.open(
        source.open(source.splits().get(0), List.of(0)),
        released ->
            new Extractor(
                table,
                index,
                new ConsentTable(List.of(Permit.ALL)),
                ReleasedRows.NONE,
                new KeyPrints(new PlainPrf("prints")),
                List.of(PlainOperator.COPY.open()),
                released),
        table,
        targets,
        Map.of("job", "a"));
  }
}

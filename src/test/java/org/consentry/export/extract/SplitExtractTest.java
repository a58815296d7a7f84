package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.connector.BatchReader;
import org.consentry.data.BirthDays;
import org.consentry.data.ClinicDates;
import org.consentry.data.Exclusion;
import org.consentry.data.Field;
import org.consentry.data.OnInvalid;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Schema;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.extract.PassExtract.TableBatch;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.SortedTables;
import org.consentry.export.sort.SpillWriter;
import org.consentry.export.sort.TableSort;
import org.consentry.plan.TableExtract;
import org.consentry.problem.ProblemException;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.ConsentTable.Permit;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.Outputs;
import org.consentry.testing.PlainOperator;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The released rows of a split, and no others, wait in its spill file to be sorted. */
class SplitExtractTest {

  @TempDir private Path folder;
  private final List<SplitResult> stored = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private int closed;

  @Test
  void spillsEveryReleasedRowAndCountsTheOthers() {
    TableSort sort = SortedTables.sort(patients(), folder, SortSizes.USUAL);

    SplitResult result = extract(sort, ragged(7));

    assertThat(result.spill().rows()).isEqualTo(3);
    assertThat(result.tally().read()).isEqualTo(13);
    assertThat(result.tally().released()).isEqualTo(3);
    assertThat(result.tally().excluded()).isEqualTo(Map.of(Exclusion.UNKNOWN_SUBJECT, 3L));
    assertThat(result.released()).containsExactly(0, 0, 0);
    assertThat(result.rejections()).isEqualTo(ragged(7));
    assertThat(stored).containsExactly(result);
    assertThat(counts).containsExactly(2L, 2L, 2L, 0L, 2L, 1L);
    assertThat(SortedTables.rows(sort.sorted(List.of(result.spill()))))
        .containsExactly(List.of("P-0"), List.of("P-0"), List.of("P-0"));
  }

  /** A file of which no row can be used must not fill the memory. */
  @Test
  void remembersTheFirstTenThousandRejectedRowsAndCountsAll() {
    TableSort sort = SortedTables.sort(patients(), folder, SortSizes.USUAL);

    SplitResult result = extract(sort, ragged(10_003));

    assertThat(result.rejections()).isEqualTo(ragged(10_000));
    assertThat(result.tally().rejected()).isEqualTo(Map.of(RejectReason.RAGGED, 10_003L));
    assertThat(result.tally().read()).isEqualTo(10_009);
  }

  @Test
  void closesFilesAndReaderWhenALaterTableCannotBeOpened() {
    SpillWriter spill = SortedTables.sort(patients(), folder, SortSizes.USUAL).spill(0);
    IllegalStateException refused = new IllegalStateException("no room");

    assertThatThrownBy(
            () ->
                open(
                    spill,
                    List.of(),
                    List.of(
                        () -> {
                          throw refused;
                        })))
        .isSameAs(refused);
    assertThat(closed).isEqualTo(1);
    assertThatThrownBy(spill::finish).isInstanceOf(ProblemException.class);
  }

  private static Schema patients() {
    return new Schema("patients", List.of(new Field("id", PlainOperator.COPY.type(), "")));
  }

  private static List<Rejection> ragged(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> new Rejection(RejectReason.RAGGED, 100 + i))
        .toList();
  }

  private SplitResult extract(TableSort sort, List<Rejection> bad) {
    try (PassExtract extract = open(sort.spill(0), bad, List.of())) {
      for (Optional<TableBatch> batch = extract.read(); batch.isPresent(); batch = extract.read()) {
        extract.write(extract.extract(batch.get()));
      }
      return extract.finish().tables().get(0);
    }
  }

  private PassExtract open(
      SpillWriter spill, List<Rejection> bad, List<Supplier<SplitExtract>> others) {
    List<List<String>> rows = new ArrayList<>();
    for (String patient : List.of("P-0", "P-0", "P-9", "P-9", "P-0", "P-9")) {
      rows.add(List.of(patient));
    }
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
            List.of(Outputs.of("id", 0, "patient", PlainOperator.COPY, OnInvalid.STOP, Set.of())),
            true,
            ClinicDates.NO_ZONE,
            TableExtract.RowChecks.NONE);
    SubjectKeys keys = new SubjectKeys();
    keys.add("P-0".getBytes(StandardCharsets.US_ASCII), 0, 3);
    SubjectIndex index =
        new SubjectIndex(
            keys, new byte[1], BirthDays.on(new int[1]), new int[1], List.of(), List.of());
    return PassExtract.open(
        new NotedReader(source.open(source.splits().get(0), List.of(0))),
        Stream.concat(
                Stream.<Supplier<SplitExtract>>of(() -> extract(table, index, spill)),
                others.stream())
            .toList(),
        PassResult::new);
  }

  private SplitExtract extract(TableExtract table, SubjectIndex index, SpillWriter spill) {
    return new SplitExtract(
        released ->
            new Extractor(
                table,
                index,
                new ConsentTable(List.of(Permit.ALL)),
                ReleasedRows.NONE,
                new KeyHashes(new PlainPrf("prints")),
                List.of(PlainOperator.COPY.open()),
                released),
        spill,
        Optional.empty(),
        Optional.empty(),
        (read, subjects, released) -> counts.addAll(List.of((long) read.rows(), released)),
        (result, spans, known) -> stored.add(result));
  }

  /** Notes that it was closed. */
  private final class NotedReader implements BatchReader {
    private final BatchReader reader;

    NotedReader(BatchReader reader) {
      this.reader = reader;
    }

    @Override
    public Optional<RowBatch> next() {
      return reader.next();
    }

    @Override
    public void close() {
      closed++;
      reader.close();
    }
  }
}

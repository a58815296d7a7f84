package org.consentry.export;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.WithPlace;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;
import org.consentry.export.Extraction.ExtractedTable;
import org.consentry.export.extract.PartExtract;
import org.consentry.export.extract.PartMarker;
import org.consentry.export.extract.PartResult;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.figures.TableCount;
import org.consentry.export.seal.DisclosureBuilder;
import org.consentry.export.seal.TableOutcome;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.SortedTable;
import org.consentry.export.sort.SortedTable.Part;
import org.consentry.export.sort.SpillWriter;
import org.consentry.export.sort.TableSort;
import org.consentry.export.span.SpanRows;
import org.consentry.export.span.Spans;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ReleasedTable;
import org.consentry.plan.SpanTable;
import org.consentry.plan.SpanTable.Spanned;
import org.consentry.plan.TableExtract;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.release.ColumnFigures;

/**
 * Sorts the rows of every table by what they release, and writes the part files. Tables that are
 * computed come last, because they are computed from the rows that were written of the others.
 */
final class SortStage {

  private final ExportPlan plan;
  private final RunContext context;
  private final SortSizes sizes;
  private final Parts parts;

  SortStage(ExportPlan plan, RunContext context, SortSizes sizes) {
    this.plan = plan;
    this.context = context;
    this.sizes = sizes;
    this.parts = new Parts(context.staging(), plan.sinks());
  }

  /** Writes every part that has no marker made on the same basis. */
  StagedTables run(Extraction extraction, Workers workers) {
    context.progress().step(RunStep.SORT);
    List<Sorts> sorts = plan.tables().stream().map(table -> sorts(table, extraction)).toList();
    sorts.forEach(sort -> context.progress().total(sort.size()));
    List<TableWork> tables = sorts.stream().map(sort -> work(sort, extraction)).toList();
    Map<String, TableOutcome> outcomes = new LinkedHashMap<>(write("sort", tables, workers));
    if (!plan.spans().isEmpty()) {
      List<TableWork> computed =
          plan.spans().stream().map(table -> work(table, tables, extraction.basis())).toList();
      outcomes.putAll(write("compute", computed, workers));
    }
    return new StagedTables(extraction.decided(), outcomes, extraction.risk());
  }

  private Map<String, TableOutcome> write(String step, List<TableWork> tables, Workers workers) {
    Iterator<PartResult> results =
        workers
            .partitions(step, tables.stream().flatMap(table -> partitions(table).stream()).toList())
            .iterator();
    Map<String, TableOutcome> outcomes = new LinkedHashMap<>();
    for (TableWork table : tables) {
      outcomes.put(table.table().name(), outcome(table, results));
    }
    return outcomes;
  }

  /**
   * One sorted table.
   *
   * @param splits what came of its splits; none of a computed table
   * @param basis digest over everything that its parts depend on
   */
  private record TableWork(
      ReleasedTable table,
      List<SplitResult> splits,
      SortedTable sorted,
      List<Part> parts,
      TableOutcome.Keys keys,
      String basis) {}

  /**
   * What is sorted of one table.
   *
   * @param keys its released keys, if it declares one
   */
  private record Sorts(TableExtract table, SortedTable rows, Optional<SortedTable> keys) {

    /** Rows to go through. */
    long size() {
      return rows.rows() + keys.map(SortedTable::rows).orElse(0L);
    }
  }

  private static Sorts sorts(TableExtract table, Extraction extraction) {
    ExtractedTable extracted = extraction.of(table);
    List<SplitResult> splits = extracted.splits();
    return new Sorts(
        table,
        extracted.spills().sorted(splits.stream().map(SplitResult::spill).toList()),
        extracted
            .keySpills()
            .map(
                keys ->
                    keys.sorted(
                        splits.stream().map(split -> split.keys().orElseThrow()).toList())));
  }

  private TableWork work(Sorts sorts, Extraction extraction) {
    List<SplitResult> splits = extraction.of(sorts.table()).splits();
    return new TableWork(
        sorts.table(),
        splits,
        sorts.rows(),
        sorts.rows().parts(),
        keys(sorts.table(), splits, sorts.keys()),
        extraction.basis());
  }

  /** A computed table, from the spans of the parts of the others. */
  private TableWork work(SpanTable table, List<TableWork> others, String basis) {
    List<Spans> spans = new ArrayList<>();
    for (Spanned spanned : table.spanned()) {
      for (TableWork other : others) {
        if (other.table().name().equals(spanned.table())) {
          other.parts().stream()
              .map(part -> parts.spansOf(basis, spanned.table(), part, table.name()))
              .map(Spans::read)
              .forEach(spans::add);
        }
      }
    }
    TableSort sort =
        new TableSort(table.schema(), table.subjectOutput(), 0, parts.work(), parts.store(), sizes);
    SortedTable sorted;
    try (SpillWriter spill = sort.spill(0)) {
      new SpanRows(table, Spans.of(spans)).forEach(spill::write);
      sorted = sort.sorted(List.of(spill.finish()));
    }
    context.progress().total(sorted.rows());
    return new TableWork(table, List.of(), sorted, sorted.parts(), TableOutcome.Keys.UNIQUE, basis);
  }

  private TableOutcome.Keys keys(
      TableExtract table, List<SplitResult> splits, Optional<SortedTable> keys) {
    if (keys.isEmpty()) {
      return TableOutcome.Keys.NOT_UNIQUE;
    }
    List<Problem> problems = new ArrayList<>(empty(table, splits));
    long rows = keys.get().repeated(context.progress()::done);
    if (rows > 0) {
      problems.add(repeated(table, rows));
    }
    problems.forEach(context.progress()::problem);
    return problems.isEmpty() ? TableOutcome.Keys.UNIQUE : TableOutcome.Keys.NOT_UNIQUE;
  }

  /** A column of a primary key has a value in every row. */
  private List<Problem> empty(TableExtract table, List<SplitResult> splits) {
    long rows = splits.stream().mapToLong(split -> split.tally().released()).sum();
    Map<String, Long> filled = SplitResult.filled(splits);
    List<Problem> problems = new ArrayList<>();
    for (String column : DisclosureBuilder.releasedKey(plan, table.name())) {
      long empty = rows - filled.getOrDefault(column, 0L);
      if (empty > 0) {
        problems.add(
            Problem.warning(
                "KEY_EMPTY",
                Place.of(table.source().file()),
                "column '"
                    + column
                    + "' of the declared key of table '"
                    + table.name()
                    + "' is empty in "
                    + CountWords.of(empty, "released row")
                    + ", so the data package names no primaryKey",
                "repair the rows, or correct the table's key in the mapping"));
      }
    }
    return problems;
  }

  private static Problem repeated(TableExtract table, long rows) {
    return Problem.warning(
        "KEY_REPEATED",
        Place.of(table.source().file()),
        CountWords.of(rows, "released row")
            + " of table '"
            + table.name()
            + "' repeat"
            + (rows == 1 ? "s" : "")
            + " the declared key of another, so the data package names no primaryKey",
        "repair the rows, or correct the table's key in the mapping");
  }

  private List<Partition<RowBatch, PartResult>> partitions(TableWork work) {
    return work.parts().stream().map(part -> partition(work, part)).toList();
  }

  private Partition<RowBatch, PartResult> partition(TableWork work, Part part) {
    String table = work.table().name();
    List<String> names = names(work, part);
    return new Partition<>(
        table + "-" + part.number(),
        () ->
            parts
                .stored(work.basis(), table, part, names)
                .filter(files -> isCounted(work, part))
                .map(files -> earlier(work, new PartResult(part, files))),
        () -> begin(work, part, names));
  }

  private PartitionWork<RowBatch, PartResult> begin(TableWork work, Part part, List<String> names) {
    String table = work.table().name();
    Optional<TableCount> count = count(work.table());
    Map<SpanTable, Spanned> spanned = spanned(table);
    Map<SpanTable, Spans> spans = new LinkedHashMap<>();
    spanned.keySet().forEach(computed -> spans.put(computed, new Spans()));
    return PartExtract.open(
        work.sorted(),
        part,
        work.table().schema(),
        parts.targets(names),
        Map.of("consentry.job", plan.job().name(), "consentry.table", table),
        rows -> {
          count.ifPresent(figures -> figures.add(rows));
          spans.forEach(
              (computed, of) -> of.add(Objects.requireNonNull(spanned.get(computed)), rows));
        },
        new PartExtract.Finish() {
          @Override
          public void written(long rows) {
            done(table, rows);
          }

          @Override
          public void store(PartResult result) {
            count.ifPresent(rows -> parts.storeCount(work.basis(), table, part, rows.toBytes()));
            spans.forEach(
                (computed, of) ->
                    parts.storeSpans(work.basis(), table, part, computed.name(), of.toBytes()));
            parts.store(new PartMarker(work.basis(), table, part, result.files()), names);
          }
        });
  }

  private PartResult earlier(TableWork work, PartResult result) {
    done(work.table().name(), result.part().rows());
    return result;
  }

  private void done(String table, long rows) {
    context.progress().rows(table, rows, rows);
    context.progress().done(rows);
  }

  /** What computed tables need of a table. */
  private Map<SpanTable, Spanned> spanned(String table) {
    Map<SpanTable, Spanned> spanned = new LinkedHashMap<>();
    for (SpanTable computed : plan.spans()) {
      computed.spanned().stream()
          .filter(of -> of.table().equals(table))
          .forEach(of -> spanned.put(computed, of));
    }
    return spanned;
  }

  private Optional<TableCount> count(ReleasedTable table) {
    return TableCount.of(
        table, plan.mapping().subjects().birthColumns().stream().map(WithPlace::value).toList());
  }

  /**
   * Whether the rows of a part that is done were counted, if they can be, and their spans stored.
   */
  private boolean isCounted(TableWork work, Part part) {
    String table = work.table().name();
    boolean hasSpans =
        spanned(table).keySet().stream()
            .allMatch(
                computed -> parts.spans(work.basis(), table, part, computed.name()).isPresent());
    return hasSpans
        && (count(work.table()).isEmpty() || parts.count(work.basis(), table, part).isPresent());
  }

  /** What the columns of a table look like; empty when its people cannot be counted. */
  private Optional<Map<String, ColumnFigures>> figures(TableWork work) {
    Optional<TableCount> all = count(work.table());
    for (Part part : all.isPresent() ? work.parts() : List.<Part>of()) {
      TableCount count = count(work.table()).orElseThrow();
      count.read(parts.countOf(work.basis(), work.table().name(), part));
      all.orElseThrow().join(count);
    }
    return all.map(TableCount::figures);
  }

  private List<String> names(TableWork work, Part part) {
    return parts.names(work.table(), part.number(), work.parts().size());
  }

  private TableOutcome outcome(TableWork work, Iterator<PartResult> results) {
    List<TableOutcome.PartInRelease> files = new ArrayList<>();
    for (Part part : work.parts()) {
      PartResult result = results.next();
      List<String> names = names(work, part);
      for (int i = 0; i < names.size(); i++) {
        files.add(
            new TableOutcome.PartInRelease(
                names.get(i), plan.sinks().get(i), result.files().get(i)));
      }
    }
    return new TableOutcome(
        work.table(), tally(work), work.splits(), files, work.keys(), figures(work));
  }

  /** Rows of a computed table are read nowhere, so that all there are are released. */
  private static Tally tally(TableWork work) {
    long rows = work.sorted().rows();
    return work.table() instanceof SpanTable
        ? new Tally(rows, rows, Map.of(), Map.of(), Map.of(), Map.of())
        : work.splits().stream().map(SplitResult::tally).reduce(Tally.NONE, Tally::plus);
  }
}

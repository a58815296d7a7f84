package org.consentry.export;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.data.Field;
import org.consentry.data.LongSet;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.Extraction.ExtractedTable;
import org.consentry.export.extract.Extractor;
import org.consentry.export.extract.IdentifierCollector;
import org.consentry.export.extract.KeySpill;
import org.consentry.export.extract.KnownTuples;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.seal.DisclosureBuilder;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.TableSort;
import org.consentry.operator.Transformer;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;

/**
 * Extracts the released rows of every split into spill files. Tables are extracted level by level,
 * because a row that refers to a row which is not released is excluded.
 */
final class ExtractStage {

  /** What the first extract of a run is called. */
  static final String FIRST = "extract";

  private final ExportPlan plan;
  private final RunKeys keys;
  private final RunContext context;
  private final SortSizes sizes;
  private final Parts parts;
  private final KeyHashes hashes;
  private final RejectLimit rejects;
  private final Optional<RiskPlan> risk;
  private final SourceIdentifiers identifiers;

  ExtractStage(ExportPlan plan, RunKeys keys, RunContext context, SortSizes sizes) {
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.sizes = sizes;
    this.parts = new Parts(context.staging(), plan.sinks());
    this.hashes = new KeyHashes(keys.references(), plan.foldedTables());
    this.rejects = new RejectLimit(plan);
    this.risk = plan.risk();
    this.identifiers = new SourceIdentifiers(plan, keys, context);
  }

  /**
   * Extracts every split that has no marker made on the same basis.
   *
   * @param step what the step is called; unlike that of any other extract of the run
   */
  Extraction run(RunDecisions decided, Workers workers, String step) {
    context.progress().step(step.equals(FIRST) ? RunStep.EXTRACT : RunStep.EXTRACT_AGAIN);
    long bytes =
        plan.tables().stream()
            .flatMap(table -> decided.splits().apply(table.source()).stream())
            .mapToLong(split -> split.range().size())
            .sum();
    context.progress().total(bytes);
    Map<String, ExtractedTable> extracted = new HashMap<>();
    ReleasedRows released = ReleasedRows.NONE;
    String basis = decided.basis();
    int levels = 1 + plan.tables().stream().mapToInt(TableExtract::level).max().orElse(0);
    for (int number = 0; number < levels; number++) {
      int level = number;
      List<TableWork> tables =
          plan.tables().stream()
              .filter(table -> table.level() == level)
              .map(table -> work(table, decided))
              .toList();
      Basis below = new Basis(decided, released, basis);
      Iterator<SplitResult> results =
          workers
              .partitions(
                  step + "-" + level,
                  tables.stream().flatMap(table -> partitions(table, below).stream()).toList())
              .iterator();
      for (TableWork table : tables) {
        List<SplitResult> ofTable = table.splits().stream().map(split -> results.next()).toList();
        extracted.put(
            table.table().name(), new ExtractedTable(ofTable, table.spills(), table.keySpills()));
        released = released.with(table.table(), union(ofTable));
      }
      basis =
          RunDecisions.digest(
              basis, tables.stream().flatMap(table -> table.splits().stream()).toList().toString());
    }
    identifiers.readOthers(decided, workers, step + "-identifiers");
    return new Extraction(decided, extracted, basis, Optional.empty());
  }

  /**
   * What the splits of a level depend on.
   *
   * @param released rows that the levels below release
   */
  private record Basis(RunDecisions decided, ReleasedRows released, String digest) {}

  /**
   * What the splits of one table share.
   *
   * @param spills the spill files of its released rows
   * @param keySpills the spill files of their keys, if the declared key is released
   * @param keyColumns positions of the released key in the schema
   * @param transformers those of its operators, opened with the keys of the run
   */
  private record TableWork(
      TableExtract table,
      List<Split> splits,
      TableSort spills,
      Optional<TableSort> keySpills,
      List<Integer> keyColumns,
      List<Transformer> transformers) {}

  private TableWork work(TableExtract table, RunDecisions decided) {
    List<String> names = table.schema().fields().stream().map(Field::name).toList();
    List<Integer> keyColumns =
        DisclosureBuilder.releasedKey(plan, table.name()).stream().map(names::indexOf).toList();
    return new TableWork(
        table,
        decided.splits().apply(table.source()),
        spills(table, table.schema(), table.subjectOutput()),
        keyColumns.isEmpty()
            ? Optional.empty()
            : Optional.of(spills(table, KeySpill.schema(table.name()), OptionalInt.empty())),
        keyColumns,
        table.operators().stream().map(operator -> operator.open(keys)).toList());
  }

  private TableSort spills(TableExtract table, Schema schema, OptionalInt first) {
    return new TableSort(schema, first, table.source().size(), parts.work(), parts.store(), sizes);
  }

  private static LongSet union(List<SplitResult> splits) {
    LongSet set = new LongSet();
    for (SplitResult split : splits) {
      for (long number : split.released()) {
        set.add(number);
      }
    }
    return set;
  }

  private List<Partition<RowBatch, SplitResult>> partitions(TableWork work, Basis basis) {
    return work.splits().stream().map(split -> partition(work, split, basis)).toList();
  }

  private Partition<RowBatch, SplitResult> partition(TableWork work, Split split, Basis basis) {
    return new Partition<>(
        split.table() + "-" + split.number(),
        () -> earlier(work, split, basis),
        () -> begin(work, split, basis));
  }

  private Optional<SplitResult> earlier(TableWork work, Split split, Basis basis) {
    Optional<SplitResult> earlier =
        identifiers.isStored(work.table(), basis.decided(), split)
            ? parts.stored(basis.digest(), split, work.spills(), work.keySpills(), risk)
            : Optional.empty();
    earlier.ifPresent(result -> done(work, result, split.range().size()));
    return earlier;
  }

  private PartitionWork<RowBatch, SplitResult> begin(TableWork work, Split split, Basis basis) {
    TableExtract table = work.table();
    Optional<IdentifierCollector> collector = identifiers.collector(table, basis.decided());
    BatchReader reader =
        table
            .source()
            .open(split, collector.map(IdentifierCollector::columns).orElse(table.sourceColumns()));
    AtomicLong reported = new AtomicLong();
    return new SplitExtract(
        reader,
        releasedKeys ->
            new Extractor(
                table,
                basis.decided().decisions().index(),
                basis.decided().decisions().records(),
                basis.released(),
                hashes,
                work.transformers(),
                releasedKeys),
        work.spills().spill(split.number()),
        work.keySpills().map(keys -> new KeySpill(work.keyColumns(), keys.spill(split.number()))),
        risk.map(rule -> new KnownTuples(table, rule, keys.references())),
        (read, subjects, released) -> {
          collector.ifPresent(to -> to.add(read, subjects));
          context.progress().rows(table.name(), read.rows(), released);
          long done = reader.done();
          context.progress().done(done - reported.getAndSet(done));
        },
        (result, spans, known) -> {
          identifiers.store(basis.decided(), split, collector);
          parts.store(basis.digest(), split, result, spans, known);
          done(work, result, split.range().size() - reported.get());
        });
  }

  /**
   * Ends a split.
   *
   * @param left what was not reported of it yet
   */
  private void done(TableWork work, SplitResult result, long left) {
    rejects.requireNoneOf(work.table(), result.tally(), result.rejections());
    context.progress().done(left);
  }
}

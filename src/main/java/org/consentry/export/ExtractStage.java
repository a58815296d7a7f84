package org.consentry.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SharedRecords.Wanted;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.Field;
import org.consentry.data.LongSet;
import org.consentry.data.Schema;
import org.consentry.export.Extraction.ExtractedTable;
import org.consentry.export.extract.Extractor;
import org.consentry.export.extract.IdentifierCollector;
import org.consentry.export.extract.KeySpill;
import org.consentry.export.extract.KnownTuples;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.PassExtract;
import org.consentry.export.extract.PassExtract.TableBatch;
import org.consentry.export.extract.PassResult;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.seal.DisclosureBuilder;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SortSizes;
import org.consentry.export.sort.SpillWriter;
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
    workers.all(
        plan.tables().stream().<Callable<List<Split>>>map(table -> cut(table, decided)).toList());
    context.progress().total(bytes(decided));
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
      Map<String, List<SplitResult>> results =
          extract(step + "-" + level, tables, new Basis(decided, released, basis), workers);
      for (TableWork table : tables) {
        List<SplitResult> ofTable = results.getOrDefault(table.table().name(), List.of());
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

  private static Callable<List<Split>> cut(TableExtract table, RunDecisions decided) {
    return () -> decided.splits().apply(table.source());
  }

  /** Bytes that are read, where no split was done before. */
  private long bytes(RunDecisions decided) {
    Set<List<Object>> counted = new HashSet<>();
    return plan.tables().stream()
        .filter(table -> counted.add(List.of(table.level(), records(table))))
        .flatMap(table -> decided.splits().apply(table.source()).stream())
        .mapToLong(split -> split.range().size())
        .sum();
  }

  /** Equal for tables whose rows are read in one pass. */
  private static Object records(TableExtract table) {
    return table.source().records().<Object>map(shared -> shared).orElse(table.name());
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

  /** The results of all splits of some tables, by table and in the order of the splits. */
  private Map<String, List<SplitResult>> extract(
      String step, List<TableWork> tables, Basis basis, Workers workers) {
    List<Pass> passes = passes(tables, basis);
    List<PassResult> done = workers.partitions(step, passes.stream().map(Pass::partition).toList());
    Map<String, List<SplitResult>> results = new HashMap<>();
    for (int i = 0; i < passes.size(); i++) {
      List<TableWork> read = passes.get(i).tables;
      for (int table = 0; table < read.size(); table++) {
        results
            .computeIfAbsent(read.get(table).table().name(), name -> new ArrayList<>())
            .add(done.get(i).tables().get(table));
      }
    }
    return results;
  }

  /** A pass for each split; tables of the same records are read together. */
  private List<Pass> passes(List<TableWork> tables, Basis basis) {
    Map<Object, List<TableWork>> together = new LinkedHashMap<>();
    for (TableWork work : tables) {
      together.computeIfAbsent(records(work.table()), first -> new ArrayList<>()).add(work);
    }
    return together.values().stream()
        .flatMap(
            group ->
                IntStream.range(0, group.get(0).splits().size())
                    .mapToObj(number -> new Pass(group, number, basis)))
        .toList();
  }

  /**
   * One split of the tables that are read together. Where some of them were done before, the others
   * are read. Not thread-safe.
   */
  private final class Pass {

    private final List<TableWork> tables;
    private final int number;
    private final Basis basis;
    private final AtomicLong reported = new AtomicLong();
    private List<Optional<SplitResult>> stored = List.of();

    Pass(List<TableWork> tables, int number, Basis basis) {
      this.tables = List.copyOf(tables);
      this.number = number;
      this.basis = basis;
    }

    Partition<TableBatch, PassResult> partition() {
      String name = tables.get(0).splits().get(number).table() + "-" + number;
      return new Partition<>(name, this::earlier, this::begin);
    }

    private Optional<PassResult> earlier() {
      stored = tables.stream().map(this::stored).toList();
      return stored.stream().allMatch(Optional::isPresent)
          ? Optional.of(done(List.of()))
          : Optional.empty();
    }

    private Optional<SplitResult> stored(TableWork work) {
      Split split = work.splits().get(number);
      Optional<SplitResult> earlier =
          identifiers.isStored(work.table(), basis.decided(), split)
              ? parts.stored(basis.digest(), split, work.spills(), work.keySpills(), risk)
              : Optional.empty();
      earlier.ifPresent(result -> requireFewRejected(work, result));
      return earlier;
    }

    private PassExtract begin() {
      List<TableWork> open = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        if (stored.get(i).isEmpty()) {
          open.add(tables.get(i));
        }
      }
      List<Optional<IdentifierCollector>> collectors =
          open.stream().map(work -> identifiers.collector(work.table(), basis.decided())).toList();
      List<Wanted> wanted = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        TableExtract table = open.get(i).table();
        wanted.add(
            new Wanted(
                table.source(),
                collectors.get(i).map(IdentifierCollector::columns).orElse(table.sourceColumns())));
      }
      BatchReader reader = open(open.get(0).splits().get(number), wanted);
      List<Supplier<SplitExtract>> extracts = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        TableWork work = open.get(i);
        Optional<IdentifierCollector> collector = collectors.get(i);
        extracts.add(() -> extract(work, reader, collector, open.size()));
      }
      return PassExtract.open(reader, extracts, this::done);
    }

    private static BatchReader open(Split split, List<Wanted> wanted) {
      SourceTable first = wanted.get(0).table();
      return wanted.size() == 1
          ? first.open(split, wanted.get(0).columns())
          : first.records().orElseThrow().open(split, wanted);
    }

    private SplitExtract extract(
        TableWork work, BatchReader reader, Optional<IdentifierCollector> collector, int open) {
      TableExtract table = work.table();
      Split split = work.splits().get(number);
      SpillWriter spill = work.spills().spill(number, open);
      return new SplitExtract(
          releasedKeys ->
              new Extractor(
                  table,
                  basis.decided().decisions().index(),
                  basis.decided().decisions().records(),
                  basis.released(),
                  hashes,
                  work.transformers(),
                  releasedKeys),
          spill,
          keySpill(work, open, spill),
          risk.map(rule -> new KnownTuples(table, rule, keys.references())),
          (read, subjects, released) -> {
            collector.ifPresent(to -> to.add(read, subjects));
            context.progress().rows(table.name(), read.rows(), released);
            report(reader.done());
          },
          (result, spans, known) -> {
            identifiers.store(basis.decided(), split, collector);
            parts.store(basis.digest(), split, result, spans, known);
            requireFewRejected(work, result);
          });
    }

    /**
     * Where the keys of released rows go.
     *
     * @param beside is closed when that cannot be opened
     */
    private Optional<KeySpill> keySpill(TableWork work, int open, SpillWriter beside) {
      try {
        return work.keySpills()
            .map(keys -> new KeySpill(work.keyColumns(), keys.spill(number, open)));
      } catch (RuntimeException refused) {
        beside.close();
        throw refused;
      }
    }

    /**
     * The result of the pass, of which all is done.
     *
     * @param read what came of the tables that were not done before
     */
    private PassResult done(List<SplitResult> read) {
      report(tables.get(0).splits().get(number).range().size());
      Iterator<SplitResult> next = read.iterator();
      return new PassResult(stored.stream().map(result -> result.orElseGet(next::next)).toList());
    }

    private void report(long done) {
      context.progress().done(done - reported.getAndSet(done));
    }

    private void requireFewRejected(TableWork work, SplitResult result) {
      rejects.requireNoneOf(work.table(), result.tally(), result.rejections());
    }
  }
}

package org.consentry.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SharedRecords.Wanted;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.Field;
import org.consentry.data.Schema;
import org.consentry.export.Extraction.ExtractedTable;
import org.consentry.export.extract.Extractor;
import org.consentry.export.extract.IdentifierCollector;
import org.consentry.export.extract.KeySpill;
import org.consentry.export.extract.KnownTuples;
import org.consentry.export.extract.PassExtract;
import org.consentry.export.extract.PassExtract.TableBatch;
import org.consentry.export.extract.PassResult;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.seal.DisclosureBuilder;
import org.consentry.export.select.ReleasedRows;
import org.consentry.export.sort.SpillBuffers;
import org.consentry.export.sort.SpillWriter;
import org.consentry.export.sort.TableSort;
import org.consentry.operator.Transformer;
import org.consentry.plan.TableExtract;

/**
 * The splits of the tables of one level as partitions: the same ones, in the same order, in every
 * process that makes them of the same plan and decisions.
 */
final class LevelExtract {

  private final SplitSetting setting;
  private final DecidedRows decided;
  private final ReleasedRows released;
  private final String basis;
  private final List<TableWork> tables;
  private final SpillBuffers rowBuffers = new SpillBuffers();

  /** Keys are short: beside rows their writers would make all arrays as large. */
  private final SpillBuffers keyBuffers = new SpillBuffers();

  private final List<Pass> passes;

  /**
   * The level of a number.
   *
   * @param released rows that the levels below release
   * @param basis digest over everything that the splits depend on
   */
  LevelExtract(
      SplitSetting setting, int level, DecidedRows decided, ReleasedRows released, String basis) {
    this.setting = setting;
    this.decided = decided;
    this.released = released;
    this.basis = basis;
    this.tables =
        setting.plan().tables().stream()
            .filter(table -> table.level() == level)
            .map(this::work)
            .toList();
    this.passes = passes();
  }

  /** Equal for tables whose rows are read in one pass. */
  static Object records(TableExtract table) {
    return table.source().records().<Object>map(shared -> shared).orElse(table.name());
  }

  /** The partitions, each one split of the tables that are read together. */
  List<Partition<TableBatch, PassResult>> partitions() {
    return passes.stream().map(Pass::partition).toList();
  }

  /** What another process stored of a partition. */
  PassResult stored(int partition) {
    return passes.get(partition).storedElsewhere();
  }

  /** What is extracted of each table, when all partitions are done. */
  List<ExtractedTable> extracted(List<PassResult> done) {
    Map<String, List<SplitResult>> results = new HashMap<>();
    for (int i = 0; i < passes.size(); i++) {
      List<TableWork> read = passes.get(i).tables;
      for (int table = 0; table < read.size(); table++) {
        results
            .computeIfAbsent(read.get(table).table().name(), name -> new ArrayList<>())
            .add(done.get(i).tables().get(table));
      }
    }
    return tables.stream()
        .map(
            work ->
                new ExtractedTable(
                    work.table(),
                    results.getOrDefault(work.table().name(), List.of()),
                    work.spills(),
                    work.keySpills()))
        .toList();
  }

  /** The splits of all tables of the level in words, for digests. */
  String splits() {
    return tables.stream().flatMap(table -> table.splits().stream()).toList().toString();
  }

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

  private TableWork work(TableExtract table) {
    List<String> names = table.schema().fields().stream().map(Field::name).toList();
    List<Integer> keyColumns =
        DisclosureBuilder.releasedKey(setting.plan(), table.name()).stream()
            .map(names::indexOf)
            .toList();
    return new TableWork(
        table,
        decided.splits().apply(table.source()),
        spills(table, table.schema(), table.subjectOutput()),
        keyColumns.isEmpty()
            ? Optional.empty()
            : Optional.of(spills(table, KeySpill.schema(table.name()), OptionalInt.empty())),
        keyColumns,
        table.operators().stream().map(operator -> operator.open(setting.keys())).toList());
  }

  private TableSort spills(TableExtract table, Schema schema, OptionalInt first) {
    return new TableSort(
        schema,
        first,
        table.source().size(),
        setting.parts().work(),
        setting.parts().store(),
        setting.sizes());
  }

  /** A pass for each split; tables of the same records are read together. */
  private List<Pass> passes() {
    Map<Object, List<TableWork>> together = new LinkedHashMap<>();
    for (TableWork work : tables) {
      together.computeIfAbsent(records(work.table()), first -> new ArrayList<>()).add(work);
    }
    return together.values().stream()
        .flatMap(
            group ->
                IntStream.range(0, group.get(0).splits().size())
                    .mapToObj(number -> new Pass(group, number)))
        .toList();
  }

  /**
   * One split of the tables that are read together. Where some of them were done before, the others
   * are read. Not thread-safe.
   */
  private final class Pass {

    private final List<TableWork> tables;
    private final int number;
    private final AtomicLong reported = new AtomicLong();
    private List<Optional<SplitResult>> stored = List.of();

    Pass(List<TableWork> tables, int number) {
      this.tables = List.copyOf(tables);
      this.number = number;
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
          setting.identifiers().isStored(work.table(), decided, split)
              ? setting
                  .parts()
                  .stored(
                      basis,
                      decided.basis(),
                      split,
                      work.spills(),
                      work.keySpills(),
                      setting.risk())
              : Optional.empty();
      earlier.ifPresent(result -> requireFewRejected(work, result));
      return earlier;
    }

    /** What was done of all tables by another process. Its files are checked when they are read. */
    private PassResult storedElsewhere() {
      List<SplitResult> results = new ArrayList<>();
      for (TableWork work : tables) {
        SplitResult result =
            setting
                .parts()
                .resultOf(basis, decided.basis(), work.splits().get(number), setting.risk());
        long released = result.tally().released();
        setting.progress().rows(work.table().name(), result.tally().read(), released);
        results.add(result);
      }
      report(tables.get(0).splits().get(number).range().size());
      return new PassResult(results);
    }

    private PassExtract begin() {
      List<TableWork> open = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        if (stored.get(i).isEmpty()) {
          open.add(tables.get(i));
        }
      }
      List<Optional<IdentifierCollector>> collectors =
          open.stream()
              .map(work -> setting.identifiers().collector(work.table(), decided))
              .toList();
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
      SpillWriter spill = work.spills().spill(number, open, rowBuffers);
      return new SplitExtract(
          releasedKeys ->
              new Extractor(
                  table,
                  decided.index(),
                  decided.records(),
                  released,
                  setting.hashes(),
                  work.transformers(),
                  releasedKeys),
          spill,
          keySpill(work, open, spill),
          setting
              .risk()
              .map(
                  rule -> new KnownTuples(table, rule, setting.keys().oneTime(RunKeys.REFERENCES))),
          (read, subjects, rows) -> {
            collector.ifPresent(to -> to.add(read, subjects));
            setting.progress().rows(table.name(), read.rows(), rows);
            report(reader.done());
          },
          (result, spans, known) -> {
            setting.identifiers().store(decided, split, collector);
            setting.parts().store(basis, decided.basis(), split, result, spans, known);
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
            .map(keys -> new KeySpill(work.keyColumns(), keys.spill(number, open, keyBuffers)));
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
      setting.progress().done(done - reported.getAndSet(done));
    }

    private void requireFewRejected(TableWork work, SplitResult result) {
      setting.rejects().requireNoneOf(work.table(), result.tally(), result.rejections());
    }
  }
}

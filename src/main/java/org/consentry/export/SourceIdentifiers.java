package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.connector.Split;
import org.consentry.data.RowBatch;
import org.consentry.export.extract.IdentifierCollector;
import org.consentry.export.extract.IdentifierExtract;
import org.consentry.export.extract.IdentifierFiles;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.ledger.Staging;
import org.consentry.operator.OperatorKeys;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ScanPlan;
import org.consentry.plan.ScanPlan.ScannedTable;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The identifiers of the source that the finished files are searched for. They are collected while
 * the splits are extracted; tables that are not released are read for them alone.
 */
final class SourceIdentifiers {

  private final ExportPlan plan;
  private final Staging staging;
  private final List<ScannedTable> tables;
  private final IdentifierFiles files;

  SourceIdentifiers(ExportPlan plan, OperatorKeys keys, Staging staging) {
    this.plan = plan;
    this.staging = staging;
    this.tables = plan.scan().map(ScanPlan::tables).orElse(List.of());
    this.files = new IdentifierFiles(staging, keys.oneTime(RunKeys.SCAN));
  }

  private Optional<ScannedTable> of(TableExtract table) {
    return tables.stream()
        .filter(scanned -> scanned.source().name().equals(table.name()))
        .findFirst();
  }

  /** The collector of a split that is extracted; empty when the table has no identifiers. */
  Optional<IdentifierCollector> collector(TableExtract table, DecidedRows decided) {
    return of(table).map(scanned -> collector(scanned, table.sourceColumns(), decided));
  }

  private IdentifierCollector collector(
      ScannedTable table, List<Integer> needed, DecidedRows decided) {
    return new IdentifierCollector(
        table,
        needed,
        decided.index(),
        plan.decide().dates(),
        new IdentifierSet.Builder(files.key()));
  }

  /** Stores the identifiers of a split that was read. */
  void store(DecidedRows decided, Split split, Optional<IdentifierCollector> collector) {
    collector.ifPresent(from -> files.store(decided.basis(), split, from.identifiers()));
  }

  /** Whether nothing of a split that was extracted before is missing. */
  boolean isStored(TableExtract table, DecidedRows decided, Split split) {
    return of(table).isEmpty() || files.isStored(decided.basis(), split);
  }

  /**
   * Reads the splits of the tables that are not released.
   *
   * @param step what the step is called; unlike that of any other step of the run
   */
  void readOthers(DecidedRows decided, Workers workers, String step) {
    Set<String> released =
        plan.tables().stream().map(TableExtract::name).collect(Collectors.toSet());
    List<Partition<RowBatch, IdentifierExtract.RowsRead>> partitions = new ArrayList<>();
    for (ScannedTable table : tables) {
      if (!released.contains(table.source().name())) {
        for (Split split : decided.splits().apply(table.source())) {
          partitions.add(partition(table, split, decided));
        }
      }
    }
    if (!partitions.isEmpty()) {
      workers.partitions(step, partitions);
    }
  }

  private Partition<RowBatch, IdentifierExtract.RowsRead> partition(
      ScannedTable table, Split split, DecidedRows decided) {
    return new Partition<>(
        split.table() + "-" + split.number(),
        () ->
            files.isStored(decided.basis(), split)
                ? Optional.of(new IdentifierExtract.RowsRead(0))
                : Optional.empty(),
        () -> {
          IdentifierCollector collector = collector(table, List.of(), decided);
          return new IdentifierExtract(
              table.source().open(split, collector.columns()),
              collector,
              identifiers -> files.store(decided.basis(), split, identifiers));
        });
  }

  /**
   * The identifiers of all splits.
   *
   * @throws ProblemException category TEMPORARY when those of a split are not what was stored
   */
  IdentifierSet all(RunDecisions decided) {
    List<Split> splits = new ArrayList<>();
    for (ScannedTable table : tables) {
      splits.addAll(decided.splits().apply(table.source()));
    }
    return files.all(decided.basis(), splits).orElseThrow(this::lost);
  }

  private ProblemException lost() {
    return ProblemException.of(
        Category.TEMPORARY,
        "SCAN_IDENTIFIERS",
        Place.of(staging.work()),
        "the digests of the source's identifiers are not what this run stored",
        "resume the run, which reads the source again");
  }
}

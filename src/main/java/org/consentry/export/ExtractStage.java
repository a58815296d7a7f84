package org.consentry.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.consentry.connector.Split;
import org.consentry.data.LongSet;
import org.consentry.export.Extraction.ExtractedTable;
import org.consentry.export.extract.PassResult;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.select.ReleasedRows;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;

/**
 * Extracts the released rows of every split into spill files. Tables are extracted level by level,
 * because a row that refers to a row which is not released is excluded.
 */
final class ExtractStage {

  /** What the first extract of a run is called. */
  static final String FIRST = "extract";

  private final ExportPlan plan;
  private final SplitSetting setting;
  private final SentRun sent;

  /**
   * The stage of a run.
   *
   * @param sent what other processes get, where there are any
   */
  ExtractStage(SplitSetting setting, SentRun sent) {
    this.plan = setting.plan();
    this.setting = setting;
    this.sent = sent;
  }

  /**
   * Extracts every split that has no marker made on the same basis.
   *
   * @param step what the step is called; unlike that of any other extract of the run
   */
  Extraction run(RunDecisions decided, Workers workers, String step) {
    setting.progress().step(step.equals(FIRST) ? RunStep.EXTRACT : RunStep.EXTRACT_AGAIN);
    workers.all(
        plan.tables().stream().<Callable<List<Split>>>map(table -> cut(table, decided)).toList());
    setting.progress().total(bytes(decided));
    Map<String, ExtractedTable> extracted = new HashMap<>();
    ReleasedRows released = ReleasedRows.NONE;
    String basis = decided.basis();
    int levels = 1 + plan.tables().stream().mapToInt(TableExtract::level).max().orElse(0);
    for (int number = 0; number < levels; number++) {
      LevelExtract level = new LevelExtract(setting, number, decided.rows(), released, basis);
      SentContent content = SentRun.level(step + "-" + number, number, released, basis);
      if (workers.elsewhere() > 0) {
        sent.begin(content);
      }
      List<PassResult> done =
          workers.partitions(
              step + "-" + number,
              level.partitions(),
              new SentStep<>(List.of(sent.run(), sent.decisions(decided), content), level::stored));
      for (ExtractedTable each : level.extracted(done)) {
        extracted.put(each.table().name(), each);
        released = released.with(each.table(), union(each.splits()));
      }
      basis = RunDecisions.digest(basis, level.splits());
    }
    setting.identifiers().readOthers(decided.rows(), workers, step + "-identifiers");
    return new Extraction(decided, extracted, basis, Optional.empty());
  }

  private static Callable<List<Split>> cut(TableExtract table, RunDecisions decided) {
    return () -> decided.splits().apply(table.source());
  }

  /** Bytes that are read, where no split was done before. */
  private long bytes(RunDecisions decided) {
    Set<List<Object>> counted = new HashSet<>();
    return plan.tables().stream()
        .filter(table -> counted.add(List.of(table.level(), LevelExtract.records(table))))
        .flatMap(table -> decided.splits().apply(table.source()).stream())
        .mapToLong(split -> split.range().size())
        .sum();
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
}

package org.consentry.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.consentry.connector.Split;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.RejectLimit;
import org.consentry.export.seal.EncryptedParts;
import org.consentry.export.seal.Measurements;
import org.consentry.export.seal.SealedRelease;
import org.consentry.export.seal.Sealer;
import org.consentry.export.seal.TableOutcome;
import org.consentry.export.seal.TableSubjects;
import org.consentry.export.select.CountedSubjects;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Handover;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Checks what the job names, and completes and signs the staged release. */
final class SealStage {

  /** Into which the reading of released days is divided. */
  private static final int PIECES = 2;

  private final ExportPlan plan;
  private final RunKeys keys;
  private final RunContext context;
  private final Parts parts;

  SealStage(ExportPlan plan, RunKeys keys, RunContext context) {
    this.plan = plan;
    this.keys = keys;
    this.context = context;
    this.parts = new Parts(context.staging(), plan.sinks());
  }

  /**
   * Seals.
   *
   * @throws ProblemException category FILES_INVALID when a table has too many bad rows,
   *     DISCLOSURE_CHECK when nothing may be released
   */
  SealedRun run(StagedTables staged, Workers workers) {
    RejectLimit rejects = new RejectLimit(plan);
    for (TableExtract table : plan.tables()) {
      TableOutcome outcome = Optional.ofNullable(staged.tables().get(table.name())).orElseThrow();
      rejects.requireFew(
          table,
          outcome.tally(),
          outcome.splits().stream().flatMap(split -> split.rejections().stream()).toList());
    }
    RejectedRows.write(context.state(), context.run(), staged);
    parts.removeOthers(
        staged.tables().values().stream()
            .flatMap(table -> table.files().stream())
            .map(TableOutcome.PartInRelease::name)
            .collect(Collectors.toSet()));
    requireSubjects(plan, staged.decided().decisions());
    Map<String, TableSubjects> subjects = new LinkedHashMap<>();
    plan.tables()
        .forEach(table -> subjects.put(table.name(), subjects(table, staged.decided(), workers)));
    ScanStage scan = new ScanStage(plan, keys, context, workers);
    Measurements measured =
        new Measurements(subjects, staged.risk(), scan.run(staged.decided()), workers.engine());
    context.progress().step(RunStep.SEAL);
    Map<String, TableOutcome> tables =
        Handover.key(plan.job().recipient())
            .map(key -> new EncryptedParts(context.staging().release(), key))
            .map(parts -> parts.replace(staged.tables(), workers))
            .orElse(staged.tables());
    Optional<SealedRelease> sealed =
        new Sealer(context)
            .seal(
                plan,
                staged.decided().decisions(),
                staged.decided().inputs().moment(),
                keys,
                tables,
                staged.decided().people(),
                measured);
    if (sealed.isPresent()) {
      scan.requireClean(staged.decided());
    }
    return new SealedRun(staged, sealed);
  }

  /** Refuses a release without people, unless who asks is answered in any case. */
  static void requireSubjects(ExportPlan plan, Decisions decided) {
    if (decided.cohort() == 0 && !plan.job().kind().isAnswered()) {
      throw ProblemException.of(
          Category.DISCLOSURE_CHECK,
          "NOTHING_TO_RELEASE",
          Place.of(plan.consentName()),
          "no subject may be released; excluded: " + CountWords.of(decided.excluded()),
          "see consentry explain for one patient, or consentry plan for the flow");
    }
  }

  /** Whose records of a table are released, and of which days; and whose are left out. */
  private TableSubjects subjects(TableExtract table, RunDecisions decided, Parallel parallel) {
    List<Split> splits = decided.splits().apply(table.source());
    CountedSubjects people = new CountedSubjects();
    List<Callable<RecordSpans>> pieces = new ArrayList<>();
    for (int number = 0; number < PIECES; number++) {
      int piece = number;
      pieces.add(
          () -> {
            RecordSpans spans = new RecordSpans(decided.decisions().index().size());
            for (int i = piece; i < splits.size(); i += PIECES) {
              byte[] log = parts.spansOf(decided.basis(), splits.get(i));
              spans.add(log);
              synchronized (people) {
                people.add(log);
              }
            }
            return spans;
          });
    }
    List<RecordSpans> read = parallel.all(pieces);
    RecordSpans spans = read.get(0);
    read.subList(1, PIECES).forEach(spans::add);
    return new TableSubjects(table.isSubjects(), spans, people);
  }
}

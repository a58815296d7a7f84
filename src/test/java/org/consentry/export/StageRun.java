package org.consentry.export;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.consentry.export.sort.SortSizes;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.release.Publisher;
import org.consentry.testing.Notes;
import org.consentry.testing.SmallClinic;

/** The stages of one run of a small clinic, on the calling thread. */
final class StageRun {

  private final Notes notes = new Notes();
  private final PlainWorkers workers = new PlainWorkers();
  private final ExportPlan plan;
  private final RunContext context;
  private final Export export;

  /** A run by this version of the program. */
  StageRun(SmallClinic clinic, Path job) {
    this(clinic, job, "test", SortSizes.USUAL);
  }

  /** A run by another version of the program, or with parts of another size. */
  StageRun(SmallClinic clinic, Path job, String software, SortSizes sizes) {
    LocalDate today = clinic.now().toLocalDate();
    this.plan = Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC));
    Staging staging = Staging.of(plan.output(), "run-1");
    staging.prepare();
    this.context =
        new RunContext(
            "run-1",
            "operator",
            List.of("operator"),
            Optional.empty(),
            Accepted.NOTHING,
            clinic.state(),
            staging,
            clinic.ledger(),
            new Publisher(clinic.ledger(), clinic::instant),
            clinic::instant,
            ZoneOffset.UTC,
            software,
            notes);
    RunKeys keys =
        RunKeys.open(
            clinic.state().home(),
            plan.job().study().id(),
            plan.studyKey(),
            plan.signingKey(),
            RunKeys.oneTimeFile(staging));
    this.export = new Export(plan, keys, context, sizes);
  }

  ExportPlan plan() {
    return plan;
  }

  Staging staging() {
    return context.staging();
  }

  PlainWorkers workers() {
    return workers;
  }

  List<String> notes() {
    return notes.list();
  }

  void readAhead() {
    export.readAhead();
  }

  RunDecisions decide() {
    return export.decide(workers);
  }

  Extraction extract() {
    return export.extract(decide(), workers);
  }

  StagedTables sort() {
    return export.sort(extract(), workers);
  }

  SealedRun seal() {
    return export.seal(sort(), workers);
  }

  /** Publishes a release that was sealed earlier. */
  Publication publish(SealedRun sealed) {
    return export.publish(sealed);
  }
}

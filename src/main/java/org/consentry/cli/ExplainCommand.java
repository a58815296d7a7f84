package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.Explainer;
import org.consentry.export.ExplanationPage;
import org.consentry.export.ExplanationText;
import org.consentry.export.PageFile;
import org.consentry.export.RecordQuestion;
import org.consentry.export.StateSession;
import org.consentry.ledger.Memberships;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Explains why a patient is in or out. Shown to the person who asks; that it was asked is kept in
 * the ledger.
 */
@Command(
    name = "explain",
    description = {
      "Explains why a job would include or exclude a patient.",
      "The ledger records the question, who asked, and the study."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @ArgGroup(multiplicity = "1")
  private PatientOption patient = new PatientOption();

  @Option(
      names = "--record",
      paramLabel = "TABLE:KEY",
      description = {
        "Explains this record of the patient too.",
        "Values of a key of several columns have | between them."
      })
  private @Nullable String record;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a file note with the patient's id into a new file.")
  private @Nullable Path html;

  @Parameters(paramLabel = "JOB", description = "The job file.")
  private Path job = Path.of("");

  @Override
  public Integer call() {
    Console console = common.console();
    ZoneId zone = ClinicZone.of(job, common.state());
    LocalDate today = LocalDate.now(zone);
    ExportPlan plan = Planner.plan(job, today, today, Optional.of(zone));
    Optional<RecordQuestion> asked =
        Optional.ofNullable(record).map(text -> RecordQuestion.of(plan, text));
    String id = patient.id();
    if (html != null) {
      PageFile.requireNew(html);
    }
    Explainer explaining = new Explainer(plan, Optional.of(keepThatItWasAsked(console, plan, id)));
    Explainer.Patient explained = explaining.patient(id, LocalDateTime.now(zone));
    ExplanationText text = new ExplanationText(console::line, console::result);
    text.patient(plan, explained);
    asked.ifPresent(which -> text.records(explained, explaining.records(explained, id, which)));
    if (html != null) {
      LocalDateTime now = LocalDateTime.now(zone);
      PageFile.write(html, ExplanationPage.of(plan, explained, id, OperatorName.name(), now));
    }
    return 0;
  }

  /** Comes before anything is looked up: what cannot be noted is not answered. */
  private Memberships keepThatItWasAsked(Console console, ExportPlan plan, String id) {
    try (StateSession session = Sessions.open(common.state(), console)) {
      session.audit().explained(plan, id);
      return session.memberships();
    }
  }
}

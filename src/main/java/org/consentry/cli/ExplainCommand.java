package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.consentry.export.ClinicZone;
import org.consentry.export.Explainer;
import org.consentry.export.ExplanationText;
import org.consentry.export.RecordQuestion;
import org.consentry.export.StateSession;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.release.PlainPage;
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
    keepThatItWasAsked(console, plan, id);
    Explainer explaining = new Explainer(plan);
    Explainer.Patient explained = explaining.patient(id, LocalDateTime.now(zone));
    ExplanationText text = new ExplanationText(console::line, console::object);
    text.patient(plan, explained);
    asked.ifPresent(which -> text.records(explained, explaining.records(explained, id, which)));
    if (html != null) {
      PageFile.write(html, note(plan, id, explained, LocalDateTime.now(zone)));
    }
    return 0;
  }

  /** The answer as a page for the patient's file. */
  private static byte[] note(
      ExportPlan plan, String id, Explainer.Patient explained, LocalDateTime now) {
    return new PlainPage(
            "File note: may records be released?",
            List.of(
                "Patient: " + id,
                "Job " + plan.job().name() + ", study " + plan.job().study().title() + ".",
                explained.plain().answer(),
                "Written on "
                    + now.truncatedTo(ChronoUnit.MINUTES)
                    + " by "
                    + OperatorName.name()
                    + ". This page is confidential: it names the patient."),
            explained.plain().paragraphs().stream()
                .map(
                    paragraph ->
                        new PlainPage.Section(
                            paragraph.heading(),
                            IntStream.range(0, paragraph.sentences().size())
                                .mapToObj(
                                    number ->
                                        Map.entry(
                                            Integer.toString(number + 1),
                                            paragraph.sentences().get(number)))
                                .toList()))
                .toList())
        .page();
  }

  /** Comes before anything is looked up: what cannot be noted is not answered. */
  private void keepThatItWasAsked(Console console, ExportPlan plan, String id) {
    try (StateSession session = Sessions.open(common.state(), console)) {
      session.audit().explained(plan, id);
    }
  }
}

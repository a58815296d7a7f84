package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.consent.ConsentExplanation;
import org.consentry.consent.ConsentExplanation.LineAccount;
import org.consentry.consent.ConsentExplanation.TestAccount;
import org.consentry.consent.ConsentExplanation.Weight;
import org.consentry.consent.RecordDates;
import org.consentry.data.Exclusion;
import org.consentry.export.ClinicZone;
import org.consentry.export.Explainer;
import org.consentry.export.RecordQuestion;
import org.consentry.export.RowOutcomes;
import org.consentry.export.StateSession;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Place;
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
    keepThatItWasAsked(console, plan, id);
    Explainer explaining = new Explainer(plan);
    Explainer.Patient explained = explaining.patient(id, LocalDateTime.now(zone));
    show(console, plan, explained);
    asked.ifPresent(
        which -> showRecords(console, explained, explaining.records(explained, id, which)));
    return 0;
  }

  /** Comes before anything is looked up: what cannot be noted is not answered. */
  private void keepThatItWasAsked(Console console, ExportPlan plan, String id) {
    try (StateSession session = Sessions.open(common.state(), console)) {
      session.audit().explained(plan, id);
    }
  }

  private static void show(Console console, ExportPlan plan, Explainer.Patient patient) {
    ConsentExplanation explanation = patient.consent();
    String outcome = patient.exclusion().map(reason -> "OUT: " + reason).orElse("IN");
    boolean keptOutOtherwise = explanation.exclusion().isEmpty() && patient.exclusion().isPresent();
    String consent = keptOutOtherwise ? ", though consent permits" : "";
    console.line(
        outcome
            + consent
            + "  (study "
            + plan.job().study().id()
            + ", recipient "
            + plan.job().recipient().id()
            + ")");
    explanation.exclusion().flatMap(ExplainCommand::beforeAnyLine).ifPresent(console::line);
    console.line(explanation.lines().size() + " consent lines");
    explanation.lines().forEach(line -> show(console, line));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("summary", patient.exclusion().map(Enum::name).orElse("PERMITTED"));
    fields.put("consent", explanation.exclusion().map(Enum::name).orElse("PERMITTED"));
    fields.put("study", plan.job().study().id());
    fields.put("recipient", plan.job().recipient().id());
    console.object(fields);
  }

  /** Some reasons come before every permit, so that no permit's tests explain them. */
  private static Optional<String> beforeAnyLine(Exclusion reason) {
    if (reason == Exclusion.PATIENT_AMBIGUOUS) {
      return Optional.of(
          "the subjects table describes more than one person under this id; no permit counts");
    }
    if (reason == Exclusion.BAD_RESTRICTION_ROW) {
      return Optional.of(
          "a restriction cannot be read, or its patient id is only similar to this one; no permit"
              + " counts until it is corrected");
    }
    return Optional.empty();
  }

  private static void show(Console console, LineAccount line) {
    String mark = line.weight() == Weight.DECIDES ? "=> " : "   ";
    String stopped = line.stoppedBy().map(place -> ", stopped by " + place).orElse("");
    console.line(mark + line.place() + "  " + line.outcome() + stopped);
    line.content()
        .ifPresent(
            content ->
                console.line(
                    "      " + content.id() + " " + content.decision() + " " + content.status()));
    List<Map<String, String>> tests = new ArrayList<>();
    for (TestAccount test : line.tests()) {
      String reason = test.reason().map(why -> " " + why).orElse("");
      console.line("      " + test.test() + ": " + test.answer() + reason);
      tests.add(
          Map.of(
              "test", test.test().name(),
              "answer", test.answer().name(),
              "reason", test.reason().map(Enum::name).orElse("")));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("line", line.place().toString());
    fields.put("id", line.content().map(content -> content.id()).orElse(""));
    fields.put("outcome", line.outcome().name());
    fields.put("decides", line.weight() == Weight.DECIDES);
    fields.put("stoppedBy", line.stoppedBy().map(Place::toString).orElse(""));
    fields.put("tests", tests);
    console.object(fields);
  }

  private static void showRecords(
      Console console, Explainer.Patient patient, List<Explainer.RecordFound> found) {
    if (found.isEmpty()) {
      console.line("the patient has no such record");
      console.object(Map.of("record", "NOT_FOUND"));
    }
    found.forEach(record -> show(console, patient, record));
  }

  private static void show(
      Console console, Explainer.Patient patient, Explainer.RecordFound record) {
    ConsentExplanation.RecordAccount account =
        patient.consent().record(record.category(), record.dates());
    Optional<Exclusion> out = record.outcome().exclusion();
    console.line(
        "record "
            + record.line()
            + " "
            + record.category()
            + " "
            + words(record.dates())
            + ": "
            + out.map(reason -> "OUT: " + reason).orElse("IN"));
    account.grants().forEach(grant -> console.line("      " + words(grant)));
    Map<String, String> columns = new LinkedHashMap<>();
    record
        .own()
        .forEach(
            (column, categories) -> {
              Optional<Exclusion> withheld =
                  out.or(
                      () ->
                          categories.stream()
                              .map(category -> patient.consent().record(category, record.dates()))
                              .flatMap(answer -> answer.exclusion().stream())
                              .findFirst());
              columns.put(column, withheld.map(Enum::name).orElse("PERMITTED"));
              console.line(
                  "   column "
                      + column
                      + " "
                      + String.join(" and ", categories.stream().map(Enum::name).toList())
                      + ": "
                      + withheld.map(reason -> "withheld: " + reason).orElse("IN"));
            });
    missing(record.outcome()).forEach(console::line);
    console.object(
        Map.of(
            "record", record.line().toString(),
            "category", record.category().name(),
            "summary", out.map(Enum::name).orElse("PERMITTED"),
            "parentsOut", record.outcome().parents(),
            "columns", columns));
  }

  /** What a row that stays for another's sake would have needed. */
  private static List<String> missing(RowOutcomes.Outcome outcome) {
    if (outcome.exclusion().equals(Optional.of(Exclusion.PARENT_EXCLUDED))
        && outcome.parents().isEmpty()) {
      return List.of("      the patient's own row is not released");
    }
    return outcome.parents().stream()
        .map(table -> "      what it names in " + table + " is not released")
        .toList();
  }

  private static String words(RecordDates dates) {
    return switch (dates.knowledge()) {
      case TIMELESS -> "timeless";
      case SOME_UNKNOWN -> "of unknown date";
      case ALL_KNOWN ->
          LocalDate.ofEpochDay(dates.first()) + " to " + LocalDate.ofEpochDay(dates.last());
    };
  }

  private static String words(ConsentExplanation.GrantAccount grant) {
    return "permit "
        + grant.permit()
        + " category "
        + grant.category()
        + ", dates "
        + grant.dates()
        + grant.deniedBy().map(place -> ", denied by " + place).orElse("");
  }
}

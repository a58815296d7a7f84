package org.consentry.export;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.consent.ConsentExplanation;
import org.consentry.consent.ConsentExplanation.LineAccount;
import org.consentry.consent.ConsentExplanation.TestAccount;
import org.consentry.consent.ConsentExplanation.Weight;
import org.consentry.consent.RecordDates;
import org.consentry.data.Exclusion;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;

/**
 * Writes an explanation: lines for people and objects for programs, in the order they are read.
 * Writes to the person who asked and nowhere else.
 */
public final class ExplanationText {

  private static final String DETAILS = "Details:";

  private final Consumer<String> lines;
  private final BiConsumer<String, Map<String, ?>> objects;

  /**
   * Writes to these.
   *
   * @param objects receives the shape of each object and its members
   */
  public ExplanationText(Consumer<String> lines, BiConsumer<String, Map<String, ?>> objects) {
    this.lines = lines;
    this.objects = objects;
  }

  /** Writes why a patient is in or out, and each consent line with its tests. */
  public void patient(ExportPlan plan, Explainer.Patient patient) {
    ConsentExplanation explanation = patient.consent();
    patient.plain().lines().forEach(lines);
    lines.accept("");
    lines.accept(DETAILS);
    String outcome = patient.exclusion().map(reason -> "OUT: " + reason).orElse("IN");
    boolean keptOutOtherwise =
        plan.decide().asksConsent()
            && explanation.exclusion().isEmpty()
            && patient.exclusion().isPresent();
    String consent = keptOutOtherwise ? ", though consent permits" : "";
    lines.accept(
        outcome
            + consent
            + "  ("
            + plan.job().kind().asked()
            + " "
            + plan.studyId()
            + ", recipient "
            + plan.recipientId()
            + ")");
    explanation.exclusion().flatMap(ExplanationText::beforeAnyLine).ifPresent(lines);
    lines.accept(patient.born());
    boolean dependsOnOthers = patient.exclusion().isEmpty() && leavesOutSmallGroups(plan);
    if (dependsOnOthers) {
      lines.accept(
          "a run leaves the patient out (SMALL_GROUP) when too few released patients share what the"
              + " job's risk rule lets an adversary know; accounting shows which releases have the"
              + " patient");
    }
    if (plan.decide().asksConsent()) {
      lines.accept(CountWords.of(explanation.lines().size(), "consent line"));
    }
    explanation.lines().forEach(this::line);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("summary", patient.exclusion().map(Enum::name).orElse("PERMITTED"));
    fields.put("consent", explanation.exclusion().map(Enum::name).orElse("PERMITTED"));
    fields.put("study", plan.studyId());
    fields.put("recipient", plan.recipientId());
    fields.put("born", patient.born());
    if (dependsOnOthers) {
      fields.put("unless", Exclusion.SMALL_GROUP.name());
    }
    objects.accept("explainedPatient", fields);
  }

  private static boolean leavesOutSmallGroups(ExportPlan plan) {
    return plan.risk().filter(risk -> risk.onViolation() == OnViolation.SUPPRESS).isPresent();
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

  private void line(LineAccount line) {
    String mark = line.weight() == Weight.DECIDES ? "=> " : "   ";
    String stopped = line.stoppedBy().map(place -> ", stopped by " + place).orElse("");
    lines.accept(mark + line.place() + "  " + line.outcome() + stopped);
    line.content()
        .ifPresent(
            content ->
                lines.accept(
                    "      " + content.id() + " " + content.decision() + " " + content.status()));
    List<Map<String, String>> tests = new ArrayList<>();
    for (TestAccount test : line.tests()) {
      String reason = test.reason().map(why -> " " + why).orElse("");
      lines.accept("      " + test.test() + ": " + test.answer() + reason);
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("test", test.test().name());
      asked.put("answer", test.answer().name());
      test.reason().ifPresent(why -> asked.put("reason", why.name()));
      tests.add(asked);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", line.place().file());
    fields.put("line", line.place().line());
    fields.put("id", line.content().map(content -> content.id()).orElse(""));
    fields.put("outcome", line.outcome().name());
    fields.put("decides", line.weight() == Weight.DECIDES);
    fields.put("stoppedBy", line.stoppedBy().map(Place::toString).orElse(""));
    fields.put("tests", tests);
    objects.accept("consentLine", fields);
  }

  /** Writes why records of the patient are in or out; none is an answer too. */
  public void records(Explainer.Patient patient, List<Explainer.RecordFound> found) {
    if (found.isEmpty()) {
      lines.accept("the patient has no such record");
      objects.accept("noSuchRecord", Map.of());
    }
    found.forEach(record -> record(patient, record));
  }

  private void record(Explainer.Patient patient, Explainer.RecordFound record) {
    ConsentExplanation.RecordAccount account =
        patient.consent().record(record.category(), record.dates());
    Optional<String> out = record.outcome().reason();
    lines.accept(
        "record "
            + record.line()
            + " "
            + record.category()
            + " "
            + words(record.dates())
            + ": "
            + out.map(reason -> "OUT: " + reason).orElse("IN"));
    account.grants().forEach(grant -> lines.accept("      " + words(grant)));
    Map<String, String> columns = new LinkedHashMap<>();
    record
        .own()
        .forEach(
            (column, categories) -> {
              Optional<String> withheld =
                  out.or(() -> Optional.ofNullable(record.withheld().get(column)).map(Enum::name));
              columns.put(column, withheld.orElse("PERMITTED"));
              lines.accept(
                  "   column "
                      + column
                      + " "
                      + String.join(" and ", categories.stream().map(Enum::name).toList())
                      + ": "
                      + withheld.map(reason -> "withheld: " + reason).orElse("IN"));
            });
    missing(record.outcome()).forEach(lines);
    objects.accept(
        "explainedRecord",
        Map.of(
            "file", record.line().file(),
            "line", record.line().line(),
            "category", record.category().name(),
            "summary", out.orElse("PERMITTED"),
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

package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.DryRisk;
import org.consentry.export.LevelPlanText;
import org.consentry.export.LevelPlanText.Approved;
import org.consentry.export.RiskSearch;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.LevelUse;
import org.consentry.plan.Planner;
import org.consentry.release.Disclosure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the risk of a job. Reads no key and writes nothing. */
@Command(
    name = "risk",
    description = {
      "Measures how many people share what an adversary knows.",
      "Releases nothing. Ends with exit 13 where a run would be blocked."
    },
    mixinStandardHelpOptions = true)
final class RiskCommand implements Callable<Integer> {

  private static final String NO_FIT = "does not fit";

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "JOB", description = "The job file.")
  private Path job = Path.of("");

  @Option(names = "--search", description = "Searches for levels and writes the job's plan file.")
  private boolean search;

  @Option(names = "--replace", description = "With --search: writes over a plan that was approved.")
  private boolean replace;

  @Override
  public Integer call() {
    Console console = common.console();
    ZoneId zone = ClinicZone.of(job, common.state());
    LocalDate today = LocalDate.now(zone);
    if (search) {
      return search(console, zone, today);
    }
    ExportPlan plan = Planner.forRisk(job, today, Optional.of(zone), LevelUse.ANY);
    DryRisk dry = new DryRisk(plan, new ConsoleProgress(console, Instant::now));
    Disclosure.Risk risk = dry.measure(LocalDateTime.now(zone));
    show(console, risk);
    dry.gate(risk);
    return 0;
  }

  private int search(Console console, ZoneId zone, LocalDate today) {
    ExportPlan plan = Planner.forRisk(job, today, Optional.of(zone), LevelUse.AS_MAPPED);
    RiskSearch searching = new RiskSearch(plan, new ConsoleProgress(console, Instant::now));
    LevelPlanText text = new LevelPlanText(plan);
    Path file = text.file(replace ? Approved.MAY_BE_REPLACED : Approved.STAYS);
    RiskSearch.Found found = searching.run(LocalDateTime.now(zone));
    text.write(found, today, file);
    found.levels().forEach((column, level) -> console.line(column + ": " + level));
    console.line("smallest group " + found.smallestGroup());
    console.line("left out       " + found.suppressed() + " of " + found.people());
    console.line("written to     " + file);
    console.remark("no run applies the plan before a person approved it in the file");
    console.result(
        "levelPlan",
        Map.of(
            "levels", found.levels(),
            "subjects", found.people(),
            "smallestGroup", found.smallestGroup(),
            "suppressed", found.suppressed(),
            "loss", found.loss(),
            "considered", found.considered(),
            "plan", file.toString()));
    return 0;
  }

  private static void show(Console console, Disclosure.Risk risk) {
    Disclosure.Groups groups = risk.groups();
    console.line("adversary      " + risk.adversary());
    console.line("asked for      k " + groups.k() + ", " + groups.onViolation());
    console.line("people         " + groups.subjects());
    console.line("smallest group " + groups.smallest());
    console.line("alone          " + share(groups.uniques(), groups));
    console.line("below k        " + share(groups.below(), groups));
    console.line("average risk   " + decimal(groups.averageRisk(), "%.4f"));
    risk.lenient()
        .ifPresent(
            lenient ->
                console.line(
                    "lenient        smallest group "
                        + lenient.smallest()
                        + ", below k "
                        + share(lenient.below(), lenient)
                        + ", where a missing value may be any"));
    risk.sensitive()
        .forEach(
            column ->
                console.line(
                    "sensitive      "
                        + column.column()
                        + " "
                        + column.measure()
                        + ": worst group "
                        + decimal(column.worst(), "%.4f")
                        + ", exposed "
                        + share(column.exposed(), groups)));
    risk.population().ifPresent(population -> show(console, population));
    console.line("people by the size of their group");
    groups.bands().forEach((size, count) -> console.line(band(size, count, groups)));
    console.result("risk", object(risk));
  }

  private static void show(Console console, Disclosure.Population population) {
    console.line(
        "population     "
            + population.size()
            + population.region().map(of -> ", " + of).orElse(""));
    population
        .uniques()
        .forEach(
            (model, share) ->
                console.line(
                    "alone in it    "
                        + model
                        + " "
                        + (share.isPresent() ? decimal(share.getAsDouble(), "%.6f") : NO_FIT)));
    population
        .known()
        .ifPresent(
            known -> {
              console.line("journalist     highest risk " + decimal(known.journalist(), "%.6f"));
              console.line("marketer       average risk " + decimal(known.marketer(), "%.6f"));
              console.line(
                  "presence       "
                      + decimal(known.lowestPresence(), "%.6f")
                      + " to "
                      + decimal(known.highestPresence(), "%.6f"));
            });
  }

  private static String band(String size, long count, Disclosure.Groups groups) {
    return "  " + size + " ".repeat(13 - size.length()) + share(count, groups);
  }

  private static String share(long count, Disclosure.Groups groups) {
    double percent = groups.subjects() == 0 ? 0 : 100.0 * count / groups.subjects();
    return count + " (" + decimal(percent, "%.1f") + " %)";
  }

  private static String decimal(double number, String format) {
    return String.format(Locale.ROOT, format, number);
  }

  private static Map<String, Object> object(Disclosure.Risk risk) {
    Disclosure.Groups groups = risk.groups();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("adversary", risk.adversary());
    fields.put("k", groups.k());
    fields.put("onViolation", groups.onViolation());
    fields.put("subjects", groups.subjects());
    fields.put("smallestGroup", groups.smallest());
    fields.put("subjectsAlone", groups.uniques());
    fields.put("subjectsBelowK", groups.below());
    fields.put("averageRisk", groups.averageRisk());
    risk.lenient()
        .ifPresent(
            lenient -> {
              fields.put("smallestGroupWhenMissingIsAny", lenient.smallest());
              fields.put("subjectsBelowKWhenMissingIsAny", lenient.below());
            });
    fields.put("subjectsBySizeOfGroup", groups.bands());
    if (!risk.sensitive().isEmpty()) {
      fields.put("sensitive", risk.sensitive().stream().map(RiskCommand::object).toList());
    }
    risk.population().ifPresent(population -> fields.put("population", object(population)));
    return fields;
  }

  private static Map<String, Object> object(Disclosure.Sensitive column) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", column.column());
    fields.put("measure", column.measure());
    if (Double.isFinite(column.worst())) {
      fields.put("worstGroup", column.worst());
    }
    fields.put("subjectsExposed", column.exposed());
    return fields;
  }

  private static Map<String, Object> object(Disclosure.Population population) {
    Map<String, Object> fields = new LinkedHashMap<>();
    population.region().ifPresent(region -> fields.put("region", region));
    fields.put("size", population.size());
    Map<String, @Nullable Double> uniques = new LinkedHashMap<>();
    population
        .uniques()
        .forEach(
            (model, share) -> uniques.put(model, share.isPresent() ? share.getAsDouble() : null));
    fields.put("populationUniques", uniques);
    population
        .known()
        .ifPresent(
            known -> {
              fields.put("highestJournalistRisk", known.journalist());
              fields.put("marketerRisk", known.marketer());
              fields.put("lowestPresence", known.lowestPresence());
              fields.put("highestPresence", known.highestPresence());
            });
    return fields;
  }
}

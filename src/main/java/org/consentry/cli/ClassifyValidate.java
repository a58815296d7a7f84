package org.consentry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.consentry.operator.RaterAgreement;
import org.consentry.operator.RuleFile;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceLabel;
import org.consentry.plan.ReviewedRows;
import org.consentry.plan.RuleFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares labels of the rules with labels by people or a payer for the same lines. Prints counts,
 * classes and line numbers; never a cell.
 */
@Command(
    name = "validate",
    description = {
      "Compares the rules with labels by reviewers or a payer.",
      "Prints the confusion matrix, agreement and Cohen's kappa by family."
    },
    mixinStandardHelpOptions = true)
final class ClassifyValidate implements Callable<Integer> {

  /** Forms of the report. */
  enum Format {
    text,
    json
  }

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private ClassifyCommand.RulesOption rules = new ClassifyCommand.RulesOption();

  @Mixin private ReviewedOption reviewed = new ReviewedOption();

  @Option(
      names = "--against",
      required = true,
      paramLabel = "CSV",
      description = "Procedure lines with one label each.")
  private Path against = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Format format = Format.text;

  @Override
  public Integer call() {
    Console console = common.console(format == Format.json ? Console.Form.JSON : Console.Form.TEXT);
    RuleFile file = RuleFiles.read(rules.path());
    List<ReviewedRows.Reviewed> rows = new ReviewedRows(against, reviewed.columns()).read();
    RaterAgreement all = new RaterAgreement();
    Map<String, RaterAgreement> families = new TreeMap<>();
    List<String> differing = new ArrayList<>();
    for (ReviewedRows.Reviewed row : rows) {
      ServiceLabel label = file.classify(row.input());
      all.add(row.label(), label.serviceClass());
      families
          .computeIfAbsent(row.family(), family -> new RaterAgreement())
          .add(row.label(), label.serviceClass());
      if (row.label() != label.serviceClass()) {
        differing.add(
            row.place()
                + ": label "
                + row.label()
                + ", rules "
                + label.serviceClass()
                + " "
                + label.basis());
      }
    }
    ClassifyCommand.print(console, file);
    console.line("against " + against + ", column " + reviewed.columns().label());
    print(console, "all", all);
    matrix(console, all);
    families.forEach((family, some) -> print(console, family.isEmpty() ? "(none)" : family, some));
    differing.forEach(console::line);
    console.result("differingLines", Map.of("differing", differing));
    return 0;
  }

  private static void print(Console console, String family, RaterAgreement agreement) {
    String kappa =
        agreement
            .kappa()
            .map(
                found ->
                    number(found.value())
                        + " (95 % "
                        + number(found.low())
                        + " to "
                        + number(found.high())
                        + ")")
            .orElse("not defined");
    console.line(
        String.format(
            Locale.ROOT,
            "%-22s %5d lines, %5d alike, agreement %s, kappa %s",
            family,
            agreement.total(),
            agreement.agreed(),
            agreement.agreement().map(ClassifyValidate::number).orElse("not defined"),
            kappa));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("family", family);
    fields.put("lines", agreement.total());
    fields.put("alike", agreement.agreed());
    agreement.agreement().ifPresent(share -> fields.put("agreement", share));
    agreement
        .kappa()
        .ifPresent(
            found -> {
              fields.put("kappa", found.value());
              fields.put("standardError", found.standardError());
              fields.put("low95", found.low());
              fields.put("high95", found.high());
            });
    Map<String, Map<String, Long>> matrix = new LinkedHashMap<>();
    for (ServiceClass label : ServiceClass.values()) {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (ServiceClass given : ServiceClass.values()) {
        counts.put(given.name(), agreement.count(label, given));
      }
      matrix.put(label.name(), counts);
    }
    fields.put("matrix", matrix);
    console.result("agreement", fields);
  }

  private static void matrix(Console console, RaterAgreement agreement) {
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-37s", "label \\ rules"));
    for (ServiceClass given : ServiceClass.values()) {
      head.append(String.format(Locale.ROOT, " %9s", initials(given)));
    }
    console.line(head.toString());
    for (ServiceClass label : ServiceClass.values()) {
      StringBuilder line =
          new StringBuilder(
              String.format(Locale.ROOT, "%-37s", initials(label) + " " + label.name()));
      for (ServiceClass given : ServiceClass.values()) {
        line.append(String.format(Locale.ROOT, " %9d", agreement.count(label, given)));
      }
      console.line(line.toString());
    }
  }

  private static String initials(ServiceClass name) {
    return switch (name) {
      case COSMETIC -> "C";
      case RECONSTRUCTIVE_MEDICALLY_NECESSARY -> "N";
      case RECONSTRUCTIVE_BY_BENEFIT -> "B";
      case INDETERMINATE -> "I";
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}

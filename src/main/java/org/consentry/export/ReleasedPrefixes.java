package org.consentry.export;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.config.WithPlace;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerFact;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * What the codes of a study begin with, or that they are numbers. A code is the same in all its
 * releases, and so is its form: with another one, a recipient could not join two releases. Codes
 * for one time are in one release only.
 */
public final class ReleasedPrefixes {

  private ReleasedPrefixes() {}

  /**
   * The domains whose codes later releases have again, a line each: domain, blank, prefix or {@code
   * integer}.
   */
  public static String text(ExportPlan plan) {
    return of(plan).entrySet().stream()
        .map(domain -> domain.getKey() + " " + domain.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> of(ExportPlan plan) {
    Map<String, String> prefixes = new TreeMap<>();
    for (PlannedColumn column : plan.columns()) {
      if (column.released().isPresent()
          && column.effect() instanceof Effect.Code code
          && code.kind() != Effect.CodeKind.ONE_TIME) {
        boolean isInteger = column.type().equals(Optional.of(FieldType.INTEGER));
        CodeForm form = isInteger ? CodeForm.INTEGER : plan.mapping().codeForm(code.domain());
        prefixes.put(code.domain(), form.word());
      }
    }
    return prefixes;
  }

  /**
   * Refuses a plan whose codes begin with something else than those of earlier releases.
   *
   * @throws org.consentry.problem.ProblemException category FILES_INVALID
   */
  static void require(ExportPlan plan, Ledger ledger) {
    Map<String, String> released = new TreeMap<>();
    ledger
        .releases()
        .filter(entry -> entry.study().equals(plan.job().study().id()))
        .flatMap(entry -> entry.fact(LedgerFact.CODE_PREFIXES).stream())
        .flatMap(String::lines)
        .map(line -> line.split(" ", 2))
        .forEach(line -> released.put(line[0], line[1]));
    Problems problems = new Problems();
    of(plan)
        .forEach(
            (domain, prefix) -> {
              String before = released.getOrDefault(domain, prefix);
              if (!before.equals(prefix)) {
                problems.error(
                    "CODE_PREFIX",
                    place(plan, domain),
                    "codes of '"
                        + domain
                        + "' "
                        + described(prefix)
                        + ", but in earlier releases of the study they "
                        + described(before),
                    remedy(domain, before, prefix) + ", or give the study a new id");
              }
            });
    problems.throwIfAny(Category.FILES_INVALID);
  }

  private static String described(String prefix) {
    return isInteger(prefix) ? "are integers" : "begin with " + prefix + "-";
  }

  private static String remedy(String domain, String before, String now) {
    if (isInteger(before)) {
      return "declare type: integer for the codes of " + domain;
    }
    return (isInteger(now) ? "declare type: code and write" : "write")
        + " prefixes: {"
        + domain
        + ": "
        + before
        + "} at the top of the mapping";
  }

  private static boolean isInteger(String prefix) {
    return prefix.equals(CodeForm.INTEGER.word());
  }

  private static Place place(ExportPlan plan, String domain) {
    WithPlace<?> written = plan.mapping().prefixes().get(domain);
    return written == null ? Place.of(plan.mappingFile()) : written.place();
  }
}

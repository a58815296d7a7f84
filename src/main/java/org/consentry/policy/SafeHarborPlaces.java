package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.consentry.data.Effect;
import org.consentry.data.ValueList;
import org.consentry.data.ValueList.Entry;
import org.consentry.problem.CountWords;

/**
 * Safe Harbor on places, (B): none smaller than a state but the first three digits of a ZIP code. A
 * list may take places to states or wider areas. Its content is judged, because a list that leaves
 * a town as it was, or takes it to a county, generalizes nothing that counts.
 */
final class SafeHarborPlaces {

  private static final String PLACES = Identifier.GEOGRAPHY.safeHarbor();

  /** Digits of a ZIP code that may be released, where enough people live. */
  private static final int ZIP_DIGITS = 3;

  private SafeHarborPlaces() {}

  /** Whether the rule is about places, and nothing is left to report. */
  static boolean check(MappingRule rule, Findings findings) {
    int digits = rule.effect(Effect.Area.class).map(Effect.Area::digits).orElse(0);
    if (digits > ZIP_DIGITS || (rule.kind() == ColumnKind.ZIP && digits == 0)) {
      return findings.own(
          rule,
          "ZIP",
          PLACES,
          "has ZIP codes that are not cut to three digits by population",
          "use generalize with to: zip3 and list: census-2020, or drop it");
    }
    boolean small = rule.kind() == ColumnKind.TOWN || rule.kind() == ColumnKind.AREA;
    boolean listed = rule.has(Effect.Listed.class);
    if (listed && (small || listsStates(rule))) {
      list(rule, small, findings);
      return true;
    }
    return small
        && findings.own(
            rule,
            "AREA",
            PLACES,
            "names places smaller than a state",
            "drop it, or generalize it to the state");
  }

  /** A list with the name of a state among its answers is one of places, whatever the column. */
  private static boolean listsStates(MappingRule rule) {
    return rule.listing().stream()
        .flatMap(list -> list.entries().stream())
        .anyMatch(entry -> WideAreas.isState(entry.answer()));
  }

  private static void list(MappingRule rule, boolean small, Findings findings) {
    if (rule.listing().isEmpty()) {
      refuse(rule, "names places smaller than a state, and its list cannot be read", findings);
      return;
    }
    ValueList list = rule.listing().get();
    if (small) {
      report(
          rule,
          list,
          SafeHarborPlaces::isLeft,
          "names places smaller than a state, and its list leaves ",
          " unchanged",
          findings);
    }
    report(
        rule,
        list,
        entry -> !WideAreas.has(entry.answer()) && !(small && isLeft(entry)),
        "has a list of places, which gives ",
        " an answer that is not known to be a state, a country or a wider region",
        findings);
    if (list.other().filter(word -> !WideAreas.has(word)).isPresent()) {
      refuse(
          rule,
          "has a list of places, whose word for all others is not known to be a state, a country or"
              + " a wider region",
          findings);
    }
  }

  private static boolean isLeft(Entry entry) {
    return WideAreas.areSame(entry.value(), entry.answer())
        && !WideAreas.namesNoPlace(entry.answer());
  }

  private static void report(
      MappingRule rule,
      ValueList list,
      Predicate<Entry> wrong,
      String before,
      String after,
      Findings findings) {
    List<Entry> found = list.entries().stream().filter(wrong).toList();
    if (found.isEmpty()) {
      return;
    }
    int all = list.entries().size();
    String values = found.size() + " of " + CountWords.of(all, "value");
    Optional<String> line =
        list.file().map(file -> " (the first in line " + found.get(0).line() + " of " + file + ")");
    refuse(rule, before + values + after + line.orElse(""), findings);
  }

  private static void refuse(MappingRule rule, String message, Findings findings) {
    findings.own(
        rule,
        "AREA_LISTED",
        PLACES,
        message,
        "write the name or the two letters of a state, a country or a wider region for every"
            + " value, such as TX; or drop the column");
  }
}

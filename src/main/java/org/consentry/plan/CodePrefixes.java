package org.consentry.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Checks that the codes of each domain of a mapping are of one type, and have a prefix of their own
 * where they are no numbers.
 */
final class CodePrefixes {

  private final Mapping mapping;
  private final Problems problems;

  /** Domains in the order of the mapping, with the first rule of each. */
  private final Map<String, Place> domains = new LinkedHashMap<>();

  /** Rules that release numbers, by the place of the operator's word. */
  private final Set<Place> integers;

  private CodePrefixes(Mapping mapping, Map<Place, Effect> effects, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
    this.integers = integers(mapping);
    effects.entrySet().stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparingLong(Place::line).thenComparingLong(Place::column)))
        .filter(rule -> rule.getValue() instanceof Effect.Code)
        .forEach(rule -> add(((Effect.Code) rule.getValue()).domain(), rule.getKey()));
  }

  private static Set<Place> integers(Mapping mapping) {
    Set<Place> integers = new HashSet<>();
    for (TableRule table : mapping.tables().values()) {
      for (ColumnRule column : table.columns().values()) {
        for (OutputRule output : column.outputs()) {
          if (output.type().filter(CodePrefixes::isInteger).isPresent()) {
            integers.add(output.operator().place());
          }
        }
      }
    }
    return integers;
  }

  private static boolean isInteger(WithPlace<OutputRule.ReleasedType> type) {
    return type.value().type().equals(FieldType.INTEGER);
  }

  private void add(String domain, Place rule) {
    Place first = domains.putIfAbsent(domain, rule);
    if (first != null && integers.contains(first) != integers.contains(rule)) {
      problems.error(
          "CODE_TYPES",
          rule,
          "codes of '"
              + domain
              + "' are of type "
              + type(rule)
              + " here and of type "
              + type(first)
              + " at line "
              + first.line(),
          "declare one type for all columns of the domain");
    }
  }

  private String type(Place rule) {
    return integers.contains(rule) ? "integer" : "code";
  }

  private boolean isInteger(String domain) {
    Place rule = domains.get(domain);
    return rule != null && integers.contains(rule);
  }

  /**
   * Reports domains that share a prefix, and prefixes of domains that there are not.
   *
   * @param effects what the rules of the mapping still reveal
   */
  static void check(Mapping mapping, Map<Place, Effect> effects, Problems problems) {
    CodePrefixes prefixes = new CodePrefixes(mapping, effects, problems);
    prefixes.unknown();
    prefixes.shared();
  }

  /**
   * A prefix of its own for each domain: the usual one where no domain before has it.
   *
   * @param domains in the order in which they may take one
   */
  static Map<String, String> proposed(Collection<String> domains) {
    Map<String, String> proposed = new LinkedHashMap<>();
    Set<String> used = new LinkedHashSet<>();
    for (String domain : domains) {
      String usual = CodeForm.usual(domain).prefix();
      if (used.add(usual)) {
        proposed.put(domain, usual);
      }
    }
    for (String domain : domains) {
      if (!proposed.containsKey(domain)) {
        proposed.put(domain, candidates(domain).stream().filter(used::add).findFirst().orElse(""));
      }
    }
    return proposed;
  }

  private void unknown() {
    mapping
        .prefixes()
        .forEach(
            (domain, prefix) -> {
              if (isInteger(domain)) {
                problems.error(
                    "CODE_PREFIX",
                    prefix.place(),
                    "codes of " + SafeWord.word(domain) + " are of type integer and have no prefix",
                    "leave it out, or declare type: code");
              } else if (!domains.containsKey(domain)) {
                problems.error(
                    "CODE_PREFIX",
                    prefix.place(),
                    "no rule of the mapping makes codes of a domain " + SafeWord.word(domain),
                    Suggestion.hint(domain, domains.keySet()));
              }
            });
  }

  /** Of domains that share a prefix, the one keeps it that states it, or that comes first. */
  private void shared() {
    Map<String, String> owners = new LinkedHashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(mapping.prefixes().keySet());
    order.retainAll(domains.keySet());
    domains.keySet().stream().filter(domain -> !order.contains(domain)).forEach(order::add);
    order.removeIf(this::isInteger);
    for (String domain : order) {
      String owner = owners.putIfAbsent(prefix(domain), domain);
      if (owner != null) {
        others.put(domain, owner);
      }
    }
    if (others.isEmpty()) {
      return;
    }
    String hint = "write at the top of the mapping: " + proposal(owners.keySet(), others.keySet());
    others.forEach(
        (domain, owner) ->
            problems.error(
                "CODE_PREFIX",
                place(domain),
                "codes of '"
                    + domain
                    + "' and of '"
                    + owner
                    + "' both begin with "
                    + prefix(domain)
                    + "-, so that one could be taken for the other",
                hint));
  }

  private String prefix(String domain) {
    return mapping.codeForm(domain).prefix();
  }

  private Place place(String domain) {
    WithPlace<Mapping.Prefix> written = mapping.prefixes().get(domain);
    return written == null ? Objects.requireNonNull(domains.get(domain)) : written.place();
  }

  /** All of {@code prefixes:} as it can be, with what it has already. */
  private String proposal(Collection<String> taken, Set<String> others) {
    Set<String> used = new LinkedHashSet<>(taken);
    Map<String, String> proposed = new LinkedHashMap<>();
    mapping.prefixes().keySet().stream()
        .filter(domain -> domains.containsKey(domain) && !others.contains(domain))
        .forEach(domain -> proposed.put(domain, prefix(domain)));
    for (String domain : others) {
      String prefix = candidates(domain).stream().filter(used::add).findFirst().orElse("");
      proposed.put(domain, prefix);
    }
    return proposed.entrySet().stream()
        .map(one -> one.getKey() + ": " + one.getValue())
        .collect(Collectors.joining(", ", "prefixes: {", "}"));
  }

  /** The first letters of its words, its own beginnings, and its first letter with any other. */
  private static List<String> candidates(String domain) {
    String name = domain.toUpperCase(Locale.ROOT).replaceAll("[^A-Z-]", "");
    String letters = name.replace("-", "");
    String initials =
        List.of(name.split("-")).stream()
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1))
            .collect(Collectors.joining());
    List<String> candidates = new ArrayList<>();
    if (initials.length() > 1 && initials.length() <= CodeForm.LONGEST) {
      candidates.add(initials);
    }
    for (int size = 2; size <= Math.min(CodeForm.LONGEST, letters.length()); size++) {
      candidates.add(letters.substring(0, size));
    }
    for (char second = 'A'; second <= 'Z'; second++) {
      for (char third = 'A'; third <= 'Z'; third++) {
        candidates.add(letters.substring(0, 1) + second + third);
      }
    }
    return candidates;
  }
}

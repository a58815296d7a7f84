package org.consentry.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of the columns of a table as they were written, one by one. */
final class MappedColumns {

  /** Keys of a rule that mean nothing where the column is dropped. */
  static final Set<String> ONLY_RELEASED =
      Set.of("as", "type", "maxLength", "onInvalid", "label", "unit");

  private MappedColumns() {}

  /** The rules by column; a column of several rules has one entry for each released name. */
  static Map<String, Node> of(Map<String, Node> columns) {
    Map<String, Node> rules = new LinkedHashMap<>();
    columns.forEach(
        (column, node) -> {
          List<Node> all = node instanceof Node.Sequence list ? list.items() : List.of(node);
          if (all.size() == 1) {
            rules.put(column, all.get(0));
          } else {
            all.forEach(rule -> rules.put(column + " as " + name(column, rule), rule));
          }
        });
    return rules;
  }

  /** The released names of rules. */
  static Set<String> released(Map<String, Node> rules) {
    Set<String> names = new LinkedHashSet<>();
    rules.forEach(
        (column, rule) -> {
          if (!operator(rule).equals(OutputRule.DROP)) {
            names.add(name(column, rule));
          }
        });
    return names;
  }

  /** The released name of a rule. */
  static String name(String column, Node rule) {
    return text(rule, "as", column);
  }

  static String operator(Node rule) {
    return text(rule, "do", "");
  }

  private static String text(Node rule, String key, String otherwise) {
    return rule instanceof Node.Mapping mapping
        ? mapping
            .entry(key)
            .map(Node.Entry::value)
            .filter(Node.Scalar.class::isInstance)
            .map(value -> ((Node.Scalar) value).text())
            .orElse(otherwise)
        : otherwise;
  }

  /** The operator and its settings, such as {@code generalize (to zip3, list census-2020)}. */
  static String rule(Node rule) {
    Map<String, String> settings = new LinkedHashMap<>(values(rule));
    settings.keySet().removeAll(OutputRule.commonKeys());
    settings
        .keySet()
        .removeIf(
            path ->
                OutputRule.commonKeys().stream()
                    .anyMatch(
                        key ->
                            path.startsWith(key + WrittenValues.ITEM)
                                || path.startsWith(key + WrittenValues.SEPARATOR)));
    String words =
        settings.entrySet().stream()
            .map(
                one ->
                    one.getKey()
                            .split(WrittenValues.ITEM, 2)[0]
                            .replace(WrittenValues.SEPARATOR, " ")
                        + " "
                        + one.getValue())
            .collect(Collectors.joining(", "));
    return operator(rule) + (words.isEmpty() ? "" : " (" + words + ")");
  }

  static Map<String, String> values(Node rule) {
    return rule instanceof Node.Mapping mapping
        ? WrittenValues.of(OutputRule.class, mapping, Set.of())
        : Map.of();
  }

  /** The values below some keys. */
  static Map<String, String> only(Map<String, String> values, Set<String> keys) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach(
        (path, value) -> {
          if (keys.contains(path.split("[\u0001\n]", 2)[0])) {
            found.put(path, value);
          }
        });
    return found;
  }
}

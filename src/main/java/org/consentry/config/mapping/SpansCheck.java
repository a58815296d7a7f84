package org.consentry.config.mapping;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.SpansRule;
import org.consentry.config.SpansRule.Content;
import org.consentry.config.SpansRule.SpanColumn;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.EnumWord;
import org.consentry.problem.Problems;

/** Checks tables that are computed from the release. Reports everything it finds. */
final class SpansCheck {

  private static final String ANOTHER_NAME = "give it another name";

  private final Mapping mapping;
  private final Problems problems;

  SpansCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  void check(String name, SpansRule rule) {
    MappingCheck.tableName(name, rule.place(), ANOTHER_NAME, problems);
    if (mapping.tables().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
      problems.error(
          "DUPLICATE_TABLE",
          rule.place(),
          "the computed table '" + name + "' has the name of a table of the source",
          ANOTHER_NAME);
    }
    Set<String> named = new LinkedHashSet<>();
    for (WithPlace<String> column : rule.of()) {
      date(column);
      if (!named.add(column.value())) {
        problems.error(
            "DUPLICATE_COLUMN",
            column.place(),
            "of names the column " + SafeWord.word(column.value()) + " twice",
            "remove one of the two");
      }
    }
    names(rule);
    contents(name, rule);
  }

  /** Reports what names no released column of a table of the mapping. */
  private void date(WithPlace<String> column) {
    List<String> released =
        mapping.tables().entrySet().stream()
            .flatMap(table -> names(table.getKey(), table.getValue()).stream())
            .toList();
    if (!released.contains(column.value()) && !released.isEmpty()) {
      problems.error(
          "UNKNOWN_COLUMN",
          column.place(),
          "the mapping releases no column " + SafeWord.word(column.value()),
          Suggestion.hint(column.value(), released));
    }
  }

  private static Collection<String> names(String table, TableRule rule) {
    return rule.releasedNames().stream().map(column -> table + "." + column).toList();
  }

  private void names(SpansRule rule) {
    Set<String> seen = new HashSet<>();
    rule.columns()
        .forEach(
            (name, column) -> {
              MappingCheck.releasedName(name, column.place(), ANOTHER_NAME, problems);
              if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                problems.error(
                    "DUPLICATE_NAME",
                    column.place(),
                    "the released name "
                        + SafeWord.word(name)
                        + " is taken (upper and lower case are the same here)",
                    ANOTHER_NAME);
              }
            });
  }

  private void contents(String name, SpansRule rule) {
    if (rule.columns().values().stream().anyMatch(column -> Binder.isFiller(column.is().place()))) {
      return; // reported as such
    }
    rule.columns().forEach(this::value);
    for (Content content : List.of(Content.SUBJECT, Content.FIRST, Content.LAST)) {
      long columns =
          rule.columns().values().stream().filter(column -> column.is().value() == content).count();
      boolean mayRepeat = content == Content.SUBJECT;
      if (columns == 0 || (columns > 1 && !mayRepeat)) {
        problems.error(
            "SPAN_COLUMNS",
            rule.place(),
            "expected "
                + (mayRepeat ? "a column" : "one column")
                + " with is: "
                + EnumWord.of(content)
                + " in the computed table '"
                + name
                + "' but found "
                + (columns == 0 ? "none" : columns),
            columns == 0 ? "add one" : "leave one");
      }
    }
  }

  private void value(String name, SpanColumn column) {
    boolean isConstant = column.is().value() == Content.CONSTANT;
    if (column.value().isPresent() != isConstant) {
      problems.error(
          "SPAN_COLUMNS",
          column.place(),
          "column "
              + SafeWord.word(name)
              + (isConstant
                  ? " is a constant without a value"
                  : " has a value, which only a constant has"),
          isConstant ? "write value: and a whole number" : "remove value, or write is: constant");
    }
  }
}

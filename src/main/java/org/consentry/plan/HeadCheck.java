package org.consentry.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.Mapping.UnmappedColumns;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.connector.Origin;
import org.consentry.connector.SourceTable;
import org.consentry.data.EnumWord;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Compares a mapping's rules with the columns a source really has.
 *
 * <p><b>Security promise:</b> the first line of a file without a header is a patient. So columns
 * are shown by name only where the line names at least half of the columns that the mapping
 * expects.
 */
final class HeadCheck {

  private final Mapping mapping;
  private final Problems problems;

  HeadCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /**
   * Reports rules without a column and, under {@code unmapped: stop}, columns without a rule.
   *
   * @return the columns that have no rule and are dropped
   */
  List<String> check(TableRule table, SourceTable head) {
    if (!isHeader(head)) {
      problems.error(
          "NO_HEADER",
          Place.of(head.file(), 1),
          "the first line names "
              + named(table, head)
              + " of the "
              + CountWords.of(table.columns().size(), "column")
              + " that the mapping expects",
          head.looksLike()
              .map(hint -> hint + " under source:")
              .orElse("export the table with a header, or correct the mapping's columns"));
      return List.of();
    }
    table.columns().forEach((column, rule) -> require(column, rule.place(), head));
    read(table, head).forEach((column, place) -> requireReadable(column, place, head));
    table.columns().forEach((column, rule) -> personal(column, rule, head));
    if (mapping.unmapped().value() == UnmappedColumns.DROP) {
      table.key().forEach(column -> require(column, head));
      table.recordDate().forEach(column -> require(column, head));
      require(table.subject(), head);
      table.references().forEach((column, to) -> require(column, to.place(), head));
    }
    List<String> unmapped = new ArrayList<>(head.columns());
    unmapped.removeAll(table.columns().keySet());
    if (mapping.unmapped().value() == UnmappedColumns.STOP) {
      unmapped.forEach(column -> refuse(column, table, head));
    }
    return unmapped;
  }

  /** The columns that are read, released or not, each with the first place that asks for it. */
  private Map<String, Place> read(TableRule table, SourceTable head) {
    Map<String, Place> read = new LinkedHashMap<>();
    table
        .columns()
        .forEach(
            (column, rule) -> {
              if (rule.outputs().stream().anyMatch(OutputRule::isReleased)) {
                read.put(column, rule.place());
              }
            });
    Stream<WithPlace<String>> inputs =
        table.derive().stream()
            .flatMap(rule -> rule.from().values().stream())
            .flatMap(List::stream)
            .filter(input -> !DeriveRule.isOfSubject(input.value()));
    Stream.of(
            table.key().stream(),
            table.recordDate().stream(),
            Stream.of(table.subject()),
            ofSubjects(head),
            inputs)
        .flatMap(columns -> columns)
        .forEach(column -> read.putIfAbsent(column.value(), column.place()));
    table.references().forEach((column, to) -> read.putIfAbsent(column, to.place()));
    return read;
  }

  /** The columns that show when a person was born and died. */
  private Stream<WithPlace<String>> ofSubjects(SourceTable head) {
    SubjectsTable subjects = mapping.subjects();
    if (!head.name().equals(subjects.table().value())) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(subjects.birthDate(), subjects.birthYear(), subjects.deathDate())
            .flatMap(Optional::stream),
        subjects.age().stream().flatMap(age -> Stream.of(age.column(), age.at())));
  }

  /** A column that by its origin may show something of persons has a role of such columns. */
  private void personal(String column, ColumnRule rule, SourceTable head) {
    Optional<Origin> origin = head.personal(column);
    for (OutputRule output : rule.outputs()) {
      origin
          .filter(found -> !roles(found).contains(output.role().value()))
          .ifPresent(found -> refuse(column, found, output));
    }
  }

  private static Set<Role> roles(Origin origin) {
    return switch (origin.shows()) {
      case NAME -> EnumSet.of(Role.DIRECT_IDENTIFIER, Role.FREE_TEXT);
      case NUMBER -> EnumSet.of(Role.DIRECT_IDENTIFIER, Role.LINKAGE_KEY, Role.FREE_TEXT);
      case TRAIT ->
          EnumSet.of(Role.QUASI_IDENTIFIER, Role.SENSITIVE, Role.DIRECT_IDENTIFIER, Role.FREE_TEXT);
    };
  }

  private void refuse(String column, Origin origin, OutputRule output) {
    String shows =
        switch (origin.shows()) {
          case NAME -> ", which may name a person, but its role is ";
          case NUMBER -> ", which may be a number of a person, but its role is ";
          case TRAIT -> ", which points to the person together with others, but its role is ";
        };
    String roles =
        switch (origin.shows()) {
          case NAME -> "role: direct-identifier or role: free-text";
          case NUMBER -> "role: direct-identifier or role: linkage-key";
          case TRAIT -> "role: quasi-identifier or role: sensitive";
        };
    problems.error(
        "ROLE_OF_ORIGIN",
        output.role().place(),
        "column "
            + SafeWord.word(column)
            + " is "
            + origin.words()
            + shows
            + EnumWord.of(output.role().value()),
        "write " + roles + ", or name another element in the view");
  }

  /** Position of a column; empty after a problem was added. */
  Optional<Integer> require(WithPlace<String> column, SourceTable head) {
    return require(column.value(), column.place(), head);
  }

  Optional<Integer> require(String column, Place place, SourceTable head) {
    int position = head.columns().indexOf(column);
    if (position >= 0) {
      return Optional.of(position);
    }
    problems.error(
        "UNKNOWN_COLUMN",
        place,
        head.file() + " has no column " + SafeWord.word(column),
        isHeader(head) ? Suggestion.hint(column, head.columns()) : "");
    return Optional.empty();
  }

  /** Reports a column whose cells cannot be read; not one that is not there. */
  void requireReadable(String column, Place place, SourceTable head) {
    head.refusal(column)
        .ifPresent(
            why ->
                problems.error(
                    "COLUMN_TYPE",
                    place,
                    "column " + SafeWord.word(column) + " of " + head.file() + " " + why,
                    "give it a common type in a view of the source, or drop it: do: drop"));
  }

  private boolean isHeader(SourceTable head) {
    return isHeader(mapping, head);
  }

  /** Whether the first line of a table names at least half of the columns of its rules. */
  static boolean isHeader(Mapping mapping, SourceTable head) {
    return Optional.ofNullable(mapping.tables().get(head.name()))
        .filter(table -> 2 * named(table, head) >= table.columns().size())
        .isPresent();
  }

  private static long named(TableRule table, SourceTable head) {
    return table.columns().keySet().stream().filter(head.columns()::contains).count();
  }

  private void refuse(String column, TableRule table, SourceTable head) {
    problems.error(
        "UNMAPPED_COLUMN",
        table.place(),
        "column " + SafeWord.word(column) + " of " + head.file() + " has no rule",
        "add one, such as {role: direct-identifier, do: drop}");
  }
}

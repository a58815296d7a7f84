package org.consentry.config.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.Mapping.UnmappedColumns;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.ReleasedType;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.KeyComparison;
import org.consentry.config.TableRule.TableReference;
import org.consentry.config.WithPlace;
import org.consentry.data.FieldType;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Checks between the parts of one mapping. Reports everything it finds. */
public final class MappingCheck {

  private static final String TABLE_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

  private final Mapping mapping;
  private final Problems problems;

  public MappingCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  public void run() {
    subjects();
    mapping.contacts().ifPresent(new ContactsCheck(mapping, problems)::check);
    mapping.tables().forEach(this::table);
    mapping.spans().forEach(new SpansCheck(mapping, problems)::check);
    cycles();
  }

  private void subjects() {
    SubjectsTable subjects = mapping.subjects();
    TableRule table = mapping.tables().get(subjects.table().value());
    if (table == null) {
      unknownTable(subjects.table());
      return;
    }
    String name = subjects.table().value();
    column(name, table, subjects.key());
    subjects.birthColumns().forEach(column -> column(name, table, column));
    births(subjects);
    subjects.deathDate().ifPresent(column -> column(name, table, column));
    table
        .references()
        .forEach(
            (column, reference) ->
                problems.error(
                    "REFERENCE_CYCLE",
                    reference.place(),
                    "the subjects table refers to another table, whose every row refers to it",
                    "remove the reference; rows of other tables name their subject anyway"));
    if (!table.subject().value().equals(subjects.key().value())) {
      problems.error(
          "SUBJECT_KEY",
          table.subject().place(),
          "the subjects table names its subject by another column than subjects.key",
          "write the same column in both places");
    }
  }

  /** Two forms could contradict each other, and it would depend on a rule which one counts. */
  private void births(SubjectsTable subjects) {
    List<String> forms = new ArrayList<>();
    subjects.birthDate().ifPresent(column -> forms.add("birthDate"));
    subjects.birthYear().ifPresent(column -> forms.add("birthYear"));
    subjects.age().ifPresent(columns -> forms.add("age: {column, at}"));
    if (forms.size() > 1) {
      problems.error(
          "BIRTH_FORMS",
          subjects.place(),
          "subjects has " + String.join(" and ", forms) + ", of which only one is allowed",
          "leave the one that is known most exactly: birthDate, then birthYear, then age");
    }
  }

  private void table(String name, TableRule table) {
    tableName(name, table.place(), "rename the table in source and mapping", problems);
    column(name, table, table.subject());
    table.key().forEach(column -> column(name, table, column));
    table.recordDate().forEach(column -> column(name, table, column));
    repeated("key", table.key());
    if (table.compareKeys().value() == KeyComparison.FOLDED && table.key().size() > 1) {
      problems.error(
          "COMPARE_KEYS",
          table.compareKeys().place(),
          "only a key of one column is folded but the key of '"
              + name
              + "' has "
              + table.key().size(),
          "remove compareKeys: folded");
    }
    repeated("recordDate", table.recordDate());
    dating(name, table);
    table.references().forEach((column, reference) -> reference(name, table, column, reference));
    new DeriveCheck(mapping, problems).check(name, table);
    releasedNames(table);
    new CategoryCheck(table, problems).run();
  }

  /** Reports a name that no folder can have. */
  static void tableName(String name, Place place, String hint, Problems problems) {
    if (!name.matches(TABLE_NAME)) {
      problems.error(
          "TABLE_NAME",
          place,
          "a table's name becomes a folder's name: letters, digits, _ and -, at most 63",
          hint);
    }
  }

  private void dating(String name, TableRule table) {
    if (table.timeless().isEmpty()) {
      if (table.recordDate().isEmpty()) {
        problems.warning(
            "NO_RECORD_DATE",
            table.place(),
            "table '" + name + "' has no recordDate, so only consent for all dates covers it",
            "name the columns with the date of the record");
      }
      return;
    }
    Place place = table.timeless().get().place();
    if (!table.recordDate().isEmpty()) {
      problems.error(
          "TIMELESS",
          place,
          "table '" + name + "' has both recordDate and timeless",
          "remove one of the two");
    }
    boolean keyed = names(table.key()).equals(List.of(table.subject().value()));
    if (!keyed && !mayBeSubjects(name)) {
      problems.error(
          "TIMELESS",
          place,
          "only the subjects table, or a table whose key is its subject, may be timeless but the"
              + " key of '"
              + name
              + "' is "
              + names(table.key()),
          "name its recordDate");
    }
    if (table.category().value() != RecordCategory.DEMOGRAPHIC) {
      problems.error(
          "TIMELESS",
          place,
          "only a table of category DEMOGRAPHIC may be timeless but '"
              + name
              + "' is "
              + table.category().value(),
          "name its recordDate");
    }
  }

  /** A subjects table that could not be read may be any. */
  private boolean mayBeSubjects(String name) {
    WithPlace<String> subjects = mapping.subjects().table();
    return name.equals(subjects.value()) || Binder.isFiller(subjects.place());
  }

  private void reference(
      String name, TableRule table, String column, WithPlace<TableReference> placed) {
    column(name, table, new WithPlace<>(column, placed.place()));
    TableReference reference = placed.value();
    TableRule parent = mapping.tables().get(reference.table());
    if (parent == null) {
      unknownTable(new WithPlace<>(reference.table(), placed.place()));
      return;
    }
    boolean isKey =
        parent.key().size() == 1 && parent.key().get(0).value().equals(reference.column());
    boolean isRead = parent.key().stream().noneMatch(key -> Binder.isFiller(key.place()));
    if (isRead && !isKey) {
      problems.error(
          "REFERENCE",
          placed.place(),
          "a reference names the one key column of a table, but the key of '"
              + reference.table()
              + "' is "
              + names(parent.key()),
          "");
    }
  }

  private static List<String> names(List<WithPlace<String>> columns) {
    return columns.stream().map(WithPlace::value).toList();
  }

  private void releasedNames(TableRule table) {
    Map<String, Place> seen = new HashMap<>();
    table
        .columns()
        .forEach((column, rule) -> rule.outputs().forEach(output -> output(column, output, seen)));
    for (DeriveRule rule : table.derive()) {
      rule.outputs().stream()
          .filter(OutputRule::isReleased)
          .forEach(output -> output("", output, seen));
    }
  }

  private void output(String column, OutputRule output, Map<String, Place> seen) {
    if (!output.isReleased()) {
      dropped(column, output);
      return;
    }
    if (output.unit().isPresent() && output.type().filter(MappingCheck::isTime).isPresent()) {
      problems.error(
          "IDLE_KEY",
          output.place(),
          "column " + SafeWord.word(column) + " is released as dates, which have no unit",
          "remove unit; dateShift takes in: weeks or in: days");
    }
    TextAndCodes.check(column, output, problems);
    String name = output.as().map(WithPlace::value).orElse(column);
    Place place = output.as().map(WithPlace::place).orElse(output.place());
    releasedName(name, place, "name it with as:", problems);
    Place before = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), place);
    if (before != null) {
      problems.error(
          "DUPLICATE_NAME",
          place,
          "the released name "
              + SafeWord.word(name)
              + " is taken by the rule in line "
              + before.line()
              + " (upper and lower case are the same here)",
          "name it with as:");
    }
  }

  /** Reports a name that files or spreadsheets cannot have as the name of a column. */
  static void releasedName(String name, Place place, String hint, Problems problems) {
    if (name.codePoints().anyMatch(Character::isISOControl) || name.length() > 128) {
      problems.error(
          "RELEASED_NAME", place, "a released name has at most 128 printable characters", "");
    }
    if (name.matches("(?s)[=+@\uFF1D\uFF0B\uFF0D\uFF20-].*")) {
      problems.error(
          "RELEASED_NAME",
          place,
          "a released name must not begin with =, +, - or @: a spreadsheet runs it"
              + " as a formula when the CSV file is opened",
          hint);
    }
  }

  private static boolean isTime(WithPlace<ReleasedType> type) {
    FieldType.Kind kind = type.value().type().kind();
    return kind == FieldType.Kind.DATE || kind == FieldType.Kind.TIMESTAMP;
  }

  private void dropped(String column, OutputRule output) {
    List<String> idle = new ArrayList<>();
    output.as().ifPresent(as -> idle.add("as"));
    output.type().ifPresent(type -> idle.add("type"));
    output.maxLength().ifPresent(length -> idle.add("maxLength"));
    output.onInvalid().ifPresent(invalid -> idle.add("onInvalid"));
    output.label().ifPresent(label -> idle.add("label"));
    output.unit().ifPresent(unit -> idle.add("unit"));
    if (!output.acknowledge().isEmpty()) {
      idle.add("acknowledge");
    }
    if (!idle.isEmpty()) {
      problems.error(
          "IDLE_KEY",
          output.place(),
          "column " + SafeWord.word(column) + " is dropped, so these keys do nothing: " + idle,
          "remove them");
    }
  }

  private void column(String name, TableRule table, WithPlace<String> column) {
    boolean known = table.columns().containsKey(column.value());
    if (!known && mapping.unmapped().value() == UnmappedColumns.STOP) {
      problems.error(
          "UNKNOWN_COLUMN",
          column.place(),
          "table '" + name + "' has no rule for a column " + SafeWord.word(column.value()),
          Suggestion.hint(column.value(), table.columns().keySet()));
    }
  }

  private void unknownTable(WithPlace<String> table) {
    if (mapping.tables().isEmpty()) {
      return; // reported as such
    }
    problems.error(
        "UNKNOWN_TABLE",
        table.place(),
        "the mapping has no table " + SafeWord.word(table.value()),
        Suggestion.hint(table.value(), mapping.tables().keySet()));
  }

  private void repeated(String key, List<WithPlace<String>> columns) {
    Set<String> seen = new LinkedHashSet<>();
    for (WithPlace<String> column : columns) {
      if (!seen.add(column.value())) {
        problems.error(
            "DUPLICATE_COLUMN",
            column.place(),
            key + " names the column " + SafeWord.word(column.value()) + " twice",
            "remove one of the two");
      }
    }
  }

  private void cycles() {
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (leadsTo(name, name, new LinkedHashSet<>())) {
                problems.error(
                    "REFERENCE_CYCLE",
                    table.place(),
                    "table '" + name + "' refers to itself, directly or through other tables",
                    "remove one of the references");
              }
            });
  }

  private boolean leadsTo(String from, String wanted, Set<String> visited) {
    TableRule table = mapping.tables().get(from);
    if (table == null || !visited.add(from)) {
      return false;
    }
    return table.references().values().stream()
        .map(reference -> reference.value().table())
        .anyMatch(parent -> parent.equals(wanted) || leadsTo(parent, wanted, visited));
  }
}

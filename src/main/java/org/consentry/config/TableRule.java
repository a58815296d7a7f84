package org.consentry.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.ForReaders;
import org.consentry.config.Binding.Inline;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * What becomes of one table.
 *
 * @param place where the table is named
 * @param subject column with the patient of the row
 * @param key columns that make a row unique
 * @param compareKeys when a reference means a key of this table
 * @param recordDate columns whose every date must be inside the consent's data window; empty when
 *     the table has none
 * @param category consent category of the rows
 * @param timeless why no record date applies; only for one row a person without an event: the
 *     subjects table, or a table whose key is its subject
 * @param references columns that have the key of another table's row
 * @param description plain words for the recipient
 * @param cells how the source writes the cells of its columns, but for those that state another way
 * @param columns every source column by name, in the order of the file
 * @param derive columns made of several, released after those of {@code columns}
 */
@Doc("What becomes of one table")
public record TableRule(
    Place place,
    @Doc("column with the patient of the row") WithPlace<String> subject,
    @Doc("columns that make a row unique") @OneOrMany List<WithPlace<String>> key,
    @Doc("when two keys, or a key and a reference to it, are the same") @Default("exact")
        WithPlace<KeyComparison> compareKeys,
    @Doc("columns whose every date must be inside the consent's data window") @OneOrMany @MayBeEmpty
        List<WithPlace<String>> recordDate,
    @Doc("consent category of the rows") WithPlace<RecordCategory> category,
    @Doc("why no record date applies; only for category DEMOGRAPHIC and one row a person")
        Optional<WithPlace<String>> timeless,
    @Doc("columns that have the key of another table's row, as table.column") @MayBeEmpty
        Map<String, WithPlace<TableReference>> references,
    @Doc("plain words for the recipient") @ForReaders Optional<String> description,
    @Among CellWords cells,
    @Doc("every source column and what becomes of it") Map<String, ColumnRule> columns,
    @Doc("columns made of several columns of the row and of what is known of the subject")
        @MayBeEmpty
        List<DeriveRule> derive) {

  /** The consent categories of a column, by all its rules; the table's where it has no own. */
  public Set<RecordCategory> categories(String column) {
    Set<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    ColumnRule rule = columns.get(column);
    if (rule != null) {
      rule.outputs()
          .forEach(
              output ->
                  categories.add(output.category().map(WithPlace::value).orElse(category.value())));
    } else {
      categories.add(category.value());
    }
    return categories;
  }

  /** The names of the released columns, in the order of the file. */
  public List<String> releasedNames() {
    List<String> names = new ArrayList<>();
    columns.forEach(
        (column, rule) ->
            rule.outputs().stream()
                .filter(OutputRule::isReleased)
                .map(output -> output.as().map(WithPlace::value).orElse(column))
                .forEach(names::add));
    derive.forEach(rule -> rule.release().forEach(column -> names.add(column.as().value())));
    return names;
  }

  /**
   * The key of another table.
   *
   * @param table name of the table
   * @param column name of the one column that is its key
   */
  @Doc(value = "a table and its key column, such as visits.visit_id", pattern = "[^.]+\\..+")
  public record TableReference(String table, String column) {

    /** Reads {@code table.column}. Names of tables have no point. */
    public static Optional<TableReference> parse(String word) {
      int point = word.indexOf('.');
      return point < 1 || point == word.length() - 1
          ? Optional.empty()
          : Optional.of(new TableReference(word.substring(0, point), word.substring(point + 1)));
    }
  }

  /** When two keys of records, or a key and a reference to it, are the same. */
  public enum KeyComparison {
    /** Byte by byte, without blanks at the ends. */
    EXACT,
    /** As patient ids are compared: in upper case letter by letter too. */
    FOLDED
  }

  /**
   * What becomes of one source column.
   *
   * @param place where the column is named
   * @param outputs at least one; several when several columns are made of it
   */
  @Inline
  public record ColumnRule(Place place, @OneOrMany List<OutputRule> outputs) {

    public ColumnRule {
      outputs = List.copyOf(outputs);
      if (outputs.size() > 1 && outputs.stream().anyMatch(output -> !output.isReleased())) {
        throw new IllegalArgumentException("a column that is dropped has no other rule");
      }
    }

    /** How the source writes its cells, by all its rules: the first that states something. */
    public CellWords cells() {
      return outputs.stream().map(OutputRule::cells).reduce(CellWords.NONE, CellWords::or);
    }
  }
}

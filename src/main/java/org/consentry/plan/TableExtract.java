package org.consentry.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.connector.SourceTable;
import org.consentry.data.ClinicDates;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;

/**
 * One table of a checked plan, bound to its source: what the extract needs and nothing of the words
 * it was written in. The plan room builds it. Positions named here are positions in {@code
 * sourceColumns}, which is the order in which batches carry the columns.
 *
 * @param source the table to read
 * @param level 0 for the subjects table; a table is above every table it refers to
 * @param sourceColumns positions in {@code source.columns()} of every column that is needed
 * @param subject position of the column that names the subject
 * @param dating which dates decide whether consent covers a record
 * @param category consent category of the table's records
 * @param parents references to rows of other released tables and to other persons; the subject's
 *     own row is not listed
 * @param key position of the one column other tables refer to; empty when none does
 * @param released the released columns with their operators, in order; none of a table that only a
 *     cohort looks at
 * @param isSubjects whether this is the table that describes subjects
 * @param dates reads its dates as the clinic's clock showed them
 * @param checks what is looked at in its rows besides
 */
public record TableExtract(
    SourceTable source,
    int level,
    List<Integer> sourceColumns,
    int subject,
    Dating dating,
    RecordCategory category,
    List<ParentReference> parents,
    Optional<Integer> key,
    List<ReleasedColumns> released,
    boolean isSubjects,
    ClinicDates dates,
    RowChecks checks)
    implements ReleasedTable {

  public TableExtract {
    sourceColumns = List.copyOf(sourceColumns);
    parents = List.copyOf(parents);
    released = List.copyOf(released);
  }

  @Override
  public List<PlannedColumn> columns() {
    return released.stream().flatMap(made -> made.columns().stream()).toList();
  }

  /** The operators of the released columns, in their order. */
  public List<Operator> operators() {
    return released.stream().map(ReleasedColumns::operator).toList();
  }

  /** The consent categories other than the table's that cells of released columns need, by name. */
  public Map<String, Set<RecordCategory>> ownCategories() {
    Map<String, Set<RecordCategory>> own = new LinkedHashMap<>();
    for (ReleasedColumns columns : released) {
      columns.columns().forEach(column -> own.put(column.field().name(), column.categories()));
    }
    own.replaceAll((name, categories) -> without(category, categories));
    own.values().removeIf(Set::isEmpty);
    return own;
  }

  private static Set<RecordCategory> without(
      RecordCategory common, Set<RecordCategory> categories) {
    return categories.stream()
        .filter(category -> category != common)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RecordCategory.class)));
  }

  @Override
  public OptionalInt subjectOutput() {
    int at = 0;
    for (ReleasedColumns columns : released) {
      if (columns.isOfColumn() && columns.sourceColumn() == subject) {
        return OptionalInt.of(at);
      }
      at += columns.columns().size();
    }
    return OptionalInt.empty();
  }

  @Override
  public String name() {
    return source.name();
  }

  /**
   * A reference to a row of another released table.
   *
   * @param column position of the column with the reference; a missing value refers to nothing
   * @param table name of the table referred to
   * @param to what the reference names
   */
  public record ParentReference(int column, String table, To to) {

    /** What a reference names. */
    public enum To {
      /** A row, by the key of its table. */
      ROW,
      /** A person beside the row's own subject, by the id in the subjects table. */
      PERSON
    }

    /** A reference to a row. */
    public ParentReference(int column, String table) {
      this(column, table, To.ROW);
    }
  }

  /** The source's name of a column, by its position here. */
  public String column(int position) {
    return source.columns().get(sourceColumns.get(position));
  }

  /** The columns whose cells are counted as readable or not: the record dates and the others. */
  public List<ReadColumn> readColumns() {
    List<ReadColumn> all = new ArrayList<>();
    if (dating instanceof Dating.ByDates dated) {
      dated.columns().forEach(column -> all.add(new ReadColumn(column, ReadColumn.As.DATES)));
    }
    all.addAll(checks.read());
    return all;
  }

  /**
   * What is looked at in rows besides subject, dates and references.
   *
   * @param keys positions of the columns of the stated key; a row has a value in one of them
   * @param read columns that a cohort or several columns are made of, but for record dates
   */
  public record RowChecks(List<Integer> keys, List<ReadColumn> read) {

    /** Nothing. */
    public static final RowChecks NONE = new RowChecks(List.of(), List.of());

    public RowChecks {
      keys = List.copyOf(keys);
      read = List.copyOf(read);
    }
  }

  /**
   * A column whose cells are read as something.
   *
   * @param column its position
   * @param as what its cells are read as
   */
  public record ReadColumn(int column, As as) {

    /** What the cells of a column are read as. */
    public enum As {
      /** Dates, in whatever format. */
      DATES,
      /** What the format of the column states. */
      WRITTEN
    }
  }

  /** How a record is placed in time. */
  public sealed interface Dating {

    /**
     * Every one of these dates must be inside the data window of one permit.
     *
     * @param columns positions, at least one
     */
    record ByDates(List<Integer> columns) implements Dating {
      public ByDates {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
          throw new IllegalArgumentException("a dated table names at least one date");
        }
      }
    }

    /** One row per person, no event: no date applies. */
    record Timeless() implements Dating {}

    /** No date is known, so only an unbounded window covers a record. */
    record Undated() implements Dating {}
  }
}

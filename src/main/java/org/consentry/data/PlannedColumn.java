package org.consentry.data;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of one source column, or what one derived column is made of: from the plan to the
 * manifest a column is this record. A source column with several outputs is planned several times.
 *
 * @param table name of the table
 * @param origin whether it is made of one source column
 * @param source name of the source column; of a derived or computed column the names of all its
 *     inputs, which are for reading only
 * @param role why the source column matters, in the word of the mapping
 * @param operator what happens to it, in the word of the mapping
 * @param effect what the operator still reveals
 * @param note what the operator does, in words
 * @param categories consent categories that decide its cells; every one must cover a cell
 * @param texts what the mapping has about it for people
 * @param released what the recipient gets; empty when nothing is released
 */
public record PlannedColumn(
    String table,
    Origin origin,
    String source,
    String role,
    String operator,
    Effect effect,
    OperatorNote note,
    Set<RecordCategory> categories,
    Texts texts,
    Optional<Released> released) {

  /** A longer list is found in its table, and not repeated. */
  private static final int MOST_VALUES = 500;

  /** An integer as data files have it. */
  private static final String INTEGER = "0|-?[1-9][0-9]{0,17}";

  /** The note of a column that is not released. */
  public static final OperatorNote NOT_RELEASED =
      new OperatorNote("suppression", "Not released.", "Nothing.", Map.of());

  /** What a column is made of. */
  public enum Origin {
    SOURCE_COLUMN,
    DERIVED,
    /** Released columns, and nothing of the source beside them. */
    COMPUTED
  }

  /**
   * What people wrote about a column for people. It is shown in the release as it was written; no
   * decision depends on it.
   *
   * @param why why the study needs it; may be empty
   * @param unit unit of its values; may be empty
   */
  public record Texts(String why, String unit) {

    /** The reason alone. */
    public static Texts reason(String why) {
      return new Texts(why, "");
    }
  }

  /**
   * The released side of a column.
   *
   * @param field name, type and description
   * @param onInvalid what happens to values that the operator cannot take
   * @param absences why a cell may have no value, by the mapping alone: whether it happened could
   *     reveal something about one person
   * @param limits what every value is; present for codes alone
   */
  public record Released(
      Field field, OnInvalid onInvalid, Set<Absence> absences, Optional<CodeLimits> limits) {

    public Released {
      if (limits.isPresent() != (field.type().kind() == FieldType.Kind.CODE)) {
        throw new IllegalArgumentException("codes have limits, and nothing else has");
      }
      absences =
          absences.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(absences));
    }

    /** A column whose codes, if its values are codes, have the usual limits. */
    public Released(Field field, OnInvalid onInvalid, Set<Absence> absences) {
      this(
          field,
          onInvalid,
          absences,
          field.type().kind() == FieldType.Kind.CODE
              ? Optional.of(CodeLimits.USUAL)
              : Optional.empty());
    }

    /** The released name. */
    public String name() {
      return field.name();
    }

    /** What the values are. */
    public FieldType type() {
      return field.type();
    }

    /** Whether cells set to missing by the operator are counted. */
    public boolean countsBlanked() {
      return absences.contains(Absence.BLANKED) || absences.contains(Absence.TRUNCATED);
    }
  }

  public PlannedColumn {
    categories =
        categories.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(categories));
  }

  /**
   * What is released.
   *
   * @throws java.util.NoSuchElementException when nothing is
   */
  public Field field() {
    return released.orElseThrow().field();
  }

  /** The released name; empty when nothing is released. */
  public Optional<String> name() {
    return released.map(Released::name);
  }

  /** What the released values are; empty when nothing is released. */
  public Optional<FieldType> type() {
    return released.map(Released::type);
  }

  /**
   * All values that a cell can have, of codes and integers, where the mapping alone has them; empty
   * otherwise.
   */
  public List<String> listed() {
    List<String> values = note.values();
    boolean areWritten =
        type().filter(type -> type.kind() == FieldType.Kind.INTEGER).isPresent()
            ? values.stream().allMatch(value -> value.matches(INTEGER))
            : type().filter(FieldType::isBytes).isPresent()
                && values.stream().noneMatch(String::isEmpty);
    return areWritten && values.size() <= MOST_VALUES ? values : List.of();
  }

  /** Whether it is made of this source column alone. */
  public boolean isOf(String column) {
    return origin == Origin.SOURCE_COLUMN && source.equals(column);
  }

  /**
   * Whether equal values of both source columns are released as equal values, so that the released
   * columns can be joined.
   */
  public boolean joins(PlannedColumn other) {
    return released.isPresent()
        && operator.equals(other.operator)
        && type().equals(other.type())
        && note.parameters().equals(other.note.parameters());
  }
}

package org.consentry.followup;

import java.util.Comparator;
import java.util.List;
import org.consentry.data.EnumWord;

/**
 * One line of a recall list.
 *
 * @param code the code of a patient, or {@link #EVERY_CODE}
 * @param table the released table; empty for all of them
 * @param column the released column whose cells are meant; empty for whole rows
 * @param action what to do
 * @param from first day or year that may stay; empty when nothing bounds it
 * @param to last day or year that may stay; empty when nothing bounds it
 */
public record RecallLine(
    String code, String table, String column, Action action, String from, String to) {

  /** Every code of a release whose codes are not known. */
  public static final String EVERY_CODE = "*";

  /** The head of a list. */
  static final List<String> HEAD = List.of("code", "table", "column", "action", "from", "to");

  static final Comparator<RecallLine> ORDER =
      Comparator.comparing(RecallLine::code)
          .thenComparing(RecallLine::table)
          .thenComparing(RecallLine::column)
          .thenComparing(RecallLine::action)
          .thenComparing(RecallLine::from)
          .thenComparing(RecallLine::to);

  /** What to do with rows or cells. */
  public enum Action {
    /** Remove all of them. */
    REMOVE,
    /** Remove those of which not every date is between from and to. */
    KEEP_ONLY
  }

  /** Everything of a patient goes. */
  static RecallLine everything(String code) {
    return new RecallLine(code, "", "", Action.REMOVE, "", "");
  }

  /** All rows of a patient in a table go. */
  static RecallLine rows(String code, String table) {
    return new RecallLine(code, table, "", Action.REMOVE, "", "");
  }

  /** The fields in the order of {@link #HEAD}. */
  List<String> fields() {
    return List.of(code, table, column, EnumWord.of(action), from, to);
  }
}

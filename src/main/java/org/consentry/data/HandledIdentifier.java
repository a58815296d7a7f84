package org.consentry.data;

import java.util.List;

/**
 * How one of the eighteen identifiers of 45 CFR 164.514(b)(2)(i) was handled, whatever the legal
 * target: a reader of any manifest asks for it.
 *
 * @param letter the letter under which the rule lists it, A to R
 * @param title what it is, in words
 * @param rule paragraph of the rule
 * @param columns the source columns with it, with what was done to each; empty when no column of
 *     these tables is known to have it
 */
public record HandledIdentifier(
    String letter, String title, String rule, List<HandledColumn> columns) {

  public HandledIdentifier {
    columns = List.copyOf(columns);
  }

  /**
   * A source column and what was done to it.
   *
   * @param table name of the table
   * @param column name of the source column
   * @param done the operator and the word for how, such as {@code generalize to year}
   */
  public record HandledColumn(String table, String column, String done) {}
}

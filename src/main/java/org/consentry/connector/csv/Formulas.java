package org.consentry.connector.csv;

/** What a CSV file has for a text that a spreadsheet would run as a formula. */
enum Formulas {
  /** The text. */
  UNCHANGED,
  /** The text after a single quote, which makes a spreadsheet show it. */
  ESCAPED
}

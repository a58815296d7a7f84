package org.consentry.config;

/** When two keys of records, or a key and a reference to it, are the same. */
public enum KeyComparison {
  /** Byte by byte, without blanks at the ends. */
  EXACT,
  /** As patient ids are compared: in upper case letter by letter too. */
  FOLDED
}

package org.consentry.export.scan;

/**
 * A part of a data file that one thread searches: bytes of a CSV file that begin and end between
 * records, or row groups of a Parquet file.
 *
 * @param from the first
 * @param to one past the last
 */
record Range(long from, long to) {

  static final Range ALL = new Range(0, Long.MAX_VALUE);

  boolean isFirst() {
    return from == 0;
  }
}

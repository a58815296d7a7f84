package org.consentry.connector.csv;

import org.consentry.config.Encoding;
import org.consentry.connector.Split;

/**
 * What a table gives all its readers.
 *
 * @param columns fields of every record
 * @param slab bytes that the rows of a batch share
 * @param longestRecord bytes of the longest record that is still read
 */
record ReadSetup(CsvDialect dialect, Encoding encoding, int columns, int slab, int longestRecord) {

  /** The same with a slab no longer than a split. */
  ReadSetup fitting(Split split) {
    int fitting = (int) Math.max(1, Math.min(slab, split.range().size()));
    return new ReadSetup(dialect, encoding, columns, fitting, longestRecord);
  }
}

package org.consentry.connector;

/**
 * A piece of a table that begins and ends on record boundaries: the unit of work and of restart.
 * Small and serializable on purpose. Split sizes never depend on the number of cores.
 *
 * @param table name of the table
 * @param number from 0, in file order
 * @param start first byte in the file
 * @param end one past the last byte in the file
 * @param firstLine line number, from 1, at {@code start}
 * @param digest CRC-32C over the bytes of the split, to notice a source that changes between
 *     planning, extracting and resuming
 */
public record Split(String table, int number, long start, long end, long firstLine, int digest)
    implements java.io.Serializable {

  private static final long serialVersionUID = 1L;
}

package org.consentry.connector.csv;

/** Bytes of CSV without a header, read once from the first to the last. Not thread-safe. */
public interface CsvBytes extends AutoCloseable {

  /** How many bytes were read. */
  long done();

  /** Whether every byte was read. */
  boolean atEnd();

  /**
   * Reads some bytes; none only at the end, or when more are to come.
   *
   * @return how many
   * @throws org.consentry.problem.ProblemException when they cannot be read
   */
  int read(byte[] into, int at, int atMost);

  /** Reads the rest for its own sake, so that a changed file is named as such. */
  default void readToEnd() {
    byte[] scratch = new byte[1 << 18];
    while (!atEnd()) {
      read(scratch, 0, scratch.length);
    }
  }

  @Override
  void close();
}

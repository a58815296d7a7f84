package org.consentry.export.sort;

/** Encoded rows in their order, one at a time. Not thread-safe. */
interface RowCursor extends AutoCloseable {

  /** Goes to the next row; false at the end. */
  boolean next();

  /** Whether there is a next row and going to it leaves the rows before it where they are. */
  boolean hasNextBeside();

  /** The bytes of the current row are in this buffer, from {@link #start} to {@link #end}. */
  byte[] buffer();

  int start();

  int end();

  @Override
  void close();
}

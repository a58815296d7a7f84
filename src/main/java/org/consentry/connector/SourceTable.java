package org.consentry.connector;

import java.util.List;
import java.util.Optional;
import org.consentry.data.CellFormat;
import org.consentry.data.WrittenDates;

/** One table of a source. Immutable; safe for any number of threads. */
public interface SourceTable {

  /** Name of the table. */
  String name();

  /** The file name, or what messages show instead. */
  String file();

  /** Digest of the file that defines the table; empty where the table is as the source has it. */
  default Optional<String> definition() {
    return Optional.empty();
  }

  /** Column names in file order; none empty, none twice. */
  List<String> columns();

  /** In words, the columns that are not written the usual way, each with its format. */
  default List<String> formats() {
    return List.of();
  }

  /** What a column is where it may show something of a person whatever it is called. */
  default Optional<Origin> personal(String column) {
    return Optional.empty();
  }

  /**
   * How the cells of a column are written.
   *
   * @param column its position
   */
  default CellFormat format(int column) {
    return CellFormat.USUAL;
  }

  /**
   * How the dates of a column are written, for messages.
   *
   * @param column its position
   */
  default String datePattern(int column) {
    return format(column).dates().orElse(WrittenDates.ISO).pattern();
  }

  /** What to set so that the table is read as it looks; empty when it looks as it is read. */
  default Optional<String> looksLike() {
    return Optional.empty();
  }

  /**
   * What records have besides what the table reads of them; empty when it reads all. One pass over
   * the records.
   *
   * @throws org.consentry.problem.ProblemException when they cannot be read
   */
  default Optional<UnreadElements> unread() {
    return Optional.empty();
  }

  /** Why the cells of a column cannot be read, in words; empty when they can. */
  default Optional<String> refusal(String column) {
    return Optional.empty();
  }

  /**
   * The table as it is from now on. A source that reads from a snapshot begins another one; a file
   * is read as it is anyway.
   */
  default SourceTable renewed() {
    return this;
  }

  /**
   * Whether the table is in files, so that another process that makes the same plan reads the same
   * rows. A database answers in one snapshot of one session.
   */
  default boolean isInFiles() {
    return true;
  }

  /** Size in bytes when the table was opened; of a columnar file about that of its text. */
  long size();

  /**
   * Cuts the table into splits, in order. One fast pass over the bytes. An empty table (header
   * only) has no split.
   *
   * @throws org.consentry.problem.ProblemException when the boundaries of records are not clear
   */
  List<Split> splits();

  /**
   * What the rows are made of; tables with equal records can be read in one pass. Empty where each
   * table is read by itself.
   */
  default Optional<SharedRecords> records() {
    return Optional.empty();
  }

  /**
   * Reads the rows of one split.
   *
   * @param columns positions in {@link #columns()}, in the order the batches shall have them
   * @throws org.consentry.problem.ProblemException when the split's bytes are not those it was cut
   *     from (category STALE), or cannot be read
   */
  BatchReader open(Split split, List<Integer> columns);

  /**
   * Reads rows from the first on, for a look at them: unlike those of a split they may be of a file
   * that changes meanwhile.
   *
   * @param columns as above
   * @throws org.consentry.problem.ProblemException when the rows cannot be read
   */
  default BatchReader first(List<Integer> columns) {
    List<Split> splits = splits();
    return splits.isEmpty() ? BatchReader.EMPTY : open(splits.get(0), columns);
  }
}

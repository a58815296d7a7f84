package org.consentry.connector;

import java.util.List;

/**
 * Records that several tables of a source are made of. Two are equal when they are the same records
 * in the same state, which are cut into the same splits. Immutable; safe for any number of threads.
 */
public interface SharedRecords {

  /**
   * What is read of a table.
   *
   * @param table whose {@link SourceTable#records()} are these
   * @param columns positions in {@link SourceTable#columns()}, in the order the batches shall have
   *     them
   */
  record Wanted(SourceTable table, List<Integer> columns) {
    public Wanted {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Reads the rows of one split for several tables. Each table has the rows, in their order, that
   * it has alone; batches of different tables come in any order. Their cells together take as much
   * memory as those of one table.
   *
   * @param split of any of the tables
   * @return a reader whose {@link BatchReader#table()} is the position in {@code tables}
   * @throws org.consentry.problem.ProblemException when the split's bytes are not those it was cut
   *     from (category STALE), or cannot be read
   */
  BatchReader open(Split split, List<Wanted> tables);
}

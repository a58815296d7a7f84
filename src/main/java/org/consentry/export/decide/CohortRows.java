package org.consentry.export.decide;

import java.util.List;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.plan.TableExtract;

/** Receives what was read of a table to find the cohort. Nothing may be released of that table. */
public interface CohortRows {

  /** For a look at the cohort that releases nothing. */
  CohortRows UNWATCHED = (table, tally, first) -> {};

  /**
   * One table was read to its end.
   *
   * @param tally what became of its rows in this reading
   * @param first the first few rows that could not be used
   */
  void read(TableExtract table, Tally tally, List<Rejection> first);
}

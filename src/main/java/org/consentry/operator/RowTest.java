package org.consentry.operator;

import java.util.List;
import org.consentry.data.BytesColumn;

/**
 * Finds the rows of which an operator releases nothing, so that the whole row is left out. Pure;
 * used by many threads.
 */
@FunctionalInterface
public interface RowTest {

  /**
   * Why a row is left out.
   *
   * @param inputs the operator's inputs, all columns of the row, in the order of {@link
   *     RuleContext#reads()}
   * @param row number of the row in the batch
   * @return the {@link org.consentry.data.Exclusion#code()}, or 0 for a row that may be released
   */
  byte reason(List<BytesColumn> inputs, int row);
}

package org.consentry.export.extract;

import java.util.List;
import org.consentry.data.Tally;
import org.consentry.export.PartitionResult;

/**
 * What came of one split of the tables that are read in one pass.
 *
 * @param tables the result of each, in their order
 */
public record PassResult(List<SplitResult> tables) implements PartitionResult {

  public PassResult {
    tables = List.copyOf(tables);
  }

  @Override
  public Tally tally() {
    return tables.stream().map(SplitResult::tally).reduce(Tally.NONE, Tally::plus);
  }
}

package org.consentry.config;

import java.util.List;
import org.consentry.problem.Place;

/**
 * What becomes of one source column.
 *
 * @param place where the column is named
 * @param outputs at least one; several when several columns are made of it
 */
@Inline
public record ColumnRule(Place place, @OneOrMany List<OutputRule> outputs) {

  public ColumnRule {
    outputs = List.copyOf(outputs);
    if (outputs.size() > 1 && outputs.stream().anyMatch(output -> !output.isReleased())) {
      throw new IllegalArgumentException("a column that is dropped has no other rule");
    }
  }
}

package org.consentry.transform;

import java.util.List;
import org.consentry.data.FieldType;

/**
 * Makes one released column of several source columns of the row and of what is known of the
 * subject. Checked and immutable like an {@link Operator}; it becomes one as soon as the positions
 * of its columns are known, so that the engine runs both alike.
 */
public interface RowOperator {

  /** The word after {@code do:}. */
  String name();

  /** Type of the released column; equals the declared type. */
  FieldType type();

  /** What the codebook, manifest and policy check say about it. */
  OperatorNote note();

  /** Names of the source columns it reads, each once; may be empty. */
  List<String> reads();

  /**
   * The operator over a batch whose columns are known.
   *
   * @param positions where the columns of {@link #reads()} stand in a batch, in that order; the
   *     operator's transformers look there and not at {@link TransformInput#column()}
   */
  Operator at(List<Integer> positions);
}

package org.consentry.transform;

import org.consentry.data.FieldType;

/**
 * An operator bound to one column of a mapping: checked, immutable, without any key. Opened once
 * per run.
 */
public interface Operator {

  /** The word after {@code do:}. */
  String name();

  /** Type of the released column; equals the declared type. */
  FieldType type();

  /** What the codebook, manifest and policy check say about it. */
  OperatorNote note();

  /** Makes the transformer of a run. */
  Transformer open(OperatorKeys keys);
}

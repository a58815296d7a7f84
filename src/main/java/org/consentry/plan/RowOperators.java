package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.operator.Operators;
import org.consentry.operator.RowOperatorFactory;
import org.consentry.operator.ServiceClassOperator;

/** Every operator for rules under {@code derive:}: those of one room, and those that join two. */
final class RowOperators {

  private static final List<RowOperatorFactory<?>> JOINED = List.of(new ServiceClassOperator());

  private RowOperators() {}

  /** All of them, in the order in which documentation shows them. */
  static List<RowOperatorFactory<?>> all() {
    List<RowOperatorFactory<?>> all = new ArrayList<>(Operators.ofRows());
    all.addAll(JOINED);
    return List.copyOf(all);
  }

  /** The operator of that name. */
  static Optional<RowOperatorFactory<?>> named(String name) {
    for (RowOperatorFactory<?> factory : all()) {
      if (factory.name().equals(name)) {
        return Optional.of(factory);
      }
    }
    return Optional.empty();
  }
}

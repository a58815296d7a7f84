package org.consentry.policy;

import java.util.List;
import java.util.Optional;

/** Every legal target there is. A new one is a new line here. */
public final class Policies {

  private static final List<Policy> ALL =
      List.of(
          new SafeHarbor(),
          new LimitedDataSet(),
          new ExpertDetermination(),
          new Pseudonymization());

  private Policies() {}

  /** All policies. */
  public static List<Policy> all() {
    return ALL;
  }

  /** The policy of that target. */
  public static Optional<Policy> named(String target) {
    return ALL.stream().filter(policy -> policy.target().equals(target)).findFirst();
  }
}

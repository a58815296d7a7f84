package org.consentry.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.Connectors;
import org.consentry.data.PartContent;
import org.consentry.operator.Operators;
import org.consentry.policy.Policies;

/**
 * The open sets that a plan resolves words against. Each set is listed in its own room.
 *
 * @param operators the words after {@code do:}
 * @param policies legal targets
 * @param connectors types of sources and formats of outputs
 */
public record Catalogue(Operators operators, Policies policies, Connectors connectors) {

  /** Everything that is shipped. */
  public static final Catalogue SHIPPED =
      new Catalogue(Operators.SHIPPED, Policies.SHIPPED, Connectors.SHIPPED);

  /**
   * Reads what a finished part file contains.
   *
   * @param format name of its format
   * @return empty when the format is unknown or the file cannot be read as it
   */
  public Optional<PartContent> content(Path file, String format) {
    return connectors.content(file, format);
  }

  /** The words of jobs that the plan resolves, by the name of their catalogue. */
  Map<String, List<String>> words() {
    return Map.of("targets", policies.targets(), "outputs", connectors.outputs());
  }
}

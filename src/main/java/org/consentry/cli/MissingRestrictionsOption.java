package org.consentry.cli;

import java.util.Optional;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A person's word that restrictions which earlier runs read are missing on purpose. */
final class MissingRestrictionsOption {

  private static final String NAME = "--accept-missing-restrictions";

  @Option(
      names = NAME,
      paramLabel = "REASON",
      description = {
        "Accepts that consent lines are missing which earlier runs read.",
        "Once after a restore: accepts that some may be missing.",
        "The ledger records the operator and the reason.",
        "The reason must not name a patient."
      })
  private @Nullable String reason;

  /**
   * The reason; empty when nothing is accepted.
   *
   * @throws ProblemException category USAGE as {@link AcceptOption#accepted}
   */
  Optional<String> reason() {
    return AcceptOption.reason(NAME, reason, "why the lines are missing");
  }
}

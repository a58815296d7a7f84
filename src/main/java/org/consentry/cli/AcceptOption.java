package org.consentry.cli;

import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A person's word that consent lines were removed on purpose. */
final class AcceptOption {

  private static final String NAME = "--accept-missing-restrictions";
  private static final int LONGEST = 1000;

  @Option(
      names = NAME,
      paramLabel = "REASON",
      description = {
        "Accepts that consent lines are missing which earlier runs read.",
        "The ledger records the operator and the reason.",
        "The reason must not name a patient."
      })
  private @Nullable String reason;

  /**
   * The reason; empty when nothing is accepted.
   *
   * @throws ProblemException category USAGE when the reason is blank or over 1,000 characters
   */
  Optional<String> reason() {
    Optional<String> given = Optional.ofNullable(reason).map(String::strip);
    if (given.isPresent() && (given.get().isEmpty() || given.get().length() > LONGEST)) {
      throw ProblemException.of(
          Category.USAGE,
          "REASON",
          Place.of(NAME),
          "expected a reason of 1 to " + LONGEST + " characters",
          "write why the lines are missing, without naming a patient");
    }
    return given;
  }
}

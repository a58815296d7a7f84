package org.consentry.cli;

import java.util.Optional;
import org.consentry.export.Accepted;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A person's word that something is on purpose which a run refuses. */
final class AcceptOption {

  private static final String BREAKING = "--accept-breaking";
  private static final int LONGEST = 1000;

  @Mixin private MissingRestrictionsOption missing = new MissingRestrictionsOption();

  @Option(
      names = BREAKING,
      paramLabel = "REASON",
      description = {
        "Accepts changes since the last release that may break programs.",
        "The ledger records the operator and the reason.",
        "The recipient reads the reason in CHANGES.md."
      })
  private @Nullable String breaking;

  /**
   * What is accepted.
   *
   * @throws ProblemException category USAGE when a reason is blank, over 1,000 characters or has
   *     more than one line
   */
  Accepted accepted() {
    return new Accepted(missing.reason(), reason(BREAKING, breaking, "why the release changes so"));
  }

  static Optional<String> reason(String name, @Nullable String written, String why) {
    Optional<String> given = Optional.ofNullable(written).map(String::strip);
    if (given.isPresent()
        && (given.get().isEmpty()
            || given.get().length() > LONGEST
            || given.get().chars().anyMatch(Character::isISOControl))) {
      throw ProblemException.of(
          Category.USAGE,
          "REASON",
          Place.of(name),
          "expected a reason of 1 to " + LONGEST + " characters in one line",
          "write " + why + ", without naming a patient");
    }
    return given;
  }
}

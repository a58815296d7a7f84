package org.consentry.release;

import java.util.List;
import org.consentry.data.Change;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Changes of a release after which a program that loads the data may fail or go wrong. */
public final class BreakingChanges {

  private static final String CODE = "BREAKING_CHANGE";

  private BreakingChanges() {}

  /** An error for each change, as a run without a person's word ends with. */
  public static List<Problem> errors(List<Change> changes, LastRelease last) {
    return changes.stream()
        .map(change -> Problem.error(CODE, place(change), message(change, last), hint()))
        .toList();
  }

  /** The same as warnings, for commands that look ahead. */
  public static List<Problem> warnings(List<Change> changes, LastRelease last) {
    return changes.stream()
        .map(change -> Problem.warning(CODE, place(change), message(change, last), hint()))
        .toList();
  }

  /**
   * Refuses changes that no person accepted.
   *
   * @throws ProblemException category DISCLOSURE_CHECK
   */
  static void require(List<Change> changes, ReleaseSealer.Since since) {
    if (!changes.isEmpty() && since.accepted().isEmpty()) {
      throw new ProblemException(
          Category.DISCLOSURE_CHECK, errors(changes, since.last().orElseThrow()));
    }
  }

  private static Place place(Change change) {
    return Place.of(change.place());
  }

  private static String message(Change change, LastRelease last) {
    String text = change.text();
    return "since release "
        + last.name()
        + " the recipient would find: "
        + text.substring(change.place().length() + 2);
  }

  private static String hint() {
    return "programs that load the data may fail: undo it, or consentry run --accept-breaking"
        + " REASON with a reason that the recipient reads";
  }
}

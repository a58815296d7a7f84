package org.consentry.followup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * What kept releases from being judged or lists from being written, each problem once. It is
 * reported after the others are done, under its gravest category. Not thread-safe.
 */
public final class RecallFailures {

  /**
   * The gravest first: what was changed behind our back, then what a person must put right, last
   * what may pass by itself, so that trying again is advised only where nothing else is wrong.
   */
  private static final List<Category> BY_GRAVITY =
      List.of(
          Category.VERIFY,
          Category.KEY,
          Category.AUTHORITY,
          Category.DISCLOSURE_CHECK,
          Category.STALE,
          Category.RUN_FAILED,
          Category.FILES_INVALID,
          Category.USAGE,
          Category.LOCKED,
          Category.TEMPORARY);

  private final Set<Problem> problems = new LinkedHashSet<>();
  private Category gravest = Category.TEMPORARY;

  /** Adds what failed. */
  public void add(ProblemException failed) {
    problems.addAll(failed.problems());
    if (BY_GRAVITY.indexOf(failed.category()) < BY_GRAVITY.indexOf(gravest)) {
      gravest = failed.category();
    }
  }

  /** Everything, in the order it was found; none when all was done. */
  public List<Problem> problems() {
    return new ArrayList<>(problems);
  }

  /** The gravest category of what failed; {@code TEMPORARY} when nothing did. */
  public Category category() {
    return gravest;
  }

  /**
   * Throws once for everything that failed.
   *
   * @throws ProblemException of the gravest category, when anything failed
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ProblemException(gravest, problems());
    }
  }
}

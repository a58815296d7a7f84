package org.consentry.export;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Runs pieces of work on the calling thread. */
final class OnCallingThread implements Parallel {

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    List<T> answers = new ArrayList<>();
    for (Callable<T> piece : pieces) {
      try {
        answers.add(piece.call());
      } catch (ProblemException known) {
        throw known;
      } catch (Exception unexpected) {
        throw ProblemException.of(
            Category.RUN_FAILED,
            "INTERNAL",
            Place.of("plan"),
            "an unexpected " + unexpected.getClass().getSimpleName() + " ended the command",
            "");
      }
    }
    return answers;
  }
}

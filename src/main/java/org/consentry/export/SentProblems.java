package org.consentry.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Severity;

/** What went wrong in another process, as bytes. No bytes are no problem. */
public final class SentProblems {

  private SentProblems() {}

  /** Writes the problems of a failure. */
  static byte[] write(ProblemException failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FlatOutput out = new FlatOutput(bytes);
    out.text(failure.category().name());
    out.number(failure.problems().size());
    for (Problem problem : failure.problems()) {
      out.text(problem.severity().name());
      out.text(problem.code());
      out.text(problem.place().file());
      out.number(problem.place().line());
      out.number(problem.place().column());
      out.text(problem.message());
      out.text(problem.hint());
    }
    return bytes.toByteArray();
  }

  /** Reads the failure of a partition; empty when there is none. */
  public static Optional<ProblemException> read(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    FlatInput in = new FlatInput(new ByteArrayInputStream(bytes));
    Category category = Category.valueOf(in.text());
    List<Problem> problems = new ArrayList<>();
    int count = in.integer();
    for (int i = 0; i < count; i++) {
      problems.add(
          new Problem(
              Severity.valueOf(in.text()),
              in.text(),
              new Place(in.text(), in.number(), in.number()),
              in.text(),
              in.text()));
    }
    return Optional.of(new ProblemException(category, problems));
  }
}

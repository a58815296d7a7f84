package org.consentry.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one exception rooms throw at each other.
 *
 * <p><b>Security promise:</b> it carries no cause and nothing suppressed, because the message of a
 * foreign exception may quote a cell: {@code initCause} throws, and what a failing {@code close}
 * adds in a try-with-resources is dropped.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Category category;
  private final transient List<Problem> problems;

  /** All problems of one category; at least one. */
  public ProblemException(Category category, List<Problem> problems) {
    super(
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
        null,
        false,
        true);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem given");
    }
    this.category = category;
    this.problems = List.copyOf(problems);
  }

  /** A single error. */
  public static ProblemException of(
      Category category, String code, Place place, String message, String hint) {
    return new ProblemException(category, List.of(Problem.error(code, place, message, hint)));
  }

  /** Decides the exit code. */
  public Category category() {
    return category;
  }

  /** Everything found, in order. */
  public List<Problem> problems() {
    return problems;
  }
}

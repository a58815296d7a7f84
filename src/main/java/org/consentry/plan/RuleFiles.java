package org.consentry.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.YamlFile;
import org.consentry.operator.RuleFile;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** Reads rules files: decision tables that label procedure lines. */
public final class RuleFiles {

  private RuleFiles() {}

  /**
   * Reads a rules file, whether its cases pass or not.
   *
   * @param path the file; messages name it as given here
   * @throws ProblemException of {@link Category#FILES_INVALID} with everything found
   */
  public static RuleFile read(Path path) {
    Problems problems = new Problems();
    Optional<RuleFile> file = read(path, problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return file.orElseThrow(() -> new IllegalStateException("no rules and no problem"));
  }

  private static Optional<RuleFile> read(Path path, Problems problems) {
    return YamlFile.read(path, path.toString(), problems)
        .flatMap(yaml -> RuleFile.read(yaml, problems));
  }

  /**
   * Checks a rules file and runs its cases.
   *
   * @return errors and warnings, in the order found; empty when nothing is wrong
   */
  static List<Problem> check(Path path) {
    Problems problems = new Problems();
    read(path, problems).ifPresent(file -> problems.addAll(file.cases().run().problems()));
    return problems.list();
  }
}

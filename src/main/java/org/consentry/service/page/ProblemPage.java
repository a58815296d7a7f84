package org.consentry.service.page;

import java.util.List;
import org.consentry.problem.Problem;

/**
 * What went wrong, where, and what to do; never a stack trace.
 *
 * @param title in a few words
 * @param lead one sentence
 * @param problems each of them; may be empty
 */
public record ProblemPage(String title, String lead, List<Problem> problems) implements PageModel {

  public ProblemPage {
    problems = List.copyOf(problems);
  }

  @Override
  public String template() {
    return "problem.jte";
  }
}

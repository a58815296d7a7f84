package org.consentry.service.page;

import java.util.List;

/**
 * Where the compliance officer asks for one patient. The ledger records the question before it is
 * answered.
 *
 * @param jobs the jobs whose decision can be explained
 */
public record QuestionsPage(List<String> jobs) implements PageModel {

  public QuestionsPage {
    jobs = List.copyOf(jobs);
  }

  @Override
  public String template() {
    return "questions.jte";
  }
}

package org.consentry.service.page;

import java.util.List;

/**
 * The answer to a question about a patient. It is shown once and stored nowhere.
 *
 * @param title what was asked
 * @param lines the answer
 */
public record AnswerPage(String title, List<String> lines) implements PageModel {

  public AnswerPage {
    lines = List.copyOf(lines);
  }

  @Override
  public String template() {
    return "answer.jte";
  }
}

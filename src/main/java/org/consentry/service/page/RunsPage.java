package org.consentry.service.page;

import java.util.List;

/**
 * The history of runs.
 *
 * @param runs one part of them, the newest first
 * @param part which part it is
 * @param job only runs of this job; empty for all
 * @param state only runs of this state; empty for all
 * @param jobs names to choose from
 * @param chart the runs of the last weeks
 */
public record RunsPage(
    List<RunCard> runs, Part part, String job, String state, List<String> jobs, WeekChart chart)
    implements PageModel {

  /** The states to choose from. */
  static final List<String> STATES =
      List.of(
          "running",
          "staged",
          "failed",
          "stopped",
          "interrupted",
          "published",
          "unchanged",
          "abandoned");

  public RunsPage {
    runs = List.copyOf(runs);
    jobs = List.copyOf(jobs);
  }

  /** The way to another part. */
  String link(int number) {
    return "/runs?job=" + Links.word(job) + "&state=" + Links.word(state) + "&part=" + number;
  }

  @Override
  public String template() {
    return "runs.jte";
  }
}

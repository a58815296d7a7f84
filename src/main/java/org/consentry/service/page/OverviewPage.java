package org.consentry.service.page;

import java.util.List;

/**
 * What runs, what is due, what waits for whom, what failed and what to do.
 *
 * @param running runs at work
 * @param waiting runs that wait for approvals or publication
 * @param failed runs that failed, were stopped or killed
 * @param due what a schedule starts next, the next first
 * @param tasks what is to be done about releases
 * @param tiles figures of the installation
 * @param runs the runs of the last weeks
 */
public record OverviewPage(
    List<RunCard> running,
    List<RunCard> waiting,
    List<RunCard> failed,
    List<DueJob> due,
    List<Task> tasks,
    List<Tile> tiles,
    WeekChart runs)
    implements PageModel {

  /** Of more tasks of one kind the first ones are shown. */
  static final int MOST = 20;

  /**
   * Something to do about a release.
   *
   * @param job its job
   * @param release its name
   * @param words what is to be done
   */
  public record Task(String job, String release, String words) {}

  /** A figure, and a remark about it, which may be empty. */
  public record Tile(String label, String figure, String remark) {}

  public OverviewPage {
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
    failed = List.copyOf(failed);
    due = List.copyOf(due);
    tasks = List.copyOf(tasks);
    tiles = List.copyOf(tiles);
  }

  /** The first of a list that may be long. */
  static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST, all.size()));
  }

  @Override
  public String template() {
    return "overview.jte";
  }
}

package org.consentry.service.page;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.problem.CountWords;

/**
 * A picture of what happened in each of the last weeks: one column a week, a part of it for each
 * outcome. The words beside it have every number.
 *
 * @param id of the picture in its page
 * @param title what is shown
 * @param weeks the oldest first
 */
public record WeekChart(String id, String title, List<Week> weeks) {

  /** How many weeks are shown. */
  static final int WEEKS = 26;

  static final int WIDTH = 780;
  static final int HEIGHT = 150;
  private static final int BASE = 126;
  private static final int TOP = 14;
  private static final double FILLED = 0.72;
  private static final int LABEL_EVERY = 5;
  private static final int DAYS = 7;

  /**
   * One week.
   *
   * @param monday its first day
   * @param done runs that ended with a release, or without need of one
   * @param waiting runs that wait
   * @param failed runs that failed, were stopped or abandoned
   */
  public record Week(LocalDate monday, int done, int waiting, int failed) {
    int all() {
      return done + waiting + failed;
    }
  }

  /** A rectangle. */
  record Block(double x, double y, double width, double height, String look) {}

  /** A text under or over a column. */
  record Label(double x, int y, String text) {}

  public WeekChart {
    weeks = List.copyOf(weeks);
  }

  /**
   * Counts marks by their week.
   *
   * @param today the newest week is that of this day
   * @param marks the day and tone of everything that is counted
   */
  public static WeekChart of(
      String id, String title, LocalDate today, List<Map.Entry<LocalDate, Tone>> marks) {
    LocalDate monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
    int[][] counts = new int[WEEKS][3];
    for (Map.Entry<LocalDate, Tone> mark : marks) {
      long ago = ChronoUnit.DAYS.between(mark.getKey(), monday.plusDays(DAYS - 1L)) / DAYS;
      if (ago >= 0 && ago < WEEKS) {
        counts[(int) (WEEKS - 1 - ago)][part(mark.getValue())]++;
      }
    }
    List<Week> weeks = new ArrayList<>();
    for (int i = 0; i < WEEKS; i++) {
      LocalDate first = monday.minusWeeks(WEEKS - 1L - i);
      weeks.add(new Week(first, counts[i][0], counts[i][1], counts[i][2]));
    }
    return new WeekChart(id, title, weeks);
  }

  private static int part(Tone tone) {
    return switch (tone) {
      case DONE, QUIET -> 0;
      case BUSY, WAIT -> 1;
      case BAD -> 2;
    };
  }

  boolean isEmpty() {
    return weeks.stream().allMatch(week -> week.all() == 0);
  }

  double base() {
    return BASE;
  }

  private double step() {
    return (double) WIDTH / weeks.size();
  }

  List<Block> blocks() {
    double unit = (double) (BASE - TOP) / Math.max(1, most());
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < weeks.size(); i++) {
      Week week = weeks.get(i);
      double x = tenths(i * step() + step() * (1 - FILLED) / 2);
      double bottom = BASE;
      for (Map.Entry<String, Integer> part :
          List.of(
              Map.entry("ok", week.done()),
              Map.entry("wait", week.waiting()),
              Map.entry("bad", week.failed()))) {
        double height = part.getValue() * unit;
        if (height > 0) {
          bottom -= height;
          blocks.add(
              new Block(x, tenths(bottom), tenths(step() * FILLED), tenths(height), part.getKey()));
        }
      }
    }
    return blocks;
  }

  private int most() {
    return weeks.stream().mapToInt(Week::all).max().orElse(0);
  }

  List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    double unit = (double) (BASE - TOP) / Math.max(1, most());
    for (int i = 0; i < weeks.size(); i++) {
      Week week = weeks.get(i);
      double middle = tenths((i + 0.5) * step());
      if (week.all() > 0) {
        labels.add(new Label(middle, (int) (BASE - week.all() * unit - 3), "" + week.all()));
      }
      if ((weeks.size() - 1 - i) % LABEL_EVERY == 0 && i > 0) {
        labels.add(new Label(Math.min(middle, WIDTH - 36), HEIGHT - 6, week.monday().toString()));
      }
    }
    return labels;
  }

  /** Every number in words. */
  String words() {
    String all =
        weeks.stream()
            .filter(week -> week.all() > 0)
            .map(
                week ->
                    "week of "
                        + week.monday()
                        + ": "
                        + week.done()
                        + " done, "
                        + week.waiting()
                        + " waiting, "
                        + week.failed()
                        + " failed")
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "none in " + CountWords.of(weeks.size(), "week") : all;
  }

  private static double tenths(double length) {
    return Math.round(length * 10) / 10.0;
  }
}

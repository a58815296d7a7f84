package org.consentry.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A picture of counts as bars from top to bottom. The words beside it have every number.
 *
 * @param id of the picture in its page
 * @param title what is shown
 * @param bars from top to bottom
 */
public record Bars(String id, String title, List<Bar> bars) {

  static final int WIDTH = 420;
  private static final int NAMES = 150;
  private static final int NUMBERS = 70;
  private static final int STEP = 26;
  private static final int HEIGHT = 16;
  private static final int LETTERS = 22;

  /**
   * A count.
   *
   * @param label what is counted
   * @param shown the count as it may be shown
   * @param size the number behind it; 0 where it is not shown, so that the bar shows nothing of it
   */
  public record Bar(String label, String shown, long size) {}

  public Bars {
    bars = List.copyOf(bars);
  }

  /** A bar with its place. */
  record Drawn(Bar bar, int y, int width, int textX, String label) {

    static final int X = NAMES;
    static final int THICK = HEIGHT;

    int textY() {
      return y + HEIGHT - 4;
    }

    /** A dashed bar of one width is where a count of few people is not shown. */
    String look() {
      return bar.size() == 0 && bar.shown().startsWith("<") ? "few" : "ok";
    }
  }

  int height() {
    return bars.size() * STEP;
  }

  List<Drawn> drawn() {
    long most = Math.max(1, bars.stream().mapToLong(Bar::size).max().orElse(1));
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      boolean isHidden = bar.size() == 0 && bar.shown().startsWith("<");
      int full = WIDTH - NAMES - NUMBERS;
      int width = isHidden ? STEP : (int) (full * (double) bar.size() / most);
      int shown = bar.size() > 0 ? Math.max(2, width) : width;
      drawn.add(new Drawn(bar, i * STEP + 4, shown, NAMES + shown + 6, cut(bar.label())));
    }
    return drawn;
  }

  /** Every number in words. */
  String words() {
    return bars.stream()
        .map(bar -> bar.label() + ": " + bar.shown())
        .collect(Collectors.joining("; "));
  }

  private static String cut(String label) {
    int letters = label.codePointCount(0, label.length());
    return letters <= LETTERS
        ? label
        : label.substring(0, label.offsetByCodePoints(0, LETTERS - 1)) + "\u2026";
  }
}

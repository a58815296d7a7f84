package org.consentry.release.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Bar;
import org.consentry.release.ColumnFigures.Shape;
import org.consentry.release.FigureWords;

/**
 * The picture of a column: bars of its values from top to bottom, or of its ranges from left to
 * right. The words beside it have every number of the picture.
 *
 * @param id of the picture in its page
 * @param title what is shown
 * @param description all bars in words
 * @param width of the picture
 * @param height of the picture
 * @param bars their outline
 * @param open the outline of the bars at both ends, which have no end
 * @param axis where the axis is; 0 when there is none
 * @param labels what is written
 */
record Chart(
    String id,
    String title,
    String description,
    int width,
    int height,
    String bars,
    String open,
    int axis,
    List<Label> labels) {

  private static final int STEP = 20;
  private static final int LETTERS = 18;
  private static final int TEXT = 14;
  private static final int VALUES = 110;
  private static final int ROOM = 44;
  private static final int COUNTED = 8;
  private static final int EDGE = 14;
  private static final double FILLED = 0.88;

  /** The size of a picture. */
  enum Size {
    CARD(264, 66, 2),
    HALF(470, 96, 5),
    WIDE(960, 120, 9);

    private final int width;
    private final int height;
    private final int labels;

    Size(int width, int height, int labels) {
      this.width = width;
      this.height = height;
      this.labels = labels;
    }

    int width() {
      return width;
    }
  }

  /**
   * A text.
   *
   * @param anchor which end of it is at the place: start, middle or end
   */
  record Label(double x, int y, String anchor, String text) {
    Label {
      text = Page.plain(text);
    }
  }

  Chart {
    description = Page.plain(description);
    labels = List.copyOf(labels);
  }

  /** The picture of figures with at least one bar. */
  static Chart of(String id, String title, ColumnFigures figures, Size size) {
    String words = FigureWords.bars(figures);
    return figures.shape() == Shape.VALUES
        ? values(id, title, words, figures)
        : ranges(id, title, words, figures.bars(), size);
  }

  private static Chart values(String id, String title, String words, ColumnFigures figures) {
    List<Bar> all = new ArrayList<>(figures.bars());
    figures.other().ifPresent(rows -> all.add(new Bar("other values", 1, rows)));
    return counts(id, title, words, all);
  }

  /** The picture of counts, a bar each from top to bottom. */
  static Chart counts(String id, String title, String words, List<Bar> all) {
    long most = all.stream().mapToLong(Bar::rows).max().orElse(1);
    StringBuilder outline = new StringBuilder();
    List<Label> labels = new ArrayList<>();
    int room = Size.CARD.width - VALUES - ROOM;
    for (int i = 0; i < all.size(); i++) {
      Bar bar = all.get(i);
      double length = bar.rows() == 0 ? 0 : Math.max(1, room * (double) bar.rows() / most);
      outline.append('M').append(VALUES).append(' ').append(i * STEP + 4).append('h');
      outline.append(tenths(length)).append("v12h-").append(tenths(length)).append('z');
      int y = i * STEP + TEXT;
      labels.add(new Label(0, y, "start", cut(bar.label())));
      labels.add(new Label(tenths(VALUES + length + 4), y, "start", number(bar.rows())));
    }
    return new Chart(
        id, title, words, Size.CARD.width, all.size() * STEP, outline.toString(), "", 0, labels);
  }

  private static String number(long rows) {
    return FigureWords.number(rows);
  }

  private static String cut(String label) {
    int letters = label.codePointCount(0, label.length());
    return letters <= LETTERS
        ? label
        : label.substring(0, label.offsetByCodePoints(0, LETTERS - 1)) + "\u2026";
  }

  private static Chart ranges(String id, String title, String words, List<Bar> bars, Size size) {
    int steps = bars.stream().mapToInt(Bar::width).sum();
    double step = (double) size.width / steps;
    double most = bars.stream().mapToDouble(Chart::height).max().orElse(1);
    StringBuilder inner = new StringBuilder();
    StringBuilder outer = new StringBuilder();
    List<Label> labels = new ArrayList<>();
    int every = Math.max(1, (bars.size() - 1 + size.labels - 2) / (size.labels - 1));
    double left = 0;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double width = step * (bar.width() - 1 + FILLED);
      double height = Math.max(1, (size.height - TEXT) * height(bar) / most);
      boolean isOuter = i == 0 || i == bars.size() - 1;
      StringBuilder outline = isOuter ? outer : inner;
      outline.append('M').append(tenths(left)).append(' ').append(size.height).append("v-");
      outline.append(tenths(height)).append('h').append(tenths(width)).append('v');
      outline.append(tenths(height)).append('z');
      if (bars.size() <= COUNTED || i == highest(bars)) {
        double middle = tenths(Math.min(size.width - EDGE, Math.max(EDGE, left + width / 2)));
        int top = (int) (size.height - height - 3);
        labels.add(new Label(middle, top, "middle", number(bar.rows())));
      }
      if (i == 0) {
        labels.add(new Label(0, size.height + TEXT, "start", bar.label()));
      } else if (i == bars.size() - 1) {
        labels.add(new Label(size.width, size.height + TEXT, "end", bar.label()));
      } else if (i % every == 0 && i + every <= bars.size()) {
        double middle = tenths(left + width / 2);
        labels.add(new Label(middle, size.height + TEXT, "middle", bar.label()));
      }
      left += step * bar.width();
    }
    int height = size.height + TEXT + 4;
    return new Chart(
        id,
        title,
        words,
        size.width,
        height,
        inner.toString(),
        outer.toString(),
        size.height,
        labels);
  }

  private static int highest(List<Bar> bars) {
    List<Double> heights = bars.stream().map(Chart::height).toList();
    return heights.indexOf(Collections.max(heights));
  }

  /** Rows of one step of a range. */
  private static double height(Bar bar) {
    return (double) bar.rows() / bar.width();
  }

  private static double tenths(double length) {
    return Math.round(length * 10) / 10.0;
  }
}

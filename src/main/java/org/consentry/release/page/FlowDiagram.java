package org.consentry.release.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.consentry.release.Flow;

/**
 * The flow as a picture in the manner of CONSORT 2010: read above, released below, what was left
 * out to the right; persons first, then the rows of each table, in two columns when there are many.
 * Fits one printed page, A4 or US Letter. Has places in pixels; {@code flow.jte} draws.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param boxes frames
 * @param lines from one box to another
 * @param texts what is written
 */
public record FlowDiagram(
    int width, int height, List<Box> boxes, List<Line> lines, List<Text> texts) {

  static final String NAME = "Who was left out and why, from read to released";

  /** What a printed page has room for beside its margins. */
  static final int PAGE_WIDTH = 690;

  static final int PAGE_HEIGHT = 900;

  static final int LETTER_SIZE = 12;

  private static final int STEP = 17;
  private static final int MARGIN = 10;
  private static final int MAIN = 240;
  private static final int GAP = 24;
  private static final int SIDE = 250;
  private static final int COLUMN = MAIN + GAP + SIDE;
  private static final int ONE_COLUMN = 4;

  /** A frame: left, top, width and height. */
  record Box(int x, int y, int width, int height) {}

  /** A line from one point to another. */
  record Line(int x1, int y1, int x2, int y2) {}

  /** A text whose base line begins at a point. */
  record Text(int x, int y, String content) {}

  public FlowDiagram {
    boxes = List.copyOf(boxes);
    lines = List.copyOf(lines);
    texts = List.copyOf(texts);
  }

  /** The width it is shown with, so that it fits one page. */
  int shownWidth() {
    return (int) (width * scale());
  }

  /** The height it is shown with. */
  int shownHeight() {
    return (int) (height * scale());
  }

  private double scale() {
    return Math.min(1, Math.min((double) PAGE_WIDTH / width, (double) PAGE_HEIGHT / height));
  }

  /** The picture of a flow. */
  public static FlowDiagram of(List<Flow> flow) {
    return new Layout(flow).finished();
  }

  public static byte[] svg(List<Flow> flow) {
    String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    String svg = new String(Pages.render("flow.jte", of(flow)), StandardCharsets.UTF_8);
    return (head + svg).getBytes(StandardCharsets.UTF_8);
  }

  /** Places one part below or beside the other. */
  private static final class Layout {
    private final Map<String, List<Flow>> parts = new LinkedHashMap<>();
    private final String day;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private int top = MARGIN;

    Layout(List<Flow> flow) {
      flow.forEach(line -> parts.computeIfAbsent(line.what(), key -> new ArrayList<>()).add(line));
      TreeSet<String> days = new TreeSet<>();
      flow.forEach(line -> days.add(line.countedOn()));
      day = days.isEmpty() ? "" : days.last();
    }

    FlowDiagram finished() {
      int columns = parts.size() - 1 > ONE_COLUMN ? 2 : 1;
      int column = 0;
      int below = top;
      for (Map.Entry<String, List<Flow>> part : parts.entrySet()) {
        int bottom = part(part.getKey(), part.getValue(), MARGIN + column * (COLUMN + GAP));
        below = Math.max(below, bottom);
        boolean ends = part.getValue().get(0).table().isEmpty() || ++column == columns;
        if (ends) {
          column = 0;
          top = below + STEP;
        }
      }
      top = column == 0 ? top : below + STEP;
      if (!day.isEmpty()) {
        notes();
      }
      int width = 2 * MARGIN + columns * COLUMN + (columns - 1) * GAP;
      return new FlowDiagram(width, top, boxes, lines, texts);
    }

    private void notes() {
      for (String note :
          List.of(
              "About: rounded to the nearest 10. Fewer than 11 people are behind < 11.",
              "Counted on " + day + " unless another day is given.")) {
        for (String line : WrappedText.of(note, COLUMN, LETTER_SIZE)) {
          texts.add(new Text(MARGIN, top + STEP / 2, line));
          top += STEP;
        }
      }
    }

    /** Returns where it ends. */
    private int part(String name, List<Flow> part, int left) {
      List<String> read = new ArrayList<>();
      List<String> out = new ArrayList<>();
      List<String> released = new ArrayList<>();
      for (Flow line : part) {
        switch (line.step()) {
          case "read" -> add(read, name + " read", line);
          case "released" -> add(released, "Released", line);
          case "computed" -> add(released, name + " computed from the release", line);
          default -> add(out, line.reason().isEmpty() ? title(line) : item(line), line);
        }
      }
      if (read.isEmpty()) {
        return box(left, top, MAIN, released);
      }
      int readBottom = box(left, top, MAIN, read);
      int side = readBottom + STEP / 2;
      int sideBottom = out.isEmpty() ? side : excluded(left, side, out);
      int releasedTop = sideBottom + STEP / 2;
      int middle = left + MAIN / 2;
      lines.add(new Line(middle, readBottom, middle, releasedTop));
      return box(left, releasedTop, MAIN, released);
    }

    private int excluded(int left, int at, List<String> out) {
      int bottom = box(left + MAIN + GAP, at, SIDE, out);
      int level = (at + bottom) / 2;
      lines.add(new Line(left + MAIN / 2, level, left + MAIN + GAP, level));
      return bottom;
    }

    private static String title(Flow line) {
      return line.step().substring(0, 1).toUpperCase(Locale.ROOT) + line.step().substring(1);
    }

    private static String item(Flow line) {
      return "\u2022 " + (line.countedOn().isEmpty() ? line.meaning() : Flow.label(line.reason()));
    }

    private void add(List<String> box, String words, Flow line) {
      box.add(words + " (" + line.n().replace(' ', WrappedText.UNBROKEN) + ")");
      if (!line.countedOn().isEmpty() && !line.countedOn().equals(day)) {
        box.add("\u2003counted on " + line.countedOn());
      }
    }

    /** Draws a box around its lines; returns where it ends. */
    private int box(int x, int y, int width, List<String> content) {
      List<String> wrapped =
          content.stream()
              .flatMap(line -> WrappedText.of(line, width - 2 * MARGIN, LETTER_SIZE).stream())
              .toList();
      int height = wrapped.size() * STEP + STEP / 2;
      boxes.add(new Box(x, y, width, height));
      for (int i = 0; i < wrapped.size(); i++) {
        texts.add(new Text(x + MARGIN, y + (i + 1) * STEP - 1, wrapped.get(i)));
      }
      return y + height;
    }
  }
}

package org.consentry.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flow as a picture in the manner of CONSORT: read above, released below, who was left out to
 * the right; persons first, then each table's rows. Holds places in pixels; {@code flow.jte} draws.
 *
 * @param name what it counts
 * @param height of the picture, which is {@link #WIDTH} wide
 * @param boxes frames
 * @param lines from one box to another
 * @param texts what stands in the boxes
 */
record FlowDiagram(String name, int height, List<Box> boxes, List<Line> lines, List<Text> texts) {

  static final int WIDTH = 860;

  private static final int STEP = 20;
  private static final int LEFT = 10;
  private static final int BOX = 300;
  private static final int RIGHT = 370;
  private static final int SIDE = WIDTH - RIGHT - LEFT;

  /** A frame: left, top, width and height. */
  record Box(int x, int y, int width, int height) {}

  /** A line from one point to another. */
  record Line(int x1, int y1, int x2, int y2) {}

  /** A text whose base line begins at a point. */
  record Text(int x, int y, String content) {}

  FlowDiagram {
    boxes = List.copyOf(boxes);
    lines = List.copyOf(lines);
    texts = List.copyOf(texts);
  }

  /** One picture of everything; the numbers are those of the flow. */
  static FlowDiagram of(List<Flow> flow) {
    Layout layout = new Layout();
    parts(flow).forEach(layout::part);
    return layout.finished("Who was left out and why, from read to released");
  }

  /** One picture for persons and one for the rows of each table, so that each fits on a sheet. */
  static List<FlowDiagram> each(List<Flow> flow) {
    List<FlowDiagram> diagrams = new ArrayList<>();
    parts(flow)
        .forEach(
            (name, part) -> {
              Layout layout = new Layout();
              layout.part(name, part);
              diagrams.add(layout.finished(name + ": who was left out and why"));
            });
    return diagrams;
  }

  private static Map<String, List<Flow>> parts(List<Flow> flow) {
    Map<String, List<Flow>> parts = new LinkedHashMap<>();
    for (Flow line : flow) {
      parts.computeIfAbsent(line.what(), key -> new ArrayList<>()).add(line);
    }
    return parts;
  }

  static byte[] svg(List<Flow> flow) {
    String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    String svg = new String(Pages.render("flow.jte", of(flow)), StandardCharsets.UTF_8);
    return (head + svg).getBytes(StandardCharsets.UTF_8);
  }

  /** Places one part below the other. */
  private static final class Layout {
    private final List<Box> boxes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Text> texts = new ArrayList<>();
    private int top = STEP / 2;

    private FlowDiagram finished(String name) {
      return new FlowDiagram(name, top - STEP, boxes, lines, texts);
    }

    private void part(String name, List<Flow> part) {
      List<Flow> leftOut = part.stream().filter(line -> !line.reason().isEmpty()).toList();
      int height = Math.max(6, leftOut.size() + 2) * STEP;
      int bottom = top + height - 2 * STEP;
      int middle = LEFT + BOX / 2;
      lines.add(new Line(middle, top + 2 * STEP, middle, bottom));
      box(top, name + " read: " + count(part, "read"));
      box(bottom, "released: " + count(part, "released"));
      if (!leftOut.isEmpty()) {
        lines.add(new Line(middle, top + 3 * STEP, RIGHT, top + 3 * STEP));
        leftOut(leftOut, height);
      }
      top += height + 2 * STEP;
    }

    private void box(int y, String content) {
      boxes.add(new Box(LEFT, y, BOX, 2 * STEP));
      texts.add(new Text(LEFT + 10, y + STEP + 5, content));
    }

    private void leftOut(List<Flow> leftOut, int height) {
      boxes.add(new Box(RIGHT, top, SIDE, height));
      texts.add(new Text(RIGHT + 10, top + STEP, "left out:"));
      for (int i = 0; i < leftOut.size(); i++) {
        Flow line = leftOut.get(i);
        texts.add(new Text(RIGHT + 20, top + (i + 2) * STEP, line.meaning() + ": " + line.count()));
      }
    }

    private static String count(List<Flow> part, String step) {
      return part.stream()
          .filter(line -> line.step().equals(step))
          .map(Flow::count)
          .findFirst()
          .orElse("");
    }
  }
}

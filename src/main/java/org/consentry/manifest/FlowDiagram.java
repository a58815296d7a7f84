package org.consentry.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The flow as a picture in the manner of CONSORT: read above, released below, who was left out to
 * the right; persons first, then each table's rows. SVG without script or style sheet.
 */
final class FlowDiagram {

  private static final int WIDTH = 760;
  private static final int LINE = 20;
  private static final int LEFT = 20;
  private static final int BOX = 280;
  private static final int RIGHT = 400;
  private static final int SIDE = 340;

  private final Markup svg = new Markup();

  private FlowDiagram() {}

  /** The picture; its numbers are those of the flow. */
  static Markup of(List<Flow> flow) {
    Map<String, List<Flow>> parts = new LinkedHashMap<>();
    for (Flow line : flow) {
      String name = line.table().isEmpty() ? "Persons" : "Rows of " + line.table();
      parts.computeIfAbsent(name, key -> new ArrayList<>()).add(line);
    }
    int height = LINE;
    for (List<Flow> part : parts.values()) {
      height += heightOf(part) + 2 * LINE;
    }
    FlowDiagram diagram = new FlowDiagram();
    diagram.svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "width",
        Integer.toString(WIDTH),
        "height",
        Integer.toString(height),
        "role",
        "img",
        "font-family",
        "sans-serif",
        "font-size",
        "14");
    diagram.svg.element("title", "Who was left out and why, from read to released");
    diagram.svg.empty("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
    int top = LINE;
    for (Map.Entry<String, List<Flow>> part : parts.entrySet()) {
      diagram.part(part.getKey(), part.getValue(), top);
      top += heightOf(part.getValue()) + 2 * LINE;
    }
    return diagram.svg.close();
  }

  static byte[] svg(List<Flow> flow) {
    String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    return (head + new String(of(flow).bytes(), StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<Flow> leftOut(List<Flow> part) {
    return part.stream().filter(line -> !line.reason().isEmpty()).toList();
  }

  private static int heightOf(List<Flow> part) {
    return Math.max(6 * LINE, (leftOut(part).size() + 2) * LINE);
  }

  private void part(String name, List<Flow> part, int top) {
    int height = heightOf(part);
    int bottom = top + height - 2 * LINE;
    List<Flow> leftOut = leftOut(part);
    box(LEFT, top, BOX, 2 * LINE);
    text(LEFT + 10, top + LINE + 5, name + " read: " + count(part, "read"));
    line(LEFT + BOX / 2, top + 2 * LINE, LEFT + BOX / 2, bottom);
    box(LEFT, bottom, BOX, 2 * LINE);
    text(LEFT + 10, bottom + LINE + 5, "released: " + count(part, "released"));
    if (!leftOut.isEmpty()) {
      int middle = top + 3 * LINE;
      line(LEFT + BOX / 2, middle, RIGHT, middle);
      box(RIGHT, top, SIDE, Math.max(4, leftOut.size() + 2) * LINE);
      text(RIGHT + 10, top + LINE, "left out:");
      for (int i = 0; i < leftOut.size(); i++) {
        Flow line = leftOut.get(i);
        text(RIGHT + 20, top + (i + 2) * LINE, words(line.reason()) + ": " + line.count());
      }
    }
  }

  static String words(String reason) {
    return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String count(List<Flow> part, String step) {
    return part.stream()
        .filter(line -> line.step().equals(step))
        .map(Flow::count)
        .findFirst()
        .orElse("");
  }

  private void box(int x, int y, int width, int height) {
    svg.empty(
        "rect",
        "x",
        Integer.toString(x),
        "y",
        Integer.toString(y),
        "width",
        Integer.toString(width),
        "height",
        Integer.toString(height),
        "fill",
        "#ffffff",
        "stroke",
        "#333333");
  }

  private void line(int x1, int y1, int x2, int y2) {
    svg.empty(
        "line",
        "x1",
        Integer.toString(x1),
        "y1",
        Integer.toString(y1),
        "x2",
        Integer.toString(x2),
        "y2",
        Integer.toString(y2),
        "stroke",
        "#333333");
  }

  private void text(int x, int y, String content) {
    svg.element(
        "text", content, "x", Integer.toString(x), "y", Integer.toString(y), "fill", "#1a1a1a");
  }
}

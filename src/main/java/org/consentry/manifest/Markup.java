package org.consentry.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/**
 * Writes HTML and SVG. Every text and attribute value is escaped; there is no way to put markup in,
 * only whole other markups, so nothing from a file of people can become an element.
 */
final class Markup {

  private static final String STYLE =
      """
      body{font:16px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;\
      margin:2rem auto;padding:0 1rem}
      h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #767676}
      table{border-collapse:collapse;width:100%;font-size:.875rem;margin:.5rem 0}
      caption{text-align:left;font-weight:600;padding:.25rem 0}
      th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;\
      overflow-wrap:anywhere}
      th{background:#f0f0f0}td.n{text-align:right;font-variant-numeric:tabular-nums}
      pre{background:#f0f0f0;padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
      .wide{overflow-x:auto}svg{max-width:100%;height:auto}
      @media print{body{margin:0;max-width:none;font-size:10pt}h2{break-after:avoid}\
      tr,svg{break-inside:avoid}.wide{overflow:visible}}
      """;

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> opened = new ArrayDeque<>();

  /** A page with its head written and its body open; {@link #bytes} closes it. */
  static Markup page(String title) {
    Markup page = new Markup();
    page.text.append("<!DOCTYPE html>\n");
    page.open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", title);
    page.text.append("<style>").append(STYLE).append("</style>\n");
    return page.close().open("body").open("main").element("h1", title);
  }

  private static String digest(String text) {
    byte[] digest = ReleaseFiles.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  /** Opens an element; attributes come as name, value, name, value. */
  Markup open(String tag, String... attributes) {
    start(tag, attributes).append(">\n");
    opened.push(tag);
    return this;
  }

  /** Closes what was opened last. */
  Markup close() {
    text.append("</").append(opened.pop()).append(">\n");
    return this;
  }

  /** An element without content, closed so that both HTML and XML take it. */
  Markup empty(String tag, String... attributes) {
    start(tag, attributes).append("/>\n");
    return this;
  }

  /** An element with text. */
  Markup element(String tag, String content, String... attributes) {
    start(tag, attributes).append('>').append(escape(content));
    text.append("</").append(tag).append(">\n");
    return this;
  }

  private StringBuilder start(String tag, String... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escape(attributes[i + 1])).append('"');
    }
    return text;
  }

  /** A whole other markup, all of whose elements are closed. */
  Markup put(Markup other) {
    if (!other.opened.isEmpty()) {
      throw new IllegalStateException("an element is still open");
    }
    text.append(other.text);
    return this;
  }

  /** A table with a caption and a line of heads; numbers stand to the right. */
  Markup table(String caption, List<String> heads, List<List<String>> lines) {
    open("div", "class", "wide").open("table").element("caption", caption);
    open("thead").open("tr");
    heads.forEach(head -> element("th", head, "scope", "col"));
    close().close().open("tbody");
    for (List<String> line : lines) {
      open("tr");
      for (String cell : line) {
        boolean number = cell.matches("[0-9]+|<11|withheld");
        if (number) {
          element("td", cell, "class", "n");
        } else {
          element("td", cell);
        }
      }
      close();
    }
    return close().close().close();
  }

  /** Closes what is open and returns the text. */
  byte[] bytes() {
    while (!opened.isEmpty()) {
      close();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escape(String content) {
    StringBuilder safe = new StringBuilder(content.length() + 16);
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return safe.toString();
  }
}

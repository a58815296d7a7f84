package org.consentry.plan;

import java.util.Locale;
import java.util.Set;

/** Lines of YAML in block style. */
final class DraftText {

  /** Words that YAML reads as something else, or that people misread. */
  private static final Set<String> YAML_WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();

  /** A name as YAML reads it back. */
  static String word(String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && !YAML_WORDS.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : "\"" + escaped(name) + "\"";
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
              } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                text.append(String.format(Locale.ROOT, "\\u%04X", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  /** A key with one value or a list of them. */
  void list(int depth, String key, Iterable<String> names, String remark) {
    line(depth, key + ":" + remark(remark));
    for (String name : names) {
      line(depth + 1, "- " + word(name));
    }
  }

  static String remark(String remark) {
    return remark.isEmpty() ? "" : "  # " + remark;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

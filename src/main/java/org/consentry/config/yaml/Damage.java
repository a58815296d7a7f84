package org.consentry.config.yaml;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A text whose lines with mistakes of syntax are taken out one by one. Lines keep their numbers.
 */
final class Damage {

  private static final Pattern KEY = Pattern.compile("( *(?:- )?)([A-Za-z0-9_.-]+)(: .*)");

  private final String[] lines;
  private final Set<Long> unread;

  /**
   * Takes a text.
   *
   * @param unread receives the lines that were taken out, from 1
   */
  Damage(String text, Set<Long> unread) {
    this.lines = text.split("\n", -1);
    this.unread = unread;
  }

  String text() {
    return String.join("\n", lines);
  }

  /** The line to take out: where brackets that are not closed begin, else where reading stopped. */
  long line(MarkedYamlEngineException syntax) {
    String context = String.valueOf(syntax.getContext());
    boolean isOpen = context.contains("flow") || context.contains("quoted");
    Mark mark =
        (isOpen ? syntax.getContextMark().or(syntax::getProblemMark) : syntax.getProblemMark())
            .or(syntax::getContextMark)
            .orElse(null);
    long line = mark == null ? 1 : mark.getLine() + 1L;
    return Math.min(line, lines.length);
  }

  /**
   * Leaves the key of a line, or nothing when that was left before; whether there was something.
   */
  boolean cut(long number) {
    int at = (int) number - 1;
    Matcher key = KEY.matcher(lines[at]);
    boolean isFirst = unread.add(number);
    if (lines[at].isBlank()) {
      return false;
    }
    lines[at] = isFirst && key.matches() ? key.group(1) + key.group(2) + ":" : "";
    return true;
  }
}

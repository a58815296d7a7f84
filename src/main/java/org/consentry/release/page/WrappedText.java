package org.consentry.release.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in lines that fit a width, for pictures: they cannot ask how wide a letter is. Letters
 * count as wide as they are in the widest of the usual fonts without serifs, so that a line may be
 * shorter than its room and is never longer.
 */
final class WrappedText {

  /** A blank where no line ends; it is written as a plain blank. */
  static final char UNBROKEN = '\u00a0';

  private static final String NARROW = " .,:;'|!()[]/ijlt\u2022\u00a0";
  private static final String WIDE = "mwMW@%";

  /** Where the scripts of East Asia begin, but for the marks among our narrow ones. */
  private static final int FULL_WIDTH = 0x1100;

  private static final String INDENT = "\u2003";

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final double room;
  private double used;

  private WrappedText(double room) {
    this.room = room;
  }

  /**
   * The lines of a text.
   *
   * @param width of the room in pixels; at least ten letters
   * @param size of the letters in pixels
   * @return at least one line; the second and later ones are indented
   */
  static List<String> of(String text, int width, int size) {
    WrappedText wrapped = new WrappedText((double) width / size);
    for (String word : text.split(" ", -1)) {
      wrapped.add(word);
    }
    wrapped.end();
    return wrapped.lines;
  }

  private void add(String word) {
    double blank = line.isEmpty() ? 0 : needed(" ");
    if (used + blank + needed(word) > room && !line.isEmpty()) {
      end();
      indent();
    } else if (!line.isEmpty()) {
      line.append(' ');
      used += blank;
    }
    word.codePoints().forEach(this::letter);
  }

  /** A word that is longer than a line goes on in the next one. */
  private void letter(int letter) {
    if (used + ems(letter) > room) {
      end();
      indent();
    }
    line.appendCodePoint(letter);
    used += ems(letter);
  }

  private void indent() {
    line.append(INDENT);
    used = needed(INDENT);
  }

  private void end() {
    lines.add(line.toString().replace(UNBROKEN, ' '));
    line.setLength(0);
    used = 0;
  }

  /** How wide a text is, in sizes of its letters. */
  static double needed(String text) {
    return text.codePoints().mapToDouble(WrappedText::ems).sum();
  }

  private static double ems(int letter) {
    if (NARROW.indexOf(letter) >= 0) {
      return 0.42;
    }
    if (WIDE.indexOf(letter) >= 0 || letter >= FULL_WIDTH) {
      return 1;
    }
    return Character.isUpperCase(letter) || letter == '<' || letter == '_' ? 0.8 : 0.64;
  }
}

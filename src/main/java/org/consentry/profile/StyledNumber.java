package org.consentry.profile;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.data.Blanks;
import org.consentry.data.WrittenNumbers;

/**
 * How one value may be read as a number that is written for people.
 *
 * @param styles every style that it fits; none for what is no number, or begins with a needless
 *     zero, as codes do
 * @param sign its currency sign; empty for none
 * @param hasMark whether it has a point or a comma, which styles read differently
 * @param isAmount whether it has a sign, or a fraction of other than three digits: groups of three
 *     digits alone may be an identifier
 */
record StyledNumber(Set<NumberStyle> styles, String sign, boolean hasMark, boolean isAmount) {

  /** No number. */
  static final StyledNumber NONE = new StyledNumber(Set.of(), "", false, false);

  /** Signs that amounts of money have; a longer one before one that ends it. */
  private static final List<String> SIGNS =
      List.of("US$", "C$", "A$", "CHF", "EUR", "USD", "GBP", "Fr.", "€", "$", "£", "¥", "kr", "zł");

  private static final int LONGEST = 40;
  private static final int GROUP = 3;
  private static final String MARKS = ".,'\u2019 \u00A0\u202F\u2009";

  /** Digits alone are the same in each. */
  private static final Set<NumberStyle> ALL = EnumSet.allOf(NumberStyle.class);

  private static final Map<NumberStyle, WrittenNumbers> READERS = readers();

  StyledNumber {
    styles = Set.copyOf(styles);
  }

  private static Map<NumberStyle, WrittenNumbers> readers() {
    Map<NumberStyle, WrittenNumbers> readers = new EnumMap<>(NumberStyle.class);
    for (NumberStyle style : NumberStyle.values()) {
      readers.put(style, style.numbers());
    }
    return readers;
  }

  /**
   * Looks at a value.
   *
   * @param value without blanks at its ends; not empty
   */
  static StyledNumber of(String value) {
    if (value.length() > LONGEST) {
      return NONE;
    }
    int start = isSign(value.charAt(0)) ? 1 : 0;
    String sign =
        SIGNS.stream()
            .filter(each -> value.startsWith(each, start) || value.endsWith(each))
            .findFirst()
            .orElse("");
    String bare = without(value.substring(start), sign);
    if (!isOfNumber(bare)) {
      return NONE;
    }
    if (bare.chars().allMatch(StyledNumber::isDigit)) {
      return isPadded(bare) ? NONE : new StyledNumber(ALL, sign, false, !sign.isEmpty());
    }
    Set<NumberStyle> styles = EnumSet.noneOf(NumberStyle.class);
    READERS.forEach(
        (style, reader) -> {
          if (reader.plain(bare).filter(number -> !isPadded(number)).isPresent()) {
            styles.add(style);
          }
        });
    int mark = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
    boolean hasFraction = mark >= 0 && bare.length() - mark - 1 != GROUP;
    return new StyledNumber(styles, sign, mark >= 0, hasFraction || !sign.isEmpty());
  }

  private static boolean isPadded(String number) {
    return number.length() > 1 && number.charAt(0) == '0' && isDigit(number.charAt(1));
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static String without(String text, String sign) {
    return Blanks.trim(
        text.startsWith(sign)
            ? text.substring(sign.length())
            : text.substring(0, text.length() - sign.length()));
  }

  /** Digits and the marks of numbers. */
  private static boolean isOfNumber(String text) {
    return text.chars().anyMatch(StyledNumber::isDigit)
        && text.chars().allMatch(c -> isDigit(c) || MARKS.indexOf(c) >= 0);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}

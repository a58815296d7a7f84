package org.consentry.data;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a source writes numbers: {@code 1.234,50 €}. Separators of thousands divide groups of three
 * digits or are left out altogether; one currency sign may be before or after the number. What is
 * not written so is no number. Immutable.
 *
 * @param decimal the mark before the fraction, a point or a comma
 * @param thousands the mark between groups of three digits; a blank is any blank that stays on its
 *     line, and an apostrophe either of the two
 * @param currency signs that may be beside the number
 */
public record WrittenNumbers(char decimal, Optional<Character> thousands, List<String> currency) {

  /** A point, no separators, no signs. */
  public static final WrittenNumbers PLAIN = new WrittenNumbers('.', Optional.empty(), List.of());

  /** Blanks that stay on their line. */
  private static final String BLANKS = " \u00A0\u202F\u2009";

  private static final String APOSTROPHES = "'\u2019";

  /** The marks that may be between groups of three digits. */
  private static final String SEPARATORS = ".," + APOSTROPHES + BLANKS;

  /**
   * Checks the marks.
   *
   * @throws IllegalArgumentException with a message that begins with the key to blame
   */
  public WrittenNumbers {
    currency = List.copyOf(currency);
    if (!isDecimal(decimal)) {
      throw new IllegalArgumentException("decimal must be \".\" or \",\"");
    }
    if (thousands.filter(mark -> !isSeparator(mark)).isPresent()) {
      throw new IllegalArgumentException(
          "thousands must be \".\", \",\", \"'\" or a blank in quotes: \" \"");
    }
    if (thousands.filter(mark -> mark == decimal).isPresent()) {
      throw new IllegalArgumentException(
          "thousands must differ from decimal, which is \"" + decimal + "\"");
    }
    for (String sign : currency) {
      if (!isCurrency(sign)) {
        throw new IllegalArgumentException(
            "currency must list signs such as €, $ or CHF: up to 8 characters without digits,"
                + " blanks, signs and separators of numbers");
      }
    }
  }

  /** Whether a mark may be before the fraction of a number. */
  public static boolean isDecimal(char mark) {
    return mark == '.' || mark == ',';
  }

  /** Whether a mark may be between groups of three digits. */
  public static boolean isSeparator(char mark) {
    return SEPARATORS.indexOf(mark) >= 0;
  }

  /** Whether a text may be a sign of currency. */
  public static boolean isCurrency(String text) {
    return text.matches("[^\\d\\s+.,'\u2019\u00A0\u202F\u2009-]{1,8}");
  }

  /**
   * The same number as programs write it, {@code 1234.50}.
   *
   * @param cell without blanks at its ends
   * @return empty when it is no number of this format
   */
  public Optional<String> plain(String cell) {
    String sign = sign(cell);
    String rest = cell.substring(sign.length());
    String bare = withoutCurrency(rest);
    if (sign.isEmpty() && !bare.equals(rest)) {
      sign = sign(bare);
      bare = bare.substring(sign.length());
    }
    return digits(bare).map((sign.equals("-") ? "-" : "")::concat);
  }

  private static String sign(String text) {
    return text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
  }

  private String withoutCurrency(String text) {
    List<String> longestFirst =
        currency.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    for (String sign : longestFirst) {
      if (text.startsWith(sign)) {
        return Blanks.trim(text.substring(sign.length()));
      }
      if (text.endsWith(sign)) {
        return Blanks.trim(text.substring(0, text.length() - sign.length()));
      }
    }
    return text;
  }

  private Optional<String> digits(String text) {
    int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
    int end = exponentAt < 0 ? text.length() : exponentAt;
    String exponent = text.substring(end);
    int point = text.lastIndexOf(decimal, end);
    String fraction = point < 0 || point >= end ? "" : text.substring(point + 1, end);
    Optional<String> whole = whole(text.substring(0, point < 0 || point >= end ? end : point));
    boolean fits =
        areDigits(fraction)
            && whole.filter(digits -> digits.length() + fraction.length() > 0).isPresent()
            && (exponent.isEmpty() || exponent.matches("[eE][+-]?[0-9]{1,4}"));
    return fits
        ? whole.map(digits -> digits + (fraction.isEmpty() ? "" : "." + fraction) + exponent)
        : Optional.empty();
  }

  private Optional<String> whole(String text) {
    if (areDigits(text)) {
      return Optional.of(text);
    }
    StringBuilder digits = new StringBuilder();
    int group = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        group++;
      } else if (dividesHere(c)
          && (digits.length() == group ? group >= 1 && group <= 3 : group == 3)) {
        group = 0;
      } else {
        return Optional.empty();
      }
    }
    return group == 3 && digits.length() > 3 ? Optional.of(digits.toString()) : Optional.empty();
  }

  private boolean dividesHere(char c) {
    return thousands.filter(mark -> kind(mark).indexOf(c) >= 0).isPresent();
  }

  private static String kind(char mark) {
    if (BLANKS.indexOf(mark) >= 0) {
      return BLANKS;
    }
    return APOSTROPHES.indexOf(mark) >= 0 ? APOSTROPHES : String.valueOf(mark);
  }

  private static boolean areDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** In words, for people. */
  public String words() {
    StringBuilder words = new StringBuilder("decimal ").append(decimal);
    thousands.ifPresent(mark -> words.append(", thousands \"").append(mark).append('"'));
    if (!currency.isEmpty()) {
      words.append(", currency ").append(String.join(" ", currency));
    }
    return words.toString();
  }
}

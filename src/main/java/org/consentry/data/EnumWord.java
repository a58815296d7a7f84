package org.consentry.data;

import java.util.Locale;

/** The word of an enum constant in files, pages and messages: lower case, joined by {@code -}. */
public final class EnumWord {

  private EnumWord() {}

  /** The word of a constant, such as {@code de-identified}. */
  public static String of(Enum<?> constant) {
    return ofName(constant.name());
  }

  /** The word of a constant's name. */
  public static String ofName(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of the constant that has a word, such as {@code DE_IDENTIFIED}. */
  public static String name(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

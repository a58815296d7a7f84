package org.consentry.config;

import java.util.regex.Pattern;

/**
 * Words of a file as messages may show them: short names and words only. A long text or one with
 * unusual characters might be a secret or a person's, so it is described instead.
 */
public final class SafeWord {

  private static final int MAX_LENGTH = 40;
  private static final int MAX_PATH = 100;
  private static final int MAX_PLACEHOLDER = 100;

  private static final Pattern PATH = Pattern.compile("[\\p{L}\\p{N}\\p{M}_.:,/\\\\()~@%+= -]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.:,/()*<>+ -]+");
  private static final Pattern ASKED = Pattern.compile("[\\p{L}\\p{N}_.:,/()'+ -]+");

  private SafeWord() {}

  /** Returns a path in single quotes; the middle of a long one is left out. */
  public static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      return word(text);
    }
    int length = text.codePointCount(0, text.length());
    if (length <= MAX_PATH) {
      return "'" + text + "'";
    }
    int half = MAX_PATH / 2;
    return "'"
        + text.substring(0, text.offsetByCodePoints(0, half))
        + "..."
        + text.substring(text.offsetByCodePoints(0, length - half))
        + "'";
  }

  /** Returns the word in single quotes, or how long it is. */
  public static String word(String text) {
    if (text.isEmpty()) {
      return "an empty text";
    }
    int length = text.codePointCount(0, text.length());
    boolean plain = length <= MAX_LENGTH && WORD.matcher(text).matches();
    return plain ? "'" + text + "'" : "a text of " + length + " characters";
  }

  /** What a placeholder asks for, or {@code a value} where it is long or has unusual characters. */
  public static String asked(String meaning) {
    boolean plain = meaning.length() <= MAX_PLACEHOLDER && ASKED.matcher(meaning).matches();
    return plain ? meaning : "a value";
  }
}

package org.consentry.data;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words in angle brackets that a draft leaves for a person to replace, such as {@code <who receives
 * the data>}. A file that still has one is not finished: nothing is released by it.
 *
 * <p>Mail addresses ({@code Jane <jane@example.org>}), links, markup with an end ({@code
 * m<sup>2</sup>}) and words that systems write for a missing value ({@code <NA>}) are none.
 */
public final class Placeholder {

  private static final Pattern FORM = Pattern.compile("<(\\p{L}(?:[^<>\\p{Cntrl}]{0,198}\\S)?)>");

  /** What systems write where a value is missing. */
  private static final Set<String> MISSING =
      Set.of(
          "na", "n/a", "nan", "nat", "null", "none", "nil", "missing", "empty", "blank", "unknown");

  private Placeholder() {}

  /** The placeholder of that meaning. */
  public static String of(String meaning) {
    return "<" + meaning + ">";
  }

  /** What is to be written in place of the first placeholder of a text; empty when it has none. */
  public static Optional<String> in(String text) {
    if (text.indexOf('<') < 0 || text.contains("</")) {
      return Optional.empty();
    }
    return FORM.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(Placeholder::isMeaning)
        .findFirst();
  }

  private static boolean isMeaning(String words) {
    return !words.contains("@")
        && !words.contains(":/")
        && !words.endsWith("/")
        && !MISSING.contains(words.toLowerCase(Locale.ROOT));
  }
}

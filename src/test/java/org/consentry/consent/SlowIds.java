package org.consentry.consent;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The comparison of ids once more, slowly and by regular expressions, for the letters that the
 * property uses.
 */
final class SlowIds {

  private static final String BLANK =
      "[\\p{Z}\\p{Cc}\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}"
          + "\\x{2800}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0100}-\\x{E01EF}]";

  private static final Map<String, String> LOOKS_LIKE =
      Map.ofEntries(
          Map.entry("\u0420", "P"), // Cyrillic
          Map.entry("\u0440", "p"),
          Map.entry("\u041E", "O"),
          Map.entry("\u043E", "o"),
          Map.entry("\u0405", "S"),
          Map.entry("\u0455", "s"),
          Map.entry("\u03A1", "P"), // Greek
          Map.entry("\u03C1", "p"),
          Map.entry("\u039F", "O"));

  private SlowIds() {}

  static String trim(String text) {
    return text.replaceAll("^" + BLANK + "+", "").replaceAll(BLANK + "+$", "");
  }

  /** Under which two rows of the subjects table are one patient. */
  static String person(String id) {
    return trim(Normalizer.normalize(id, Normalizer.Form.NFC))
        .codePoints()
        .mapToObj(c -> c == '\u00DF' ? "\u00DF" : Character.toString(c).toUpperCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  static boolean similar(String one, String other) {
    return forms(one).stream().anyMatch(forms(other)::contains);
  }

  private static Set<String> forms(String id) {
    String upper = Normalizer.normalize(id, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
    String lower = upper.toLowerCase(Locale.ROOT);
    return Stream.of(upper, lower, upper.replace("\u00AD", "-"), lower.replace("\u00AD", "-"))
        .map(SlowIds::form)
        .filter(form -> !form.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String form(String text) {
    String plain = text.replaceAll(BLANK, "").replaceAll("[\\p{Pd}\u2212]", "-");
    for (Map.Entry<String, String> letter : LOOKS_LIKE.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    String digits =
        plain
            .codePoints()
            .mapToObj(
                c -> Character.isDigit(c) ? "" + Character.digit(c, 10) : Character.toString(c))
            .collect(Collectors.joining());
    return digits
        .replaceAll("[oO0]", "0")
        .replaceAll("[lLI1|]", "1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("(?<![0-9])0+(?=[0-9])", "");
  }
}

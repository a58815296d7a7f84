package org.consentry.consent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.data.Blanks;

/**
 * The forms of a word in which it is compared when it must not be missed because of how it was
 * typed: compatibility forms are one (NFKD), blanks and format characters are left out, digits of
 * any script count by their value, every dash is a hyphen, characters that Unicode lists as
 * confusable are one (UTS #39, {@code confusables.txt}), letter case does not matter, and neither
 * do zeros before a number. Two words may mean the same when they share a form. Only restrictions
 * are compared like this: it finds too much rather than too little.
 */
final class Confusables {

  private static final Map<Integer, String> PROTOTYPES = readBundled();
  private static final int SOFT_HYPHEN = 0xAD;
  private static final String[] ASCII =
      IntStream.range(0, 0x80).mapToObj(Confusables::folded).toArray(String[]::new);

  private Confusables() {}

  /**
   * Every form of a word: as written, in upper and in lower case, because letters that differ in
   * one case look alike in the other; where it contains a soft hyphen, with and without it. None
   * for a word of blanks.
   */
  static Set<String> forms(String word) {
    Set<String> forms = new LinkedHashSet<>();
    add(word, forms);
    if (word.indexOf(SOFT_HYPHEN) >= 0) {
      add(word.replace((char) SOFT_HYPHEN, '-'), forms);
    }
    forms.remove("");
    return forms;
  }

  /** One form, always the same for the same word: that of the word in upper case. */
  static String form(String word) {
    return skeleton(visible(word).toUpperCase(Locale.ROOT));
  }

  private static void add(String word, Set<String> forms) {
    String visible = visible(word);
    String upper = visible.toUpperCase(Locale.ROOT);
    forms.add(skeleton(upper));
    forms.add(skeleton(upper.toLowerCase(Locale.ROOT)));
    if (!visible.equals(upper)) {
      forms.add(skeleton(visible));
    }
  }

  private static String visible(String word) {
    if (isVisible(word)) {
      return word;
    }
    String plain = Normalizer.normalize(word, Normalizer.Form.NFKD);
    StringBuilder visible = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
      int character = plain.codePointAt(i);
      if (!Blanks.isBlank(character)) {
        visible.appendCodePoint(character);
      }
    }
    return visible.toString();
  }

  /** Whether a word has ASCII characters alone of which each can be seen. */
  private static boolean isVisible(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) <= ' ' || word.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String skeleton(String visible) {
    StringBuilder skeleton = new StringBuilder(visible.length());
    for (int i = 0; i < visible.length(); i += Character.charCount(visible.codePointAt(i))) {
      int character = visible.codePointAt(i);
      skeleton.append(character < ASCII.length ? ASCII[character] : folded(character));
    }
    return withoutLeadingZeros(skeleton);
  }

  /** What a character is read as; the table writes 0 as O, and 1 as l. */
  private static String folded(int character) {
    return prototype(character).toLowerCase(Locale.ROOT).replace('o', '0').replace('l', '1');
  }

  private static String prototype(int character) {
    if (Character.getType(character) == Character.DASH_PUNCTUATION) {
      return "-";
    }
    int digit = Character.digit(character, 10);
    int plain = digit < 0 ? character : '0' + digit;
    String known = PROTOTYPES.get(plain);
    return known == null ? Character.toString(plain) : known;
  }

  /** Drops the zeros with which a run of digits begins, but not its last digit. */
  private static String withoutLeadingZeros(StringBuilder text) {
    StringBuilder kept = new StringBuilder(text.length());
    boolean leading = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean before = i + 1 < text.length() && isDigit(text.charAt(i + 1));
      if (leading && c == '0' && before) {
        continue;
      }
      leading = !isDigit(c);
      kept.append(c);
    }
    return kept.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Map<Integer, String> readBundled() {
    Map<Integer, String> prototypes = new HashMap<>();
    try (InputStream in =
            Objects.requireNonNull(
                Confusables.class.getResourceAsStream("confusables.txt"), "list of confusables");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .forEach(
              cells ->
                  Arrays.stream(cells[1].split(" "))
                      .map(code -> Integer.parseInt(code, 16))
                      .forEach(code -> prototypes.put(code, prototype(cells[0]))));
    } catch (IOException e) {
      throw new UncheckedIOException("the list of confusables cannot be read", e);
    }
    return Map.copyOf(prototypes);
  }

  private static String prototype(String codes) {
    return Arrays.stream(codes.split("\\+"))
        .map(code -> Character.toString(Integer.parseInt(code, 16)))
        .collect(Collectors.joining());
  }
}

package org.consentry.profile;

import java.util.List;
import java.util.Set;

/**
 * Finds identifying content in values and texts, whatever their column is called. Immutable and
 * thread-safe. The time is linear in the length of a text, for every text.
 */
public final class Detectors {

  private static final int UUID_LENGTH = 36;
  private static final Detectors USUAL = new Detectors();

  private Detectors() {}

  /** The detectors that every profile and scan uses. */
  public static Detectors usual() {
    return USUAL;
  }

  /**
   * The kinds of content that a value of a column certainly has the form of.
   *
   * @param value the whole cell
   * @return unmodifiable, empty for most values
   */
  public Set<ContentKind> of(CharSequence value) {
    if (isPlain(value)) {
      return Set.of();
    }
    Places places = new Places();
    new Pass(value, places).run();
    if (!places.has(ContentKind.NAME) && WholeNames.of(value) == WholeNames.Answer.YES) {
      places.add(ContentKind.NAME);
    }
    if (FreeText.is(value)) {
      places.add(ContentKind.FREE_TEXT);
    }
    return places.kinds();
  }

  /**
   * The kinds that a value may be, when most values of its column may be as well: nine digits are a
   * social security number, five a ZIP code, a number near 40,000 the day of a spreadsheet, an
   * ordinary word a name. Weaker than {@link #of}, and apart from it.
   *
   * @param value the whole cell
   * @return unmodifiable
   */
  public Set<ContentKind> hints(CharSequence value) {
    Places places = new Places();
    Hints.add(value, places);
    return places.kinds();
  }

  /**
   * All places with identifying content, in the order of the text.
   *
   * @param text any text, of any length
   * @return unmodifiable; places may overlap only where one kind is part of another, such as the
   *     date that is a birth date
   */
  public List<Found> find(CharSequence text) {
    Places places = new Places();
    new Pass(text, places).run();
    return places.list();
  }

  /** Whether a name is an ordinary word of English or medicine as well; case does not matter. */
  public boolean isOrdinaryWord(CharSequence name) {
    return (NameList.of(WordTable.hash(name, 0, name.length())) & NameList.ORDINARY) != 0;
  }

  /**
   * Whether a value is surely nothing: too short, a short number, a decimal number, a short word in
   * small letters, or a UUID. Most cells are one of these.
   */
  private static boolean isPlain(CharSequence value) {
    int length = value.length();
    if (length < 3) {
      return true;
    }
    if (length > 20) {
      return length == UUID_LENGTH && isUuid(value);
    }
    int first = Chars.digitsEnd(value, value.charAt(0) == '-' ? 1 : 0);
    if (first > 0 && first < 8 && Chars.at(value, first) == '.') {
      // Ten digits with a dot after the third may be a telephone number.
      return Chars.digitsEnd(value, first + 1) == length && length - first != 8;
    }
    int digits = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (Chars.isDigit(c)) {
        digits++;
      } else if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return digits == 0 || (digits == length && length < 8);
  }

  private static boolean isUuid(CharSequence value) {
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      char c = value.charAt(i);
      if (hyphen ? c != '-' : !Chars.isHex(c)) {
        return false;
      }
    }
    return true;
  }
}

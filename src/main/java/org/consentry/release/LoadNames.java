package org.consentry.release;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that Stata, SPSS and SAS accept: a letter, then letters, digits and {@code _}, at most
 * {@value #LONGEST} in all (the limit of Stata and SAS; SPSS takes 64 bytes), no word of their
 * languages, and different in more than upper and lower case (SPSS and SAS). The same in all three.
 */
final class LoadNames {

  private static final int LONGEST = 32;

  /** Words of Stata ("help reserved") and SPSS ("Variable names") that name no variable. */
  private static final Set<String> RESERVED =
      Set.of(
          "all", "and", "by", "byte", "double", "eq", "float", "ge", "gt", "if", "in", "int", "le",
          "long", "lt", "ne", "not", "or", "strl", "to", "using", "with");

  private LoadNames() {}

  /**
   * Legal names.
   *
   * @param names different names
   * @return the legal name of each, in the order given; a name that is legal already is kept
   */
  static List<String> of(List<String> names) {
    Set<String> taken = new HashSet<>();
    Set<String> kept = new HashSet<>();
    for (String name : names) {
      if (legal(name).equals(name) && taken.add(name.toLowerCase(Locale.ROOT))) {
        kept.add(name);
      }
    }
    return names.stream()
        .map(name -> kept.contains(name) ? name : free(legal(name), taken))
        .toList();
  }

  private static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      String end = "_" + i;
      name = wanted.substring(0, Math.min(wanted.length(), LONGEST - end.length())) + end;
    }
    return name;
  }

  private static String legal(String name) {
    String letters =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^A-Za-z0-9_]", "_")
            .replaceAll("_+$", "");
    String lower = letters.toLowerCase(Locale.ROOT);
    boolean isWord = RESERVED.contains(lower) || lower.matches("str[0-9]+");
    boolean begins = letters.matches("[A-Za-z].*");
    String begun = begins && !isWord ? letters : "v_" + letters;
    return begun.substring(0, Math.min(begun.length(), LONGEST)).replaceAll("_+$", "");
  }
}

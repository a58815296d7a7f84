package org.consentry.operator.rules;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The twelve rows of the clinic's table, written out by hand over strings: the reference
 * implementation of the compiled rules. Takes well-formed codes only.
 */
public final class PlainTable {

  private static final Pattern A =
      Pattern.compile(
          "1577[56]|1578[01236789]|1579[0123]|15819|1582[01456789]|1583[2-9]|15847|1587[6-9]"
              + "|1195[0-4]|17380|19316|19325|19355|36468|69090|69300|2112[0-3]|21270|30400|30410"
              + "|30430");
  private static final Pattern C =
      Pattern.compile(
          "19357|19361|19364|1936[789]|1934[02]|19350|1937[01]|19380|19316|19318|19325|1192[012]"
              + "|1197[01]|15769|1577[12]|19328|19330|L8600|S206[678]");
  private static final Pattern CAUSE =
      Pattern.compile("[QSTC].*|D05.*|L90\\.5|L91\\.0|M95\\.0|G51\\.0|Z42.*|Z85.*|Z90\\.1.*|N65.*");
  private static final Pattern FINDING =
      Pattern.compile("H02.*|H53\\.4.*|L30\\.4|L98\\.7|E65|N62|J34\\.2|J34\\.3|M79\\.3");
  private static final Pattern BREAST =
      Pattern.compile("Z42\\.1|Z90\\.1.*|Z85\\.3|C50.*|D05.*|Z40\\.01|N65.*");
  private static final Pattern ACUTE = Pattern.compile("(T2[0-8]|S..)\\....A");

  private PlainTable() {}

  public static String label(String procedure, List<String> diagnoses, Functional functional) {
    boolean a = A.matcher(procedure).matches();
    boolean b = isConditional(procedure);
    boolean c = C.matcher(procedure).matches();
    boolean d = isCongenital(procedure);
    boolean e = isBurn(procedure);
    boolean wanted = diagnoses.contains("Z41.1");
    boolean cause = any(diagnoses, CAUSE);
    boolean yes = functional == Functional.YES;
    if (!(a || b || c || d || e) || diagnoses.isEmpty()) {
      return "INDETERMINATE MISSING_CODE";
    }
    if (wanted) {
      return cause || any(diagnoses, FINDING) || yes ? "INDETERMINATE CONFLICT" : "COSMETIC Z41.1";
    }
    if (c && any(diagnoses, BREAST) && !yes) {
      return "RECONSTRUCTIVE_BY_BENEFIT MANDATE_WHCRA";
    }
    if (yes && (b || c || d || e || cause)) {
      return "RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION";
    }
    if (e && any(diagnoses, ACUTE)) {
      return "RECONSTRUCTIVE_MEDICALLY_NECESSARY ACUTE";
    }
    if (cause) {
      return "RECONSTRUCTIVE_BY_BENEFIT ABNORMAL_STRUCTURE";
    }
    if (b) {
      return functional == Functional.NO
          ? "COSMETIC CRITERIA_NOT_MET"
          : "INDETERMINATE NO_FUNCTIONAL_DATA";
    }
    return a && !c && !d && !e ? "COSMETIC PROCEDURE_LIST" : "INDETERMINATE NO_RULE";
  }

  private static boolean any(List<String> diagnoses, Pattern pattern) {
    Predicate<String> matches = pattern.asMatchPredicate();
    return diagnoses.stream().anyMatch(matches);
  }

  private static boolean isConditional(String procedure) {
    return procedure.equals("J0585")
        || number(procedure, 15822, 15823, 67900, 67908, 15830, 15830, 19300, 19300, 19318, 19318)
        || number(procedure, 30400, 30450, 30465, 30465, 30468, 30469, 30520, 30520)
        || number(procedure, 15832, 15839, 69300, 69300, 14000, 14302, 15002, 15278)
        || number(procedure, 13100, 13160, 11400, 11446, 64612, 64612, 64615, 64615);
  }

  private static boolean isCongenital(String procedure) {
    return number(procedure, 40700, 40761, 42200, 42281, 30460, 30460, 30462, 30462)
        || number(procedure, 21137, 21180, 69310, 69310, 69320, 69320, 26560, 26562);
  }

  private static boolean isBurn(String procedure) {
    return number(procedure, 15002, 15278, 16000, 16036, 15736, 15736, 15738, 15738)
        || number(procedure, 14000, 14350);
  }

  private static boolean number(String procedure, int... bounds) {
    if (!procedure.matches("\\d{5}")) {
      return false;
    }
    int number = Integer.parseInt(procedure);
    for (int i = 0; i < bounds.length; i += 2) {
      if (number >= bounds[i] && number <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  public static String anyProcedure(SplittableRandom random) {
    List<String> near =
        List.of(
            "15820", "15822", "15823", "15830", "15832", "15839", "15840", "69300", "19316",
            "19318", "19325", "19357", "L8600", "S2067", "J0585", "40700", "40761", "40762",
            "42281", "14000", "14302", "14303", "14350", "14351", "15002", "15278", "15279",
            "16036", "21137", "26560", "30400", "30450", "30460", "30465", "11954", "17380",
            "36468", "15847", "64612", "13160", "99213", "G0429");
    return random.nextInt(3) == 0
        ? Integer.toString(10_000 + random.nextInt(60_000))
        : near.get(random.nextInt(near.size()));
  }

  public static String anyDiagnosis(SplittableRandom random) {
    List<String> near =
        List.of(
            "Z41.1",
            "Z41.8",
            "Z42.1",
            "Z42.8",
            "Z40.01",
            "Z40.02",
            "Z85.3",
            "Z85.828",
            "Z90.11",
            "Z90.2",
            "C50.911",
            "C44.311",
            "C4A.0",
            "D05.12",
            "D22.39",
            "N65.0",
            "N64.81",
            "N62",
            "Q35.9",
            "Q37.9",
            "Q38.0",
            "Q67.4",
            "Q82.5",
            "S01.411A",
            "S01.411D",
            "S02.2XXB",
            "S02.2XXS",
            "T20.39XA",
            "T24.331A",
            "T28.0XXA",
            "T29.0XXA",
            "T31.0",
            "T85.44XA",
            "L90.5",
            "L90.4",
            "L91.0",
            "M95.0",
            "M95.1",
            "G51.0",
            "G51.1",
            "H02.834",
            "H02.403",
            "H53.40",
            "H53.30",
            "L30.4",
            "L98.7",
            "E65",
            "E66.01",
            "J34.2",
            "J34.3",
            "J34.89",
            "M79.3",
            "F64.0",
            "I83.811");
    return near.get(random.nextInt(near.size()));
  }
}

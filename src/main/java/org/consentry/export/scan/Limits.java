package org.consentry.export.scan;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.export.scan.CellHits.Mark;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.export.scan.ScanRules.FinestDate;

/** Dates, ages and ZIP codes that are finer than a release may be. Stateless. */
final class Limits {

  static final Mark DATE = new Mark(Evidence.LIMIT, "date");
  static final Mark COMPACT_DATE = new Mark(Evidence.LIMIT, "compact-date");
  static final Mark AGE = new Mark(Evidence.LIMIT, "age");
  static final Mark ZIP = new Mark(Evidence.LIMIT, "zip-code");

  private static final Pattern MONTH =
      Pattern.compile(
          "(?i)(?:19|20)\\d\\d[-/](?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/](?:19|20)\\d\\d"
              + "|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?,? +(?:19|20)\\d\\d");

  private static final Pattern AGE_IN_TEXT =
      Pattern.compile(
          "(?i)\\b(1?\\d\\d)[ -]?(?:(?:years?|yrs?|y)[ -]?(?:old|of age|/?o\\b)|jahre alt|jahrig)"
              + "|\\b(?:aged?|age is|age of)[:=]? {0,2}(1?\\d\\d)\\b");

  private static final Pattern ZIP_IN_TEXT =
      Pattern.compile(
          "\\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
              + "|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]),? {1,2}(\\d{5})(?:-\\d{4})?\\b"
              + "|(?i:\\b(?:zip|postal)(?: ?code)?[:= ]{1,3})(\\d{4,5})(?:-\\d{4})?\\b");

  private static final Pattern ZIP_CELL = Pattern.compile("(\\d{4,5})(?:-?\\d{4})?");

  private Limits() {}

  static void find(
      Segments s, String normal, ScanRules rules, Place place, FewNumbers days, Set<Mark> marks) {
    if (place == Place.TEXT || !hasDigits(s)) {
      return;
    }
    dates(s, normal, rules, days, marks);
    age(s, normal, rules, place, marks);
    zip(s, normal, rules, place, marks);
  }

  /** Whether ages and ZIP codes can be named in words. */
  private static boolean hasLetters(Segments s) {
    for (int i = 0; i < s.runs; i++) {
      if (!s.digits[i]) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigits(Segments s) {
    for (int i = 0; i < s.runs; i++) {
      if (s.digits[i] && s.size(i) > 1) {
        return true;
      }
    }
    return false;
  }

  private static void dates(
      Segments s, String normal, ScanRules rules, FewNumbers days, Set<Mark> marks) {
    for (int i = 0; i < s.runs; i++) {
      long[] at = DateForms.at(s, i);
      for (long day : at) {
        days.add(day);
      }
      if (at.length > 0 && rules.finestDate() != FinestDate.DAY && !s.isOfCode(i)) {
        boolean compact = s.digits[i] && s.size(i) == 8;
        marks.add(compact ? COMPACT_DATE : DATE);
      }
    }
    if (rules.finestDate() == FinestDate.YEAR && s.runs <= 3 && MONTH.matcher(normal).matches()) {
      marks.add(DATE);
    }
  }

  private static void age(
      Segments s, String normal, ScanRules rules, Place place, Set<Mark> marks) {
    if (place == Place.AGE) {
      int value = smallNumber(normal);
      if (value > rules.oldestAge() && value < 130) {
        marks.add(AGE);
      }
    }
    if (!hasLetters(s)) {
      return;
    }
    Matcher text = AGE_IN_TEXT.matcher(normal);
    while (text.find()) {
      String digits = text.group(1) != null ? text.group(1) : text.group(2);
      int value = Integer.parseInt(digits);
      if (value > rules.oldestAge() && value < 130) {
        marks.add(AGE);
      }
    }
  }

  /** A whole number, or one with decimals, up to 999; -1 for anything else. */
  private static int smallNumber(String text) {
    String number = text.strip();
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    return whole.matches("\\d{1,3}") ? Integer.parseInt(whole) : -1;
  }

  private static void zip(
      Segments s, String normal, ScanRules rules, Place place, Set<Mark> marks) {
    if (rules.zipDigits() >= 5) {
      return;
    }
    boolean cell = place == Place.ZIP && ZIP_CELL.matcher(normal.strip()).matches();
    if (cell || (hasLetters(s) && ZIP_IN_TEXT.matcher(normal).find())) {
      marks.add(ZIP);
    }
  }
}

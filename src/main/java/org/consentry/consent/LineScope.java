package org.consentry.consent;

import org.consentry.consent.ConsentLine.Categories;
import org.consentry.data.RecordCategory;

/**
 * Which records a line is about: a set of categories and a window of days, as three ints.
 *
 * <p>A permit grants what it names and nothing else; a restriction covers everything it does not
 * leave out, and what it seems to leave out as well.
 */
final class LineScope {

  /** Number of ints. */
  static final int WORDS = 3;

  /** Before every day: the start of an open window. */
  static final int EVER = Integer.MIN_VALUE;

  /** After every day: the end of an open window. */
  static final int FOREVER = Integer.MAX_VALUE;

  /** Every category. */
  static final int ALL = all();

  private static final int BY_STAR = byStar();

  private LineScope() {}

  /** Writes categories, first day and last day of a permit. An unstated bound is no window. */
  static void ofPermit(ConsentLine line, int[] words) {
    Categories in = line.categoriesIn();
    Categories ex = line.categoriesEx();
    int granted = (int) in.named() | (in.everything() ? BY_STAR : 0);
    words[0] = ex.everything() ? 0 : granted & (int) ~ex.named();
    boolean stated = line.dataFrom() != ConsentLine.NO_DAY && line.dataTo() != ConsentLine.NO_DAY;
    words[1] = stated ? from(line) : FOREVER;
    words[2] = stated ? to(line) : EVER;
  }

  /** Writes categories, first day and last day of a restriction. */
  static void ofRestriction(ConsentLine line, int[] words) {
    Categories in = line.categoriesIn();
    Categories ex = line.categoriesEx();
    boolean everything = in.isEmpty() || in.everything() || ex.everything();
    words[0] = everything ? ALL : (int) (in.named() | ex.named());
    words[1] = from(line);
    words[2] = to(line);
  }

  /** Whether a restriction leaves nothing of a person's records. */
  static boolean isWhole(int[] words) {
    return words[0] == ALL && words[1] == EVER && words[2] == FOREVER;
  }

  static int bit(RecordCategory category) {
    return (int) category.bit();
  }

  private static int from(ConsentLine line) {
    int day = line.dataFrom();
    return day == ConsentLine.NO_DAY || day == ConsentLine.ANY_DAY ? EVER : day;
  }

  private static int to(ConsentLine line) {
    int day = line.dataTo();
    return day == ConsentLine.NO_DAY || day == ConsentLine.ANY_DAY ? FOREVER : day;
  }

  private static int all() {
    int all = 0;
    for (RecordCategory category : RecordCategory.values()) {
      all |= Math.toIntExact(category.bit());
    }
    return all;
  }

  private static int byStar() {
    int byStar = 0;
    for (RecordCategory category : RecordCategory.values()) {
      byStar |= category.mustBeNamed() ? 0 : bit(category);
    }
    return byStar;
  }
}

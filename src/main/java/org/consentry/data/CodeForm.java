package org.consentry.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * How the codes of one domain are written: a prefix that shows what they name, {@code -}, and
 * {@value Codes#SIZE} characters of {@link Codes}. Two domains of a release have different
 * prefixes, so that the code of a visit is never taken for that of a patient.
 *
 * @param prefix 1 to {@value #LONGEST} letters from A to Z
 */
public record CodeForm(String prefix) {

  /** Letters of a prefix at most. */
  public static final int LONGEST = 4;

  /** The prefixes that there are, as a regular expression. */
  public static final String PREFIX = "[A-Z]{1,4}";

  public CodeForm {
    if (!prefix.matches(PREFIX)) {
      throw new IllegalArgumentException("a prefix is 1 to " + LONGEST + " letters from A to Z");
    }
  }

  /**
   * The form of a domain that has no prefix of its own: the first letter of its name.
   *
   * @param domain a word that begins with a letter from a to z
   */
  public static CodeForm usual(String domain) {
    return new CodeForm(domain.substring(0, 1).toUpperCase(Locale.ROOT));
  }

  /** Characters of a code, with its prefix. */
  public int size() {
    return prefix.length() + 1 + Codes.SIZE;
  }

  /** Every code of the form, as a regular expression. */
  public String pattern() {
    return prefix + "-[a-z2-7]{" + Codes.SIZE + "}";
  }

  /** The prefix, {@code -} and these characters. */
  public String of(String code) {
    return prefix + "-" + code;
  }

  /**
   * Writes a code.
   *
   * @param bytes the first 16 bytes from position {@code from} count
   * @param text receives {@link #size()} characters from position {@code at}
   */
  public void encode(byte[] bytes, int from, byte[] text, int at) {
    int next = at;
    for (int i = 0; i < prefix.length(); i++) {
      text[next++] = (byte) prefix.charAt(i);
    }
    text[next++] = '-';
    Codes.encode(bytes, from, text, next);
  }

  /** The keyed code of one id in normal form. */
  public String keyed(Prf prf, byte[] id) {
    byte[] answer = new byte[Prf.SIZE];
    prf.compute(id, 0, id.length, answer, 0);
    byte[] text = new byte[size()];
    encode(answer, 0, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /**
   * The keyed codes of many subjects.
   *
   * @param selected whose code is wanted
   * @return one row per subject, missing for those not selected
   * @throws IllegalArgumentException for more than some 69 million selected subjects
   */
  public BytesColumn keyed(Prf prf, SubjectKeys keys, IntPredicate selected) {
    BytesColumn column = emptyColumn(keys.size(), selected);
    byte[] answer = new byte[Prf.SIZE];
    for (int subject = 0; subject < keys.size(); subject++) {
      if (!column.isMissing(subject)) {
        byte[] id = keys.key(subject);
        prf.compute(id, 0, id.length, answer, 0);
        encode(answer, 0, column.buffer(), column.starts()[subject]);
      }
    }
    return column;
  }

  /** A column with room for a code per selected subject, to be filled. */
  public BytesColumn emptyColumn(int subjects, IntPredicate selected) {
    int[] starts = new int[subjects];
    int[] ends = new int[subjects];
    long end = 0;
    for (int subject = 0; subject < subjects; subject++) {
      boolean wanted = selected.test(subject);
      starts[subject] = wanted ? (int) end : BytesColumn.MISSING;
      end += wanted ? size() : 0;
      ends[subject] = wanted ? (int) end : BytesColumn.MISSING;
      if (end > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("more subjects than one column of codes can have");
      }
    }
    return new BytesColumn(subjects, new byte[(int) end], starts, ends);
  }
}

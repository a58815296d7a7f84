package org.consentry.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * How the codes of one domain are written: a prefix that shows what they name, {@code -}, and
 * {@value Codes#SIZE} characters of {@link Codes}. Two domains of a release have different
 * prefixes, so that the code of a visit is never taken for that of a patient. Codes that are
 * numbers have no prefix: {@link #INTEGER}.
 *
 * @param prefix 1 to {@value #LONGEST} letters from A to Z; empty for numbers
 */
public record CodeForm(String prefix) {

  /** Letters of a prefix at most. */
  public static final int LONGEST = 4;

  /** The prefixes that there are, as a regular expression. */
  public static final String PREFIX = "[A-Z]{1,4}";

  /** Codes that are numbers: {@link IntegerCodes}. */
  public static final CodeForm INTEGER = new CodeForm("");

  public CodeForm {
    if (!prefix.isEmpty() && !prefix.matches(PREFIX)) {
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

  /** The prefix, or a word for numbers: what all codes of the form have in common. */
  public String word() {
    return isInteger() ? "integer" : prefix;
  }

  /** Whether codes are numbers. */
  public boolean isInteger() {
    return prefix.isEmpty();
  }

  /**
   * What names the secrets of a domain's codes of this form, so that a number and a text are never
   * made of the same secret.
   */
  public String secrets(String domain) {
    return isInteger() ? domain + ".integer" : domain;
  }

  /** Characters of a code, with its prefix. */
  public int size() {
    return isInteger() ? IntegerCodes.DIGITS : prefix.length() + 1 + Codes.SIZE;
  }

  /** How many of its last characters differ from code to code. */
  public int ownSize() {
    return isInteger() ? IntegerCodes.DIGITS : Codes.SIZE;
  }

  /** Every code of the form, as a regular expression. */
  public String pattern() {
    return isInteger()
        ? "1[0-9]{" + (IntegerCodes.DIGITS - 1) + "}"
        : prefix + "-[a-z2-7]{" + Codes.SIZE + "}";
  }

  /** The prefix, {@code -} and these characters; of a number the characters alone. */
  public String of(String code) {
    return isInteger() ? code : prefix + "-" + code;
  }

  /**
   * Writes a code.
   *
   * @param bytes the first 16 bytes from position {@code from} count; of a number the first four,
   *     which are the code
   * @param text receives {@link #size()} characters from position {@code at}
   */
  public void encode(byte[] bytes, int from, byte[] text, int at) {
    if (isInteger()) {
      IntegerCodes.write(ByteBuffer.wrap(bytes).getInt(from), text, at);
      return;
    }
    int next = at;
    for (int i = 0; i < prefix.length(); i++) {
      text[next++] = (byte) prefix.charAt(i);
    }
    text[next++] = '-';
    Codes.encode(bytes, from, text, next);
  }

  /** The keyed code of one id in normal form; never a number. */
  public String keyed(Prf prf, byte[] id) {
    if (isInteger()) {
      throw new IllegalStateException("a number of an id alone could be that of another id");
    }
    byte[] answer = new byte[Prf.SIZE];
    prf.compute(id, 0, id.length, answer, 0);
    byte[] text = new byte[size()];
    encode(answer, 0, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /**
   * The keyed codes of many subjects. A number is that of the subject's place among the keys: it is
   * no other subject's, and of this index alone.
   *
   * @param selected whose code is wanted
   * @return one row per subject, missing for those not selected
   * @throws IllegalArgumentException for more than some 69 million selected subjects
   */
  public BytesColumn keyed(Prf prf, SubjectKeys keys, IntPredicate selected) {
    BytesColumn column = emptyColumn(keys.size(), selected);
    byte[] answer = new byte[Prf.SIZE];
    KeyedPermutation permutation = new KeyedPermutation(prf);
    for (int subject = 0; subject < keys.size(); subject++) {
      if (!column.isMissing(subject)) {
        if (isInteger()) {
          ByteBuffer.wrap(answer).putInt(IntegerCodes.of(permutation.of(subject)));
        } else {
          byte[] id = keys.key(subject);
          prf.compute(id, 0, id.length, answer, 0);
        }
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

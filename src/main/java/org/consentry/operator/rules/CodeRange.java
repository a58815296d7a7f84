package org.consentry.operator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;

/**
 * The codes of one entry of a set: a code, a prefix with a hyphen behind it, or two ends with a
 * hyphen between them.
 *
 * @param low number of the lowest code, see {@link CodeKey}
 * @param high number of the highest
 */
record CodeRange(long low, long high) {

  /**
   * Reads an entry, strictly: upper case, with its point, codes that can exist.
   *
   * @return empty when no such code can exist, or its ends are the wrong way round
   */
  static Optional<CodeRange> read(CodeSet.Kind kind, String text) {
    if (!text.equals(text.toUpperCase(Locale.ROOT)) || !text.equals(text.strip())) {
      return Optional.empty();
    }
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return code(kind, text).map(key -> new CodeRange(key, key));
    }
    String first = text.substring(0, hyphen);
    String second = text.substring(hyphen + 1);
    if (second.isEmpty()) {
      return kind.isProcedure() ? procedurePrefix(first) : diagnosisPrefix(first);
    }
    if (first.length() != second.length()) {
      return Optional.empty();
    }
    Optional<CodeRange> low = code(kind, first).map(key -> new CodeRange(key, key));
    Optional<CodeRange> high =
        kind.isProcedure()
            ? code(kind, second).map(key -> new CodeRange(key, key))
            : diagnosisPrefix(second);
    return low.isPresent() && high.isPresent() && inOrder(kind, low.get(), high.get())
        ? Optional.of(new CodeRange(low.get().low(), high.get().high()))
        : Optional.empty();
  }

  /** A range of procedures runs from digits to digits, or within one letter's codes. */
  private static boolean inOrder(CodeSet.Kind kind, CodeRange low, CodeRange high) {
    boolean alike =
        !kind.isProcedure() || (low.low() >> CodeKey.FORM) == (high.low() >> CodeKey.FORM);
    return alike && low.low() <= high.low();
  }

  private static Optional<Long> code(CodeSet.Kind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    boolean pointed = kind.isProcedure() || text.length() <= 3 || text.charAt(3) == '.';
    boolean bare = !kind.isProcedure() || bytes.length == CodeKey.PROCEDURE_LENGTH;
    if (!pointed || !bare) {
      return Optional.empty();
    }
    long key =
        kind.isProcedure()
            ? CodeKey.procedure(bytes, 0, bytes.length)
            : CodeKey.diagnosis(bytes, 0, bytes.length);
    return key < 0 ? Optional.empty() : Optional.of(key);
  }

  /** A prefix of digits: what it can begin is a CPT code of digits. */
  private static Optional<CodeRange> procedurePrefix(String prefix) {
    int left = CodeKey.PROCEDURE_LENGTH - prefix.length();
    if (!prefix.matches("\\d{1,4}")) {
      return Optional.empty();
    }
    Optional<Long> high = code(CodeSet.Kind.PROCEDURE, prefix + "9".repeat(left));
    Optional<Long> low = code(CodeSet.Kind.PROCEDURE, prefix + "0".repeat(left));
    return high.map(key -> new CodeRange(low.orElse(0L), key));
  }

  private static Optional<CodeRange> diagnosisPrefix(String prefix) {
    String bare = prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) : prefix;
    if (bare.isEmpty() || (prefix.endsWith(".") && bare.length() != 3)) {
      return Optional.empty();
    }
    // The shortest code that begins so shows whether any can exist.
    String filler = bare.startsWith("F") ? "01" : "00";
    String shortest = bare.length() < 3 ? bare + filler.substring(bare.length() - 1) : bare;
    Optional<Long> code = code(CodeSet.Kind.DIAGNOSIS, shortest);
    int length = bare.replace(".", "").length();
    long free = (1L << (CodeKey.BITS * (CodeKey.DIAGNOSIS_LENGTH - length))) - 1;
    return code.map(key -> new CodeRange(key & ~free, key | free));
  }
}

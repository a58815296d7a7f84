package org.consentry.policy;

import java.util.List;
import java.util.stream.Stream;
import org.consentry.problem.Severity;

/**
 * What a policy may find. Names are stable: people acknowledge warnings by them.
 *
 * @param name upper-case words joined by {@code _}; a code of one target begins with its short word
 * @param severity an error refuses the run; a warning is for a person to look at
 */
public record FindingCode(String name, Severity severity) {

  static final FindingCode DATE_TWICE = new FindingCode("DATE_TWICE", Severity.ERROR);
  static final FindingCode DATE_TRUE_BESIDE_SHIFTED =
      new FindingCode("DATE_TRUE_BESIDE_SHIFTED", Severity.WARNING);
  static final FindingCode INTERVAL_FIXED_DATE =
      new FindingCode("INTERVAL_FIXED_DATE", Severity.WARNING);
  static final FindingCode INTERVAL_PAST_SPAN =
      new FindingCode("INTERVAL_PAST_SPAN", Severity.WARNING);
  static final FindingCode WHY_MISSING = new FindingCode("WHY_MISSING", Severity.ERROR);

  /** Warnings about the values of columns, which only a reader of the source can give. */
  static final List<FindingCode> OF_VALUES =
      ContentCheck.words().stream().map(w -> new FindingCode(w, Severity.WARNING)).toList();

  /** Codes that are of no single target. */
  static final List<FindingCode> SHARED =
      Stream.concat(
              Stream.of(
                  DATE_TWICE,
                  DATE_TRUE_BESIDE_SHIFTED,
                  INTERVAL_FIXED_DATE,
                  INTERVAL_PAST_SPAN,
                  WHY_MISSING),
              OF_VALUES.stream())
          .toList();

  /**
   * The codes of one target.
   *
   * @param shortWord what they begin with
   * @param errors words of errors
   * @param warnings words of warnings
   */
  static List<FindingCode> of(String shortWord, List<String> errors, List<String> warnings) {
    return Stream.concat(
            errors.stream().map(word -> of(shortWord, word, Severity.ERROR)),
            warnings.stream().map(word -> of(shortWord, word, Severity.WARNING)))
        .toList();
  }

  private static FindingCode of(String shortWord, String word, Severity severity) {
    return new FindingCode(shortWord + "_" + word, severity);
  }

  /** Whether a target may find it. */
  boolean concerns(Policy policy) {
    return SHARED.contains(this) || policy.target().codes().contains(this);
  }
}

package org.consentry.consent;

import org.consentry.data.Sha256;

/**
 * What a reader found in one file of consent lines.
 *
 * @param lines rows read, without the header
 * @param badPermits rows that are clearly permits but could not be read
 * @param badRestrictions rows that could not be read and are not clearly permits
 * @param unknownSubjects rows about patients whom the subjects table does not know
 * @param unknownRestrictions how many of them restrict: whom they protect is not known
 * @param restrictions the lines that may restrict, in the order of the file
 * @param sha256 {@code sha256:} and 64 hexadecimal digits: digest of exactly the bytes read
 * @param reported the bad rows, by file and line
 */
public record ConsentReadResult(
    long lines,
    long badPermits,
    long badRestrictions,
    long unknownSubjects,
    long unknownRestrictions,
    Restrictions restrictions,
    String sha256,
    ProblemCounts reported) {

  /** No lines were read, because no consent is asked. */
  public static final ConsentReadResult NOTHING_READ =
      new ConsentReadResult(
          0,
          0,
          0,
          0,
          0,
          new Restrictions(),
          Sha256.PREFIX + Sha256.hex(new byte[0]),
          ProblemCounts.NOTHING);

  /** Code of the problem of a restriction whose patient the subjects table does not know. */
  public static final String UNKNOWN_RESTRICTION = "RESTRICTION_OF_UNKNOWN_PATIENT";

  /** The same without what is needed to remember restrictions, which takes memory. */
  public ConsentReadResult forgetting() {
    return new ConsentReadResult(
        lines,
        badPermits,
        badRestrictions,
        unknownSubjects,
        unknownRestrictions,
        new Restrictions(),
        sha256,
        reported);
  }
}

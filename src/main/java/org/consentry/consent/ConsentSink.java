package org.consentry.consent;

/**
 * What a reader of consent lines tells, line by line in the order of the file. A subject is its
 * dense number, or -1 when the subjects table does not know it.
 */
public interface ConsentSink {

  /** A line that could be read completely. */
  void line(int subject, ConsentLine line);

  /**
   * A line that is clearly a permit but could not be read: it grants nothing.
   *
   * @param lineId the line's id, or empty when it has none
   */
  void badPermit(int subject, String lineId, String file, long line);

  /**
   * A line that restricts and whose patient id is written as nobody's: it keeps out every subject
   * who may be meant.
   *
   * @param subjects who may be meant, at least one
   */
  void restrictionOf(int[] subjects, ConsentLine line);

  /**
   * A line that could not be read and is not clearly a permit: it keeps its subject out.
   *
   * @param subjects who may be meant; none when the subjects table knows no such patient
   */
  void badRestriction(int[] subjects, String file, long line);
}

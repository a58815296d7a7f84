package org.consentry.consent;

import java.util.OptionalLong;
import org.consentry.problem.Place;

/**
 * Gets the consent lines of a file one by one, in the order of the file. A subject is its dense
 * number, or -1 when the subjects table does not know it.
 */
public interface ConsentSink {

  /**
   * What is remembered of a line that could be read completely. Called for each line by the thread
   * that read it, before the line is given in its turn.
   */
  LineFacts facts(int subject, ConsentLine line);

  /** A line that could be read completely. */
  void line(int subject, LineFacts line);

  /**
   * A line that is clearly a permit but could not be read: it grants nothing.
   *
   * @param id hash of the line's id; empty when it has none
   */
  void badPermit(int subject, OptionalLong id, Place place);

  /**
   * A line that restricts and whose patient id is, exactly, no patient's: it excludes every subject
   * who may be meant.
   *
   * @param subjects who may be meant, at least one
   */
  void restrictionOf(int[] subjects, LineFacts line);

  /**
   * A line that could not be read and is not clearly a permit: it excludes its subject.
   *
   * @param subjects who may be meant; none when the subjects table knows no such patient
   */
  void badRestriction(int[] subjects, Place place);
}

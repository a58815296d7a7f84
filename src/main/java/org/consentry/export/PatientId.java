package org.consentry.export;

import org.consentry.data.Blanks;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** The id of a patient who is asked about, as a person writes it. */
public final class PatientId {

  private PatientId() {}

  /**
   * The id without blanks and a byte order mark at its ends.
   *
   * @param place where it was written, as messages show it
   * @throws ProblemException category USAGE when it is in quotes; the message does not repeat it
   */
  public static String of(String written, String place) {
    String trimmed = Blanks.trim(written);
    if (trimmed.startsWith("\"") || trimmed.startsWith("'")) {
      throw ProblemException.of(
          Category.USAGE,
          "PATIENT",
          Place.of(place),
          "the id is in quotes, which no id begins with",
          "write the id alone, without quotes");
    }
    return trimmed;
  }
}

package org.consentry.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.consentry.data.Prf;

/**
 * Identifies a line that may restrict, so that it is noticed when it disappears from a later file.
 * Its line id and its patient's id identify the restriction, the latter in the form of {@link
 * Confusables}, so that a corrected spelling is the same restriction. Safe for any number of
 * threads.
 *
 * <p><b>Security promise:</b> without the key an answer of {@link #keyed} shows nothing of a
 * patient.
 */
@FunctionalInterface
public interface RestrictionDigest {

  /** For readings of which nothing is remembered. */
  RestrictionDigest NONE = (lineId, patient) -> 0;

  /**
   * The digest of one restriction.
   *
   * @param lineId the line's id as it is written
   * @param patient the patient's id as it is written
   */
  long of(String lineId, String patient);

  /** The first eight bytes of a keyed function of the restriction. */
  static RestrictionDigest keyed(Prf key) {
    return (lineId, patient) -> {
      byte[] id = lineId.getBytes(StandardCharsets.UTF_8);
      byte[] form = Confusables.form(patient).getBytes(StandardCharsets.UTF_8);
      byte[] input =
          ByteBuffer.allocate(Integer.BYTES + id.length + form.length)
              .putInt(id.length)
              .put(id)
              .put(form)
              .array();
      byte[] answer = new byte[Prf.SIZE];
      key.compute(input, 0, input.length, answer, 0);
      return ByteBuffer.wrap(answer).getLong();
    };
  }
}

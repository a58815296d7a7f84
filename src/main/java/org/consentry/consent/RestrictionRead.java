package org.consentry.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.consentry.data.Sha256;

/**
 * A line that may restrict, as a reader found it: enough to notice that it disappears from a later
 * file. Its line id and its patient's id identify the restriction, the latter in the form of {@link
 * Confusables}, so that a corrected spelling is the same restriction.
 *
 * <p><b>Security promise:</b> the digest is not keyed and is kept in memory only; the text form
 * shows the line number alone.
 *
 * @param high the first eight bytes of SHA-256 over line id and patient
 * @param low the next eight
 * @param line where the line is, from 1
 * @param force what it counts for
 */
public record RestrictionRead(long high, long low, long line, Force force) {

  /** What a restriction counts for. */
  public enum Force {
    /** It restricts a patient of the subjects table. */
    COUNTS,
    /** The subjects table knows no patient with a similar id. */
    OF_UNKNOWN,
    /** Its status takes its force away. */
    WITHOUT_FORCE
  }

  static RestrictionRead of(String lineId, String patient, long line, Force force) {
    byte[] id = lineId.getBytes(StandardCharsets.UTF_8);
    byte[] form = Confusables.form(patient).getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(Integer.BYTES + id.length + form.length);
    text.putInt(id.length).put(id).put(form);
    ByteBuffer digest = ByteBuffer.wrap(Sha256.digest(text.array()));
    return new RestrictionRead(digest.getLong(), digest.getLong(), line, force);
  }

  /** The same restriction with what it counts for. */
  RestrictionRead counting(Force counts) {
    return counts == force ? this : new RestrictionRead(high, low, line, counts);
  }

  @Override
  public String toString() {
    return "RestrictionRead[line " + line + "]";
  }
}

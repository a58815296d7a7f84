package org.consentry.keys;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.consentry.problem.ProblemException;

/**
 * A secret that is shared with another program: a password, a token, an address that contains one.
 * Safe for any number of threads.
 *
 * <p><b>Security promise:</b> it leaves by {@link #text} alone, for the program that it is shared
 * with; toString shows nothing.
 */
public final class SharedSecret {

  private final Secret secret;

  private SharedSecret(Secret secret) {
    this.secret = secret;
  }

  /**
   * Reads what a reference names.
   *
   * @throws ProblemException category KEY when it cannot be read
   */
  public static SharedSecret read(KeyReference reference) {
    return new SharedSecret(
        reference instanceof KeyReference.InFile file
            ? OwnerOnlyFiles.read(
                file.path(), "write it into that file, which only its owner can read")
            : reference.read());
  }

  /** The secret as text in UTF-8, without blanks and line breaks around it. */
  public String text() {
    return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8)).strip();
  }

  /**
   * HMAC-SHA-256 of a content under the text of the secret, 64 lower-case hexadecimal digits.
   *
   * @param content what is authenticated
   */
  public String hmac(byte[] content) {
    byte[] key = text().getBytes(StandardCharsets.UTF_8);
    return Secret.wiping(
        key, bytes -> HexFormat.of().formatHex(new HmacSha256(bytes).compute(content)));
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "SharedSecret";
  }
}

package org.consentry.service;

import java.nio.charset.StandardCharsets;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Makes what the settings store of a password. */
public final class PasswordHash {

  private static final int LEAST_CHARACTERS = 12;
  private static final int MOST_BYTES = 72;
  private static final int STRENGTH = 12;

  private PasswordHash() {}

  /**
   * The hash of a password, of bcrypt, as the settings have it.
   *
   * @throws ProblemException category USAGE when the password is too short, or longer than bcrypt
   *     reads
   */
  public static String of(String password) {
    int characters = password.codePointCount(0, password.length());
    int bytes = password.getBytes(StandardCharsets.UTF_8).length;
    if (characters < LEAST_CHARACTERS || bytes > MOST_BYTES) {
      throw ProblemException.of(
          Category.USAGE,
          "PASSWORD",
          Place.of("password"),
          "expected at least 12 characters, and at most 72 bytes in UTF-8",
          "choose another one, such as five words");
    }
    return "{bcrypt}" + BCrypt.hashpw(password, BCrypt.gensalt(STRENGTH));
  }
}

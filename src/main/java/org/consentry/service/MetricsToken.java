package org.consentry.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.consentry.data.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A token that a program shows to read metrics.
 *
 * <p><b>Security promise:</b> a comparison takes as long for any token; toString shows nothing.
 *
 * @param text the token
 */
record MetricsToken(String text) {

  /** So many characters a token has at least. */
  static final int LEAST = 32;

  private static final String SCHEME = "Bearer ";

  /** Whether it cannot be guessed. */
  boolean isLong() {
    return text.length() >= LEAST;
  }

  /** Whether a header {@code Authorization} shows it. */
  boolean isIn(@Nullable String header) {
    return header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(digest(header.substring(SCHEME.length()).strip()), digest(text));
  }

  private static byte[] digest(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "MetricsToken";
  }
}

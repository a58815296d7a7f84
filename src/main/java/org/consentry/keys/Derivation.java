package org.consentry.keys;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;

/**
 * Derives one key per purpose from a secret of 32 bytes, by HKDF-SHA-256 with an empty salt. The
 * label names the purpose: {@code deid/v1/<purpose>/<study>/<domain>}. A domain has no slash, so no
 * two purposes share a label.
 */
final class Derivation {

  static final int KEY_SIZE = 32;

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern STUDY = Pattern.compile("[^\\p{Cntrl}]{1,200}");

  private Derivation() {}

  static Prf prf(Secret secret, String label) {
    return Secret.wiping(derive(secret, label), HmacSha256::new);
  }

  static byte[] derive(Secret secret, String label) {
    byte[] info = label.getBytes(StandardCharsets.UTF_8);
    return secret.use(
        master ->
            Secret.wiping(
                Hkdf.extract(new byte[0], master),
                extracted -> Hkdf.expand(extracted, info, KEY_SIZE)));
  }

  /**
   * What people and manifests may see of a secret: {@code sha256:} and 64 hexadecimal digits, over
   * a value that is derived from it.
   */
  static String fingerprint(Secret secret) {
    return Sha256.PREFIX + Sha256.hex(derive(secret, "deid/v1/fingerprint"));
  }

  static String requireDomain(String domain) {
    if (!DOMAIN.matcher(domain).matches()) {
      throw new IllegalArgumentException("a domain is a word of letters, digits and . _ -");
    }
    return domain;
  }

  static String requireStudy(String study) {
    if (!STUDY.matcher(study).matches() || study.isBlank()) {
      throw new IllegalArgumentException("a study id is 1 to 200 characters of text");
    }
    return study;
  }
}

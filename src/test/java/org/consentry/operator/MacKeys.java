package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.consentry.data.Prf;

/** Keys of a test: HMAC-SHA-256 by the platform, under keys made of a word and the domain. */
final class MacKeys implements OperatorKeys {

  @Override
  public Prf keyed(String domain) {
    return prf(("keyed key of " + domain).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Prf oneTime(String domain) {
    return prf(("one-time key of " + domain).getBytes(StandardCharsets.UTF_8));
  }

  /** Keys that give one function, whose key is written in hexadecimal, for every domain. */
  static OperatorKeys of(String hex) {
    Prf prf = prf(HexFormat.of().parseHex(hex));
    return new OperatorKeys() {
      @Override
      public Prf keyed(String domain) {
        return prf;
      }

      @Override
      public Prf oneTime(String domain) {
        return prf;
      }
    };
  }

  private static Prf prf(byte[] key) {
    return (input, start, end, output, at) -> {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(input, start, end - start);
        mac.doFinal(output, at);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    };
  }
}

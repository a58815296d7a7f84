package org.consentry.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.consentry.data.Prf;

/**
 * A function that spreads like one under a key; there is no secret in it.
 *
 * @param name functions of different names differ
 */
public record PlainPrf(String name) implements Prf {

  @Override
  public void compute(byte[] input, int start, int end, byte[] output, int at) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(name.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      sha.update(input, start, end - start);
      System.arraycopy(sha.digest(), 0, output, at, SIZE);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}

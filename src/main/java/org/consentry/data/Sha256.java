package org.consentry.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), written as 64 lower-case hexadecimal digits. */
public final class Sha256 {

  /** What precedes the digits where a file names the algorithm. */
  public static final String PREFIX = "sha256:";

  private Sha256() {}

  /** A digest of nothing yet; not for two threads. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The digits of everything that a digest was given, which ends it. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digits of bytes. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest(bytes));
  }

  /** The digits of the bytes that remain in a buffer, which it consumes. */
  public static String hex(ByteBuffer bytes) {
    MessageDigest digest = begin();
    digest.update(bytes);
    return hex(digest);
  }

  /** The digits of a text in UTF-8. */
  public static String hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 32 bytes of the digest of bytes. */
  public static byte[] digest(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** Writes the 32 bytes of the digest of a range of bytes to a position. */
  public static void digest(byte[] input, int start, int end, byte[] output, int at) {
    MessageDigest digest = begin();
    digest.update(input, start, end - start);
    byte[] bytes = digest.digest();
    System.arraycopy(bytes, 0, output, at, bytes.length);
  }
}

package org.consentry.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.consentry.data.Sha256;

/** An Ed25519 public key as SSH writes it (RFC 8709). */
public final class SshPublicKey {

  static final String TYPE = "ssh-ed25519";
  static final int SIZE = 32;

  /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] key;

  private SshPublicKey(byte[] key) {
    this.key = key;
  }

  /** Keeps a copy of the 32 bytes of a key. */
  static SshPublicKey ofBytes(byte[] key) {
    if (key.length != SIZE) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes but was given " + key.length);
    }
    return new SshPublicKey(key.clone());
  }

  static SshPublicKey ofBlob(byte[] blob) throws SshWire.Malformed {
    SshWire.Reader reader = new SshWire.Reader(blob);
    reader.expectText(TYPE, "an Ed25519 key");
    byte[] key = reader.string();
    reader.expectEnd();
    if (key.length != SIZE) {
      throw new SshWire.Malformed("it is not an Ed25519 key");
    }
    return new SshPublicKey(key);
  }

  /**
   * Reads {@code ssh-ed25519 AAAA...} with or without a remark behind it.
   *
   * @return nothing when the text is something else, such as a key of another kind
   */
  public static Optional<SshPublicKey> parse(String line) {
    String[] words = line.strip().split("[ \\t]+", 3);
    if (words.length < 2 || !words[0].equals(TYPE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ofBlob(Base64.getDecoder().decode(words[1])));
    } catch (SshWire.Malformed | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  byte[] blob() {
    return new SshWire.Writer().string(TYPE).string(key).bytes();
  }

  byte[] bytes() {
    return key.clone();
  }

  /** Returns {@code ssh-ed25519 AAAA...}. */
  public String line() {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob());
  }

  /** Returns {@code SHA256:} and 43 characters, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    byte[] digest = Sha256.digest(blob());
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }

  /** Whether the signature of 64 bytes over the data was made with this key's private half. */
  boolean verifies(byte[] data, byte[] signature) {
    if (signature.length != 2 * SIZE) {
      return false; // Java's verifier passes over what follows the 64 bytes.
    }
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + SIZE);
    System.arraycopy(key, 0, encoded, X509_PREFIX.length, SIZE);
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(publicKey);
      verifier.update(data);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // Not a point of the curve, or a number out of range.
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshPublicKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Returns the fingerprint. */
  @Override
  public String toString() {
    return fingerprint();
  }
}

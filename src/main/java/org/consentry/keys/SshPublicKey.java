package org.consentry.keys;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.consentry.data.Sha256;

/** A public key as SSH writes it (RFC 4253 section 6.6), of a kind that ssh-keygen signs with. */
public final class SshPublicKey {

  private final byte[] blob;
  private final SshKeyKind.Verifier verifier;

  private SshPublicKey(byte[] blob, SshKeyKind.Verifier verifier) {
    this.blob = blob;
    this.verifier = verifier;
  }

  /** An Ed25519 key of these 32 bytes, which are copied. */
  static SshPublicKey ofBytes(byte[] key) {
    try {
      return ofBlob(new SshWire.Writer().string(SshKeyKind.ED25519.type()).string(key).bytes());
    } catch (SshWire.Malformed e) {
      throw new IllegalArgumentException(
          "an Ed25519 key has 32 bytes but was given " + key.length, e);
    }
  }

  static SshPublicKey ofBlob(byte[] blob) throws SshWire.Malformed {
    SshWire.Reader reader = new SshWire.Reader(blob);
    String type = reader.text();
    SshKeyKind kind =
        SshKeyKind.of(type).orElseThrow(() -> new SshWire.Malformed("its kind is unknown"));
    return new SshPublicKey(blob.clone(), kind.verifier(reader));
  }

  /**
   * Reads {@code ssh-ed25519 AAAA...} or a key of another kind, with or without a remark behind it.
   *
   * @return nothing when the text is something else, such as a certificate
   */
  public static Optional<SshPublicKey> parse(String line) {
    String[] words = line.strip().split("[ \\t]+", 3);
    if (words.length < 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(ofBlob(Base64.getDecoder().decode(words[1])))
          .filter(key -> key.type().equals(words[0]));
    } catch (SshWire.Malformed | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String type() {
    return verifier.kind().type();
  }

  byte[] blob() {
    return blob.clone();
  }

  /** The 32 bytes of an Ed25519 key. */
  byte[] bytes() {
    return Arrays.copyOfRange(blob, blob.length - SshKeyKind.ED25519_SIZE, blob.length);
  }

  /** Returns {@code ssh-ed25519 AAAA...}, or the same of another kind. */
  public String line() {
    return type() + " " + Base64.getEncoder().encodeToString(blob);
  }

  /** Returns {@code SHA256:} and 43 characters, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Sha256.digest(blob));
  }

  /**
   * Whether a signature over the data was made with this key's private half.
   *
   * @param signature as SSH writes it, its algorithm first
   */
  boolean verifies(byte[] data, byte[] signature) {
    return verifier.verifies(data, signature);
  }

  /**
   * Checks that a signature has the form of one by this key.
   *
   * @throws SshWire.Malformed when it has another
   */
  void requireForm(byte[] signature) throws SshWire.Malformed {
    verifier.parts(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SshPublicKey that && Arrays.equals(blob, that.blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }

  /** Returns the fingerprint. */
  @Override
  public String toString() {
    return fingerprint();
  }
}

package org.consentry.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * A detached signature as {@code ssh-keygen -Y sign} makes and {@code ssh-keygen -Y verify} checks
 * it (PROTOCOL.sshsig of OpenSSH), by a key of any kind it signs with.
 */
public final class SshSignature {

  /** What manifests are signed for: a signature made for something else is none of a manifest. */
  public static final String MANIFEST = "consentry-manifest";

  /** What recall lists are signed for. */
  public static final String RECALL = "consentry-recall";

  /** What approvers sign manifests for: the signature of a manifest's signer is no approval. */
  public static final String APPROVAL = "consentry-approval";

  /** What recipients sign what they confirm for. */
  public static final String RECEIPT = "consentry-receipt";

  private static final String ARMOR = "SSH SIGNATURE";
  private static final String MAGIC = "SSHSIG";
  private static final int VERSION = 1;
  private static final int MAX_TEXT = 16 * 1024;

  private final SshPublicKey signer;
  private final String namespace;
  private final String hash;
  private final byte[] signature;

  private SshSignature(SshPublicKey signer, String namespace, String hash, byte[] signature) {
    this.signer = signer;
    this.namespace = namespace;
    this.hash = hash;
    this.signature = signature;
  }

  /** Signs a message; the same key and message give the same signature. */
  public static SshSignature sign(SigningKey key, String namespace, byte[] message) {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("namespace must not be empty");
    }
    byte[] signature = SigningKey.encoded(key.sign(signed(namespace, "sha512", message)));
    return new SshSignature(key.publicKey(), namespace, "sha512", signature);
  }

  /**
   * Reads an armored signature.
   *
   * @return nothing when the text is not exactly one signature
   */
  public static Optional<SshSignature> parse(byte[] text) {
    if (text.length > MAX_TEXT) {
      return Optional.empty();
    }
    return SshWire.unarmor(ARMOR, text).flatMap(SshSignature::decode);
  }

  private static Optional<SshSignature> decode(byte[] bytes) {
    try {
      SshWire.Reader reader = new SshWire.Reader(bytes);
      reader.expect(MAGIC.getBytes(StandardCharsets.US_ASCII), "a signature");
      if (reader.number() != VERSION) {
        return Optional.empty();
      }
      SshPublicKey signer = SshPublicKey.ofBlob(reader.string());
      String namespace = reader.text();
      reader.string();
      String hash = reader.text();
      byte[] signature = reader.string();
      reader.expectEnd();
      signer.requireForm(signature);
      boolean known = hash.equals("sha512") || hash.equals("sha256");
      return known && !namespace.isEmpty()
          ? Optional.of(new SshSignature(signer, namespace, hash, signature))
          : Optional.empty();
    } catch (SshWire.Malformed e) {
      return Optional.empty();
    }
  }

  private static byte[] signed(String namespace, String hash, byte[] message) {
    return new SshWire.Writer()
        .raw(MAGIC)
        .string(namespace)
        .string("")
        .string(hash)
        .string(digest(hash, message))
        .bytes();
  }

  private static byte[] digest(String hash, byte[] message) {
    String name = hash.toUpperCase(Locale.ROOT).replace("SHA", "SHA-");
    try {
      return MessageDigest.getInstance(name).digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name);
    }
  }

  /** Whether the signer signed exactly this message for this namespace. */
  public boolean verifies(String expectedNamespace, byte[] message) {
    return namespace.equals(expectedNamespace)
        && signer.verifies(signed(namespace, hash, message), signature);
  }

  /** The key that the signature names; trust in it comes from elsewhere. */
  public SshPublicKey signer() {
    return signer;
  }

  /** Returns the armored text, as {@code ssh-keygen} writes it. */
  public String armored() {
    byte[] bytes =
        new SshWire.Writer()
            .raw(MAGIC)
            .number(VERSION)
            .string(signer.blob())
            .string(namespace)
            .string("")
            .string(hash)
            .string(signature)
            .bytes();
    return SshWire.armor(ARMOR, bytes);
  }

  /** Returns the signer's fingerprint and the namespace. */
  @Override
  public String toString() {
    return "SshSignature[" + signer.fingerprint() + ", " + namespace + "]";
  }
}

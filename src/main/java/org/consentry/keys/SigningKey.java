package org.consentry.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.consentry.problem.Place;

/**
 * An Ed25519 key that signs manifests. Its file is an OpenSSH private key without a passphrase
 * (PROTOCOL.key of OpenSSH), so that {@code ssh-keygen} can make it, show it and sign with it. Safe
 * for any number of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back and toString shows the public fingerprint
 * only.
 */
public final class SigningKey {

  private static final String ARMOR = "OPENSSH PRIVATE KEY";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final String ALGORITHM = "Ed25519";
  private static final int BLOCK = 8;

  private final Secret seed;
  private final PrivateKey privateKey;
  private final SshPublicKey publicKey;

  private SigningKey(Secret seed, PrivateKey privateKey, SshPublicKey publicKey) {
    this.seed = seed;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Draws a new key. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] point =
          Arrays.copyOfRange(encoded, encoded.length - SshKeyKind.ED25519_SIZE, encoded.length);
      return of(seed, SshPublicKey.ofBytes(point));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519");
    }
  }

  /** Takes the seed over. */
  private static SigningKey of(byte[] seed, SshPublicKey publicKey)
      throws GeneralSecurityException {
    Secret secret = Secret.take(seed);
    PrivateKey privateKey =
        KeyFactory.getInstance(ALGORITHM)
            .generatePrivate(
                secret.use(bytes -> new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes)));
    return new SigningKey(secret, privateKey, publicKey);
  }

  /**
   * Reads a key.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another kind, damaged, or locked by a passphrase
   */
  public static SigningKey read(KeyReference reference) {
    Place place = reference.place();
    try (Secret content = reference.read()) {
      byte[] bytes =
          content
              .use(text -> SshWire.unarmor(ARMOR, text))
              .orElseThrow(() -> format(place, "expected an OpenSSH private key"));
      return Secret.wiping(bytes, all -> decode(new SshWire.Reader(all), place));
    }
  }

  private static SigningKey decode(SshWire.Reader reader, Place place) {
    try {
      reader.expect(MAGIC, "an OpenSSH private key");
      String cipher = reader.text();
      reader.text();
      reader.string();
      if (!cipher.equals("none")) {
        throw OwnerOnlyFiles.problem(
            "KEY_LOCKED",
            place,
            "the key is locked by a passphrase, which no program types",
            "a scheduled run needs a key without a passphrase, from consentry keys new; a person"
                + " signs with ssh-keygen -Y sign");
      }
      if (reader.number() != 1) {
        throw format(place, "expected one key but found another number");
      }
      SshPublicKey publicKey = SshPublicKey.ofBlob(reader.string());
      SshWire.Reader inner = reader.inner();
      reader.expectEnd();
      SigningKey key = of(seed(inner, publicKey), publicKey);
      key.requireOnePair(place);
      return key;
    } catch (SshWire.Malformed | GeneralSecurityException e) {
      throw format(place, "expected an Ed25519 key but the file is damaged or of another kind");
    }
  }

  private static byte[] seed(SshWire.Reader reader, SshPublicKey publicKey)
      throws SshWire.Malformed {
    int check = reader.number();
    if (reader.number() != check) {
      throw new SshWire.Malformed("its check differs");
    }
    reader.expectText(SshKeyKind.ED25519.type(), "an Ed25519 key");
    byte[] half = reader.string();
    SshWire.Reader both = reader.inner();
    byte[] seed = both.raw(SshKeyKind.ED25519_SIZE);
    byte[] secondHalf = both.raw(SshKeyKind.ED25519_SIZE);
    both.expectEnd();
    if (half.length != SshKeyKind.ED25519_SIZE
        || !SshPublicKey.ofBytes(half).equals(publicKey) // It may be of another kind.
        || !Arrays.equals(half, secondHalf)) {
      throw new SshWire.Malformed("its halves differ");
    }
    return seed;
  }

  /**
   * A seed of one key beside the public half of another would make signatures that cannot be
   * verified.
   */
  private void requireOnePair(Place place) {
    byte[] data = MAGIC.clone();
    if (!publicKey.verifies(data, encoded(sign(data)))) {
      throw format(place, "the public half in the file belongs to another key");
    }
  }

  /**
   * Writes the key to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when the file exists or cannot
   *     be written
   */
  public void writeNew(Path file) {
    String text = Secret.wiping(encode(), bytes -> SshWire.armor(ARMOR, bytes));
    OwnerOnlyFiles.create(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] encode() {
    int check = new SecureRandom().nextInt();
    SshWire.Writer inner =
        new SshWire.Writer()
            .number(check)
            .number(check)
            .string(SshKeyKind.ED25519.type())
            .string(publicKey.bytes())
            .number(2 * SshKeyKind.ED25519_SIZE);
    seed.use(inner::raw).raw(publicKey.bytes()).string("consentry");
    for (byte pad = 1; inner.size() % BLOCK != 0; pad++) {
      inner.raw(new byte[] {pad});
    }
    return new SshWire.Writer()
        .raw(MAGIC)
        .string("none")
        .string("none")
        .string("")
        .number(1)
        .string(publicKey.blob())
        .string(inner.bytes())
        .bytes();
  }

  /** The public half. */
  public SshPublicKey publicKey() {
    return publicKey;
  }

  /** The Ed25519 signature of 64 bytes over the data (RFC 8032). */
  byte[] sign(byte[] data) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519");
    }
  }

  /** A signature as SSH writes it, its algorithm first. */
  static byte[] encoded(byte[] signature) {
    return new SshWire.Writer().string(SshKeyKind.ED25519.type()).string(signature).bytes();
  }

  private static RuntimeException format(Place place, String message) {
    return OwnerOnlyFiles.problem(
        "KEY_FORMAT",
        place,
        message,
        "make one with consentry keys new, or with ssh-keygen -t ed25519 -N ''");
  }

  /** Shows the fingerprint of the public half. */
  @Override
  public String toString() {
    return "SigningKey[" + publicKey.fingerprint() + "]";
  }
}

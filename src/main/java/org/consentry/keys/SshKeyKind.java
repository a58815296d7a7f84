package org.consentry.keys;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Sha256;

/**
 * The kinds of keys that {@code ssh-keygen -Y sign} signs with: those of files, of agents and of
 * security keys (RFC 8709, RFC 5656, RFC 8332, PROTOCOL.u2f of OpenSSH). Certificates and DSA are
 * none.
 *
 * <p><b>Security promise:</b> a key has one encoding only. RSA signs with SHA-2 by at least {@value
 * #RSA_BITS} bits; a security key counts only when it was touched.
 */
enum SshKeyKind {
  ED25519("ssh-ed25519"),
  ECDSA_256("ecdsa-sha2-nistp256"),
  ECDSA_384("ecdsa-sha2-nistp384"),
  ECDSA_521("ecdsa-sha2-nistp521"),
  RSA("ssh-rsa"),
  /** An Ed25519 key that never leaves its device. */
  TOUCHED_ED25519("sk-ssh-ed25519@openssh.com"),
  /** A key on the curve P-256 that never leaves its device. */
  TOUCHED_ECDSA("sk-ecdsa-sha2-nistp256@openssh.com");

  /** The bytes of an Ed25519 key. */
  static final int ED25519_SIZE = 32;

  private static final int RSA_BITS = 2048;
  private static final int RSA_MOST_BITS = 16_384;
  private static final byte TOUCHED = 1;

  /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String type;

  SshKeyKind(String type) {
    this.type = type;
  }

  /** The word before the key in a file. */
  String type() {
    return type;
  }

  /** The kind of a word; empty for an unknown one. */
  static Optional<SshKeyKind> of(String type) {
    return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }

  /** What verifies: the key as Java has it, and the application of a security key. */
  static final class Verifier {

    private final SshKeyKind kind;
    private final PublicKey key;
    private final byte[] application;

    private Verifier(SshKeyKind kind, PublicKey key, byte[] application) {
      this.kind = kind;
      this.key = key;
      this.application = application;
    }

    SshKeyKind kind() {
      return kind;
    }

    /**
     * Whether a signature over the data was made with this key's private half.
     *
     * @param signature as SSH writes it, its algorithm first
     */
    boolean verifies(byte[] data, byte[] signature) {
      try {
        Parts parts = parts(signature);
        byte[] signed = kind.isTouched() ? touched(parts, data) : data;
        return kind.verifies(parts, key, signed);
      } catch (SshWire.Malformed | GeneralSecurityException e) {
        return false;
      }
    }

    /**
     * The parts of a signature.
     *
     * @throws SshWire.Malformed when it is none by this kind of key
     */
    Parts parts(byte[] signature) throws SshWire.Malformed {
      SshWire.Reader reader = new SshWire.Reader(signature);
      String algorithm = reader.text();
      if (!kind.algorithms().contains(algorithm)) {
        throw new SshWire.Malformed("its algorithm is not one of the key");
      }
      byte[] raw = reader.string();
      byte[] touch = kind.isTouched() ? reader.raw(1 + Integer.BYTES) : new byte[0];
      reader.expectEnd();
      return new Parts(algorithm, raw, touch);
    }

    /** What a security key signs instead of the data. */
    private byte[] touched(Parts parts, byte[] data) throws SshWire.Malformed {
      if ((parts.touch[0] & TOUCHED) == 0) {
        throw new SshWire.Malformed("the security key was not touched");
      }
      return new SshWire.Writer()
          .raw(Sha256.digest(application))
          .raw(parts.touch)
          .raw(Sha256.digest(data))
          .bytes();
    }
  }

  /** A signature: its algorithm, its bytes, and flags and counter of a security key. */
  static final class Parts {

    private final String algorithm;
    private final byte[] raw;
    private final byte[] touch;

    private Parts(String algorithm, byte[] raw, byte[] touch) {
      this.algorithm = algorithm;
      this.raw = raw;
      this.touch = touch;
    }
  }

  private List<String> algorithms() {
    return this == RSA ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(type);
  }

  private boolean isTouched() {
    return this == TOUCHED_ED25519 || this == TOUCHED_ECDSA;
  }

  /**
   * Reads a key behind its type.
   *
   * @param reader at the first value behind the type; is read to its end
   * @throws SshWire.Malformed when it is no key of this kind, or not written in the one way
   */
  Verifier verifier(SshWire.Reader reader) throws SshWire.Malformed {
    try {
      PublicKey key =
          switch (this) {
            case ED25519, TOUCHED_ED25519 -> ed25519(reader.string());
            case RSA -> rsa(reader);
            case ECDSA_256, ECDSA_384, ECDSA_521, TOUCHED_ECDSA -> {
              reader.expectText(curve(), "a key of this curve");
              yield ecdsa(reader.string());
            }
          };
      byte[] application = isTouched() ? reader.string() : new byte[0];
      reader.expectEnd();
      return new Verifier(this, key, application);
    } catch (GeneralSecurityException e) {
      throw new SshWire.Malformed("it is no key of type " + type);
    }
  }

  private static PublicKey ed25519(byte[] key) throws SshWire.Malformed, GeneralSecurityException {
    if (key.length != ED25519_SIZE) {
      throw new SshWire.Malformed("it is not an Ed25519 key");
    }
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + ED25519_SIZE);
    System.arraycopy(key, 0, encoded, X509_PREFIX.length, ED25519_SIZE);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static PublicKey rsa(SshWire.Reader reader)
      throws SshWire.Malformed, GeneralSecurityException {
    BigInteger exponent = reader.positive();
    BigInteger modulus = reader.positive();
    if (modulus.bitLength() < RSA_BITS || modulus.bitLength() > RSA_MOST_BITS) {
      throw new SshWire.Malformed("an RSA key has at least " + RSA_BITS + " bits");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  private String curve() {
    return switch (this) {
      case ECDSA_384 -> "nistp384";
      case ECDSA_521 -> "nistp521";
      case ECDSA_256, TOUCHED_ECDSA, ED25519, RSA, TOUCHED_ED25519 -> "nistp256";
    };
  }

  private PublicKey ecdsa(byte[] point) throws SshWire.Malformed, GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve().replace("nistp", "secp") + "r1"));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    BigInteger prime = ((ECFieldFp) spec.getCurve().getField()).getP();
    int size = (prime.bitLength() + 7) / 8;
    if (point.length != 1 + 2 * size || point[0] != 4) {
      throw new SshWire.Malformed("it is no point of the curve");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + size));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + size, point.length));
    BigInteger right =
        x.pow(3).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB()).mod(prime);
    boolean isOnCurve =
        x.compareTo(prime) < 0 && y.compareTo(prime) < 0 && y.pow(2).mod(prime).equals(right);
    if (!isOnCurve) {
      throw new SshWire.Malformed("it is no point of the curve");
    }
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
  }

  private boolean verifies(Parts parts, PublicKey key, byte[] data)
      throws GeneralSecurityException, SshWire.Malformed {
    return switch (this) {
      case ED25519, TOUCHED_ED25519 ->
          parts.raw.length == 2 * ED25519_SIZE // Java passes over what follows.
              && isSigned("Ed25519", key, data, parts.raw);
      case RSA ->
          isSigned(
              parts.algorithm.endsWith("512") ? "SHA512withRSA" : "SHA256withRSA",
              key,
              data,
              parts.raw);
      case ECDSA_256, TOUCHED_ECDSA -> isSignedOnCurve("SHA256", key, data, parts.raw);
      case ECDSA_384 -> isSignedOnCurve("SHA384", key, data, parts.raw);
      case ECDSA_521 -> isSignedOnCurve("SHA512", key, data, parts.raw);
    };
  }

  private static boolean isSignedOnCurve(String hash, PublicKey key, byte[] data, byte[] numbers)
      throws GeneralSecurityException, SshWire.Malformed {
    SshWire.Reader reader = new SshWire.Reader(numbers);
    BigInteger r = reader.positive();
    BigInteger s = reader.positive();
    reader.expectEnd();
    BigInteger order = ((ECPublicKey) key).getParams().getOrder();
    if (r.compareTo(order) >= 0 || s.compareTo(order) >= 0) {
      return false;
    }
    int size = (order.bitLength() + 7) / 8;
    byte[] both = new SshWire.Writer().raw(fixed(r, size)).raw(fixed(s, size)).bytes();
    return isSigned(hash + "withECDSAinP1363Format", key, data, both);
  }

  private static byte[] fixed(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[size];
    int length = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
    return fixed;
  }

  private static boolean isSigned(String name, PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(name);
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }
}

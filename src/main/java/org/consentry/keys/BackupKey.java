package org.consentry.keys;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The key that opens backups: a key of age (an X25519 identity of age-encryption.org/v1), so that
 * {@code age-keygen} can make it and {@code age -d -i FILE} opens what it opens. It is needed to
 * restore, never to make a backup. Not thread-safe.
 *
 * <p><b>Security promise:</b> the key cannot be read back and toString does not show it; a byte
 * leaves {@link #open} only after it was authenticated, and the end only when the file is whole.
 */
public final class BackupKey {

  static final String NAME = "AGE-SECRET-KEY-1";

  /** What a public key begins with; a 1 separates it from the rest (Bech32). */
  private static final String PUBLIC_NAME = "age1".replace("1", "");

  private static final byte[] START = NAME.getBytes(StandardCharsets.US_ASCII);
  private static final String WHEN_MISSING = "take it from where it is stored, such as a safe";
  private static final String REMARK =
      """
      # A Consentry backup key, which is a key of age (age-encryption.org). It opens every backup
      # that is made for its public key. Store it away from this machine, such as printed in a safe.
      """;

  private final Secret secret;
  private final BackupPublicKey publicKey;

  private BackupKey(Secret secret, BackupPublicKey publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** Draws a new key. */
  public static BackupKey generate() {
    try {
      KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
      String text = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
      return new BackupKey(Secret.take(pair.getPrivate().getEncoded()), new BackupPublicKey(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java from 11 on has X25519");
    }
  }

  /**
   * Reads a key.
   *
   * @throws ProblemException of category KEY when it is absent, open to others or no key of age
   */
  public static BackupKey read(KeyReference reference) {
    Place place = reference.place();
    try (Secret content = reference.read()) {
      return content.use(
          text ->
              Secret.wiping(
                  KeyFile.onlyLine(text, place),
                  line -> new BackupKey(Secret.take(line.clone()), publicKey(line, place))));
    }
  }

  /** Whether the content of a file has a key of age, that of a backup or another one. */
  public static boolean isIn(byte[] content) {
    for (int i = 0; i <= content.length - START.length; i++) {
      if (Arrays.equals(content, i, i + START.length, START, 0, START.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes the key to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws ProblemException of category KEY when the file exists or cannot be written
   */
  public void writeNew(Path file) {
    byte[] start = (REMARK + "# public key: " + publicKey + "\n").getBytes(StandardCharsets.UTF_8);
    OwnerOnlyFiles.create(
        file,
        secret.use(
            key ->
                ByteBuffer.allocate(start.length + key.length + 1)
                    .put(start)
                    .put(key)
                    .put((byte) '\n')
                    .array()));
  }

  /** The public half, for which backups are made. */
  public BackupPublicKey publicKey() {
    return publicKey;
  }

  /**
   * Opens an encrypted file.
   *
   * @param file the file from its first byte; it is closed with the stream
   * @param place what to call the file in messages
   * @return what was encrypted. A changed or cut file is a {@link ProblemException} of category
   *     VERIFY, here or when the place is read
   * @throws ProblemException category KEY when the file is not for this key
   * @throws IOException when the disk refuses
   */
  public InputStream open(ReadableByteChannel file, Place place) throws IOException {
    try {
      RecipientStanzaReader reader = secret.use(BackupKey::reader);
      return new Authenticated(
          Channels.newInputStream(
              new StandardDecryptingChannelFactory().newDecryptingChannel(file, List.of(reader))),
          place);
    } catch (UnsupportedRecipientStanzaException other) {
      throw OwnerOnlyFiles.problem(
          "BACKUP_KEY",
          place,
          "this key does not open the file: it was made for other keys, or its first lines were"
              + " changed",
          "name the key of this backup by --key; consentry keys show backup FILE shows the public"
              + " key of a key");
    } catch (PayloadException | GeneralSecurityException | RuntimeException changed) {
      throw damaged(place);
    }
  }

  private static RecipientStanzaReader reader(byte[] line) {
    char[] characters = characters(line);
    try {
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
          CharBuffer.wrap(characters));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key was read before");
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static char[] characters(byte[] line) {
    char[] characters = new char[line.length];
    for (int i = 0; i < line.length; i++) {
      characters[i] = (char) (line[i] & 0xff);
    }
    return characters;
  }

  private static BackupPublicKey publicKey(byte[] line, Place place) {
    char[] characters = characters(line);
    try {
      if (line.length < START.length
          || !Arrays.equals(line, 0, START.length, START, 0, START.length)) {
        throw new IllegalArgumentException("no key of age");
      }
      byte[] point =
          Secret.wiping(
              Bech32.getDecoder().decode(CharBuffer.wrap(characters)).getData(),
              BackupKey::publicPoint);
      return new BackupPublicKey(Bech32.getEncoder().encode(PUBLIC_NAME, point).toString());
    } catch (IllegalArgumentException | IllegalStateException none) {
      throw OwnerOnlyFiles.problem(
          "KEY_FORMAT",
          place,
          "expected a key of age: a line with " + NAME + " and 58 letters and digits",
          WHEN_MISSING);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** X25519 of the secret and the base point (RFC 7748, section 6.1). */
  private static byte[] publicPoint(byte[] key) {
    try {
      KeyFactory keys = KeyFactory.getInstance("X25519");
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, key)));
      agreement.doPhase(
          keys.generatePublic(
              new XECPublicKeySpec(NamedParameterSpec.X25519, BigInteger.valueOf(9))),
          true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException none) {
      throw new IllegalArgumentException("no key of X25519");
    }
  }

  private static ProblemException damaged(Place place) {
    return ProblemException.of(
        Category.VERIFY,
        "BACKUP_DAMAGED",
        place,
        "the file was cut off or changed after it was made",
        "take another copy of it, or an older backup");
  }

  /** Reports what was changed as a problem of its own, not as a failure of the disk. */
  private static final class Authenticated extends FilterInputStream {
    private final Place place;

    Authenticated(InputStream in, Place place) {
      super(in);
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (PayloadException changed) {
        throw damaged(place);
      }
    }
  }

  /** Shows the public half only. */
  @Override
  public String toString() {
    return "BackupKey[" + publicKey + "]";
  }
}

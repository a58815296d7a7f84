package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key file of OpenSSH (PROTOCOL.key), and what is none. */
final class SigningKeyTest {

  private static final String ARMOR = "OPENSSH PRIVATE KEY";
  private static final String MAKE_ONE =
      "; make one with consentry keys new, or with ssh-keygen -t ed25519 -N ''";
  private static final String DAMAGED =
      "expected an Ed25519 key but the file is damaged or of another kind" + MAKE_ONE;
  private static final int CHECK = 7;

  @TempDir Path folder;

  private final SigningKey key = SigningKey.generate();
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("signing.key");
  }

  /** RFC 8032 section 7.1, test 2. */
  @Test
  void signsAsRfc8032Does() throws IOException {
    byte[] seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    byte[] point = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    SigningKey read = read(file("none", 1, point, inner(CHECK, point, seed, point)));

    assertThat(read.publicKey()).isEqualTo(SshPublicKey.ofBytes(point));
    assertThat(read.sign(new byte[] {0x72}))
        .isEqualTo(
            hex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
  }

  @Test
  void refusesALockedKeyAndTwoKeys() throws IOException {
    byte[] point = key.publicKey().bytes();
    byte[] inner = inner(CHECK, point, new byte[32], point);

    assertThatThrownBy(() -> read(file("aes256-ctr", 1, point, inner)))
        .hasMessage(
            file
                + ": error KEY_LOCKED the key is locked by a passphrase, which no program types;"
                + " a scheduled run needs a key without a passphrase, from consentry keys new; a"
                + " person signs with ssh-keygen -Y sign");
    refuses(file("none", 2, point, inner), "expected one key but found another number" + MAKE_ONE);
    refuses(file("none", 0, point, inner), "expected one key but found another number" + MAKE_ONE);
  }

  @Test
  void refusesKeysWhosePartsDoNotFit() throws IOException {
    byte[] point = key.publicKey().bytes();
    byte[] other = SigningKey.generate().publicKey().bytes();
    byte[] seed = new byte[32];

    refuses(file("none", 1, point, inner(CHECK, other, seed, point)), DAMAGED);
    refuses(file("none", 1, point, inner(CHECK, point, seed, other)), DAMAGED);
    refuses(file("none", 1, point, inner(CHECK, point, new byte[31], point)), DAMAGED);
    refuses(file("none", 1, point, inner(CHECK, point, new byte[33], point)), DAMAGED);
    refuses(file("none", 1, point, inner(CHECK, point, seed, Arrays.copyOf(point, 33))), DAMAGED);
    refuses(file("none", 1, point, inner(CHECK + 1, point, seed, point)), DAMAGED);
    refuses(
        file("none", 1, point, inner(CHECK, point, seed, point)),
        "the public half in the file belongs to another key" + MAKE_ONE);
  }

  @Test
  void refusesAFileThatEndsEarlyOrGoesOn() throws IOException {
    byte[] whole = encoded();

    for (int length = 0; length < whole.length; length++) {
      refuses(Arrays.copyOf(whole, length), "");
    }
    refuses(Arrays.copyOf(whole, whole.length + 1), DAMAGED);
  }

  /** The names of the key derivation and of the key are not checked; nothing depends on them. */
  @Test
  void noFlippedByteGivesAnotherKey() throws IOException {
    byte[] whole = encoded();

    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x20;
      try {
        assertThat(read(damaged).sign(new byte[1])).as("byte %d", at).isEqualTo(sign());
      } catch (ProblemException refused) {
        assertThat(refused.category()).as("byte %d", at).isEqualTo(Category.KEY);
      }
    }
  }

  private byte[] sign() {
    return key.sign(new byte[1]);
  }

  @Test
  void isWrittenInBlocksOfEightAsOpenSshDoes() throws IOException {
    SshWire.Reader reader = new SshWire.Reader(encoded());
    byte[] inner;
    try {
      reader.expect("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII), "a key");
      assertThat(reader.text()).isEqualTo("none");
      assertThat(reader.text()).isEqualTo("none");
      assertThat(reader.text()).isEmpty();
      assertThat(reader.number()).isEqualTo(1);
      assertThat(reader.string()).isEqualTo(key.publicKey().blob());
      inner = reader.string();
      reader.expectEnd();
    } catch (SshWire.Malformed malformed) {
      throw new AssertionError(malformed);
    }

    assertThat(inner.length % 8).isZero();
    int end = new String(inner, StandardCharsets.ISO_8859_1).indexOf("consentry") + 9;
    assertThat(inner.length - end).isLessThan(8);
    for (int at = end; at < inner.length; at++) {
      assertThat(inner[at]).isEqualTo((byte) (at - end + 1));
    }
  }

  private byte[] encoded() throws IOException {
    key.writeNew(file);
    byte[] bytes = SshWire.unarmor(ARMOR, Files.readAllBytes(file)).orElseThrow();
    Files.delete(file);
    return bytes;
  }

  private static byte[] file(String cipher, int keys, byte[] point, byte[] inner) {
    return new SshWire.Writer()
        .raw("openssh-key-v1\0")
        .string(cipher)
        .string("none")
        .string("")
        .number(keys)
        .string(SshPublicKey.ofBytes(point).blob())
        .string(inner)
        .bytes();
  }

  private static byte[] inner(int second, byte[] half, byte[] seed, byte[] secondHalf) {
    return new SshWire.Writer()
        .number(CHECK)
        .number(second)
        .string(SshKeyKind.ED25519.type())
        .string(half)
        .string(new SshWire.Writer().raw(seed).raw(secondHalf).bytes())
        .string("a name")
        .bytes();
  }

  private SigningKey read(byte[] bytes) throws IOException {
    Files.writeString(file, SshWire.armor(ARMOR, bytes));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return SigningKey.read(new KeyReference.InFile(file));
  }

  private void refuses(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            ProblemException.class, thrown -> assertThat(thrown.category()).isEqualTo(Category.KEY))
        .hasMessageStartingWith(file + ": error KEY_FORMAT ")
        .hasMessageEndingWith(message);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys as SSH writes them (RFC 8709). */
final class SshPublicKeyTest {

  /** The 32 bytes of this key are zeros. */
  private static final String ZEROS =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final SshPublicKey zeros = SshPublicKey.ofBytes(new byte[32]);

  @Test
  void isWrittenAsOpenSshWritesIt() {
    assertThat(zeros.line()).isEqualTo(ZEROS);
    assertThat(zeros.fingerprint()).isEqualTo("SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk");
    assertThat(zeros).hasToString("SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY", "KEY a remark", " KEY ", "\tKEY\ta remark of words"})
  void isReadWithOrWithoutARemark(String line) {
    assertThat(SshPublicKey.parse(line.replace("KEY", ZEROS))).contains(zeros);
    assertThat(SshPublicKey.parse(line.replace("KEY", ZEROS.replace(" ", " \t ")))).contains(zeros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-ed25519",
        "ssh-ed25519 ?",
        "ssh-ed25519 AAAA",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sk-ssh-ed25519@openssh.com AAAA"
      })
  void isNotReadFromSomethingElse(String line) {
    assertThat(SshPublicKey.parse(line)).isEmpty();
  }

  @Test
  void isNotReadFromABlobOfAnotherKindOrLength() {
    assertThat(SshPublicKey.parse(line("ssh-ed25519", new byte[31]))).isEmpty();
    assertThat(SshPublicKey.parse(line("ssh-ed25519", new byte[33]))).isEmpty();
    assertThat(SshPublicKey.parse(line("ssh-rsa", new byte[32]))).isEmpty();
    byte[] longer = Arrays.copyOf(zeros.blob(), zeros.blob().length + 1);
    assertThat(SshPublicKey.parse("ssh-ed25519 " + base64(longer))).isEmpty();
    assertThatThrownBy(() -> SshPublicKey.ofBytes(new byte[31]))
        .hasMessage("an Ed25519 key has 32 bytes but was given 31");
  }

  @Test
  void isItsBytes() {
    byte[] bytes = new byte[32];
    SshPublicKey same = SshPublicKey.ofBytes(bytes);
    bytes[0] = 1;
    SshPublicKey other = SshPublicKey.ofBytes(bytes);

    assertThat(same).isEqualTo(zeros).hasSameHashCodeAs(zeros).isNotEqualTo(other);
    assertThat(same).isNotEqualTo(ZEROS).doesNotHaveSameHashCodeAs(other);
    assertThat(same.bytes()).isEqualTo(new byte[32]);
  }

  @Test
  void verifiesWhatItsOtherHalfSignedAndNothingElse() {
    SigningKey key = SigningKey.generate();
    byte[] data = {1, 2, 3};
    byte[] signature = SigningKey.encoded(key.sign(data));

    assertThat(key.publicKey().verifies(data, signature)).isTrue();
    assertThat(key.publicKey().verifies(new byte[] {1, 2, 4}, signature)).isFalse();
    assertThat(SigningKey.generate().publicKey().verifies(data, signature)).isFalse();
    assertThat(key.publicKey().verifies(data, Arrays.copyOf(signature, signature.length - 1)))
        .isFalse();
    assertThat(key.publicKey().verifies(data, Arrays.copyOf(signature, signature.length + 1)))
        .isFalse();
    byte[] longer = SigningKey.encoded(Arrays.copyOf(key.sign(data), 65));
    assertThat(key.publicKey().verifies(data, longer)).isFalse();
    byte[] noPoint = new byte[32];
    Arrays.fill(noPoint, (byte) 0xff);
    assertThat(SshPublicKey.ofBytes(noPoint).verifies(data, signature)).isFalse();
  }

  private static String line(String type, byte[] key) {
    return "ssh-ed25519 " + base64(new SshWire.Writer().string(type).string(key).bytes());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.problem.Problems;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of every kind that ssh-keygen makes, checked as ssh-keygen checks them. */
final class SshKeyKindTest {

  private static final String NAMESPACE = SshSignature.APPROVAL;
  private static final byte[] MESSAGE = "a manifest\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @BeforeEach
  void begin() throws Exception {
    assumeThat(Program.isInstalled("ssh-keygen"))
        .as("skipped: there is no ssh-keygen on this machine")
        .isTrue();
    Files.write(folder.resolve("manifest.json"), MESSAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, ssh-ed25519",
    "ecdsa, 256, ecdsa-sha2-nistp256",
    "ecdsa, 384, ecdsa-sha2-nistp384",
    "ecdsa, 521, ecdsa-sha2-nistp521",
    "rsa, 2048, ssh-rsa"
  })
  void aSignatureOfSshKeygenCounts(String type, String bits, String word) throws Exception {
    shell("ssh-keygen -q -t " + type + " -b " + bits + " -N '' -C '' -f key");
    shell("ssh-keygen -q -Y sign -n " + NAMESPACE + " -f key manifest.json");

    SshSignature signature = signature("manifest.json.sig");
    String line = Files.readString(folder.resolve("key.pub")).strip();
    AllowedSigners pinned =
        AllowedSigners.parse("approvers", "ann@clinic " + line + "\n", new Problems());

    assertThat(signature.verifies(NAMESPACE, MESSAGE)).isTrue();
    assertThat(signature.verifies("git", MESSAGE)).isFalse();
    assertThat(signature.verifies(NAMESPACE, new byte[] {1})).isFalse();
    assertThat(signature.armored()).isEqualTo(text("manifest.json.sig"));
    assertThat(line).startsWith(word + " ");
    assertThat(pinned.entries()).hasSize(1);
    assertThat(pinned.entries().get(0).key()).isEqualTo(signature.signer());
    assertThat(pinned.text()).isEqualTo("ann@clinic " + line + "\n");
  }

  @Test
  void aKeyWithAPassphraseSignsThroughTheAgent() throws Exception {
    assumeThat(Program.isInstalled("ssh-agent")).as("skipped: there is no ssh-agent").isTrue();
    shell("ssh-keygen -q -t ed25519 -N 'a passphrase' -C '' -f key");
    Files.writeString(folder.resolve("ask"), "#!/bin/sh\necho 'a passphrase'\n");
    shell("chmod +x ask");

    shell(
        "eval $(ssh-agent -s) >/dev/null && SSH_ASKPASS=./ask SSH_ASKPASS_REQUIRE=force ssh-add -q"
            + " key && ssh-keygen -q -Y sign -n "
            + NAMESPACE
            + " -f key.pub manifest.json; code=$?; ssh-agent -k >/dev/null; exit $code");

    assertThat(signature("manifest.json.sig").verifies(NAMESPACE, MESSAGE)).isTrue();
  }

  /** PROTOCOL.u2f of OpenSSH: the device signs its application, flags, a counter and the data. */
  @ParameterizedTest
  @CsvSource({"1, true", "5, true", "0, false"})
  void aSecurityKeyCountsWhenItWasTouched(byte flags, boolean counts) throws Exception {
    SigningKey device = SigningKey.generate();
    byte[] blob =
        new SshWire.Writer()
            .string("sk-ssh-ed25519@openssh.com")
            .string(device.publicKey().bytes())
            .string("ssh:")
            .bytes();
    byte[] signed =
        new SshWire.Writer()
            .raw("SSHSIG")
            .string(NAMESPACE)
            .string("")
            .string("sha512")
            .string(MessageDigest.getInstance("SHA-512").digest(MESSAGE))
            .bytes();
    byte[] touch = new SshWire.Writer().raw(new byte[] {flags}).number(7).bytes();
    byte[] data =
        new SshWire.Writer()
            .raw(Sha256.digest("ssh:".getBytes(StandardCharsets.US_ASCII)))
            .raw(touch)
            .raw(Sha256.digest(signed))
            .bytes();
    byte[] inner =
        new SshWire.Writer()
            .string("sk-ssh-ed25519@openssh.com")
            .string(device.sign(data))
            .raw(touch)
            .bytes();
    byte[] whole =
        new SshWire.Writer()
            .raw("SSHSIG")
            .number(1)
            .string(blob)
            .string(NAMESPACE)
            .string("")
            .string("sha512")
            .string(inner)
            .bytes();
    Files.writeString(folder.resolve("touched.sig"), SshWire.armor("SSH SIGNATURE", whole));
    SshSignature signature = signature("touched.sig");
    Files.writeString(folder.resolve("approvers"), "ann@clinic " + signature.signer().line());

    assertThat(signature.verifies(NAMESPACE, MESSAGE)).isEqualTo(counts);
    assertThat(signature.verifies(NAMESPACE, new byte[] {1})).isFalse();
    if (counts) {
      shell(
          "ssh-keygen -Y verify -f approvers -I ann@clinic -n "
              + NAMESPACE
              + " -s touched.sig < manifest.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa -b 1024", "dsa"})
  void aWeakKeyIsNone(String type) throws Exception {
    assumeThat(in("ssh-keygen -q -t " + type + " -N '' -f key"))
        .as("skipped: this ssh-keygen makes no such key")
        .isZero();

    assertThat(SshPublicKey.parse(text("key.pub"))).isEmpty();
  }

  @Test
  void aKeyHasOneEncodingOnly() throws Exception {
    shell("ssh-keygen -q -t rsa -b 2048 -N '' -C '' -f key");
    SshWire.Reader reader =
        new SshWire.Reader(SshPublicKey.parse(text("key.pub")).orElseThrow().blob());
    String type = reader.text();
    byte[] exponent = reader.string();
    byte[] modulus = reader.string();
    byte[] padded = new byte[exponent.length + 1];
    System.arraycopy(exponent, 0, padded, 1, exponent.length);
    byte[] again = new SshWire.Writer().string(type).string(padded).string(modulus).bytes();

    Optional<SshPublicKey> read =
        SshPublicKey.parse("ssh-rsa " + Base64.getEncoder().encodeToString(again));

    assertThat(read).isEmpty();
  }

  private SshSignature signature(String name) throws Exception {
    return SshSignature.parse(Files.readAllBytes(folder.resolve(name))).orElseThrow();
  }

  private String text(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  private void shell(String line) throws Exception {
    assertThat(in(line)).as(line).isZero();
  }

  private int in(String line) throws Exception {
    return Program.shell(line).in(folder).run().exitCode();
  }
}

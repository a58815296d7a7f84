package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshSignatureTest {

  private static final byte[] MESSAGE = "a manifest\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private final SigningKey key = SigningKey.generate();

  @Test
  void verifiesWhatWasSignedAndNothingElse() {
    byte[] text = bytes(SshSignature.sign(key, SshSignature.MANIFEST, MESSAGE).armored());
    SshSignature signature = SshSignature.parse(text).orElseThrow();

    assertThat(signature.signer()).isEqualTo(key.publicKey());
    assertThat(signature.verifies(SshSignature.MANIFEST, MESSAGE)).isTrue();
    assertThat(signature.verifies("git", MESSAGE)).isFalse();
    assertThat(signature.verifies(SshSignature.MANIFEST, bytes("another"))).isFalse();
  }

  @Test
  void noFlippedByteLeavesItVerifyingForItsSigner() {
    byte[] text = bytes(SshSignature.sign(key, SshSignature.MANIFEST, MESSAGE).armored());

    for (int i = 0; i < text.length - 1; i++) {
      byte[] damaged = text.clone();
      damaged[i] ^= 1;
      boolean accepted =
          SshSignature.parse(damaged)
              .filter(signature -> signature.signer().equals(key.publicKey()))
              .filter(signature -> signature.verifies(SshSignature.MANIFEST, MESSAGE))
              .isPresent();
      assertThat(accepted).as("byte %d", i).isFalse();
    }
  }

  @Test
  void refusesTextThatIsNoSignature() {
    assertThat(SshSignature.parse(bytes(""))).isEmpty();
    assertThat(SshSignature.parse(bytes("-----BEGIN SSH SIGNATURE-----"))).isEmpty();
    assertThat(
            SshSignature.parse(bytes(SshWire.armor("SSH SIGNATURE", bytes("SSHSIG\0\0\0\1\177")))))
        .isEmpty();
    assertThat(SshSignature.parse(new byte[1 << 20])).isEmpty();
  }

  /** PROTOCOL.sshsig: both hashes are allowed, what is reserved is ignored. */
  @ParameterizedTest
  @ValueSource(strings = {"sha256", "sha512"})
  void readsASignatureOverEitherHash(String hash) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance(hash.replace("sha", "SHA-")).digest(MESSAGE);
    byte[] signed =
        new SshWire.Writer()
            .raw("SSHSIG")
            .string("git")
            .string("")
            .string(hash)
            .string(digest)
            .bytes();

    SshSignature signature =
        parse(signature(1, "git", "reserved", hash, "ssh-ed25519", key.sign(signed))).orElseThrow();

    assertThat(signature.verifies("git", MESSAGE)).isTrue();
    assertThat(signature.verifies("git", bytes("another"))).isFalse();
    assertThat(signature).hasToString("SshSignature[" + key.publicKey() + ", git]");
  }

  @Test
  void readsNoSignatureOfAnotherForm() {
    byte[] signature = new byte[64];
    byte[] known = signature(1, "git", "", "sha512", "ssh-ed25519", signature);

    assertThat(parse(known)).isPresent();
    assertThat(parse(signature(2, "git", "", "sha512", "ssh-ed25519", signature))).isEmpty();
    assertThat(parse(signature(1, "", "", "sha512", "ssh-ed25519", signature))).isEmpty();
    assertThat(parse(signature(1, "git", "", "sha1", "ssh-ed25519", signature))).isEmpty();
    assertThat(parse(signature(1, "git", "", "sha512", "ssh-rsa", signature))).isEmpty();
    assertThat(parse(Arrays.copyOf(known, known.length + 1))).isEmpty();
    byte[] longer = known.clone();
    longer[longer.length - 64 - 11 - 4 - 4 - 1]++; // The length of the last string.
    assertThat(parse(Arrays.copyOf(longer, longer.length + 1))).isEmpty();
    for (int length = 0; length < known.length; length++) {
      assertThat(parse(Arrays.copyOf(known, length))).as("length %d", length).isEmpty();
    }
  }

  @Test
  void readsNoSignatureWithAnythingBesideIt() {
    String text = SshSignature.sign(key, "git", MESSAGE).armored();

    assertThat(SshSignature.parse(bytes("\n " + text + "\n"))).isPresent();
    assertThat(SshSignature.parse(bytes(text.replace("\n", "\r\n")))).isPresent();
    assertThat(SshSignature.parse(bytes("x" + text))).isEmpty();
    assertThat(SshSignature.parse(bytes(text + text))).isEmpty();
    assertThat(SshSignature.parse(bytes(text.replace("SIGNATURE-----\n", "SIGNATURE-----\n \t"))))
        .isEmpty();
    assertThat(SshSignature.parse(bytes("-----BEGIN SSH SIGNATURE-----END SSH SIGNATURE-----")))
        .isEmpty();
    assertThat(SshSignature.parse(bytes(text + " ".repeat(16 * 1024 - text.length())))).isPresent();
    assertThat(SshSignature.parse(bytes(text + " ".repeat(16 * 1024 - text.length() + 1))))
        .isEmpty();
  }

  @Test
  void anArmorHasLinesOfSeventyCharacters() {
    for (int size : new int[] {0, 1, 52, 53, 105, 106, 500}) {
      byte[] content = new byte[size];
      List<String> lines = SshWire.armor("X", content).lines().toList();
      List<String> body = lines.subList(1, lines.size() - 1);

      assertThat(lines.get(0)).isEqualTo("-----BEGIN X-----");
      assertThat(lines.get(lines.size() - 1)).isEqualTo("-----END X-----");
      assertThat(String.join("", body)).isEqualTo(Base64.getEncoder().encodeToString(content));
      assertThat(body.stream().limit(Math.max(0, body.size() - 1)).map(String::length))
          .allMatch(length -> length == 70);
      assertThat(body).allMatch(line -> !line.isEmpty() && line.length() <= 70);
    }
  }

  @Test
  void signsForNoEmptyNamespace() {
    assertThatThrownBy(() -> SshSignature.sign(key, "", MESSAGE))
        .hasMessage("namespace must not be empty");
  }

  private byte[] signature(
      int version, String namespace, String reserved, String hash, String type, byte[] signature) {
    return new SshWire.Writer()
        .raw("SSHSIG")
        .number(version)
        .string(key.publicKey().blob())
        .string(namespace)
        .string(reserved)
        .string(hash)
        .string(new SshWire.Writer().string(type).string(signature).bytes())
        .bytes();
  }

  private static Optional<SshSignature> parse(byte[] bytes) {
    return SshSignature.parse(bytes(SshWire.armor("SSH SIGNATURE", bytes)));
  }

  @Test
  void aKeyComesBackFromItsFile() {
    Path file = folder.resolve("signing.key");
    key.writeNew(file);

    SigningKey again = SigningKey.read(new KeyReference.InFile(file));

    assertThat(again.publicKey()).isEqualTo(key.publicKey());
    assertThat(again.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    assertThat(again).hasToString("SigningKey[" + key.publicKey().fingerprint() + "]");
  }

  @Test
  void refusesAFileThatIsNoKey() throws IOException {
    Path file = ownerOnly("hunter2");

    assertThatThrownBy(() -> SigningKey.read(new KeyReference.InFile(file)))
        .hasMessage(
            file
                + ": error KEY_FORMAT expected an OpenSSH private key; make one with consentry keys"
                + " new, or with ssh-keygen -t ed25519 -N ''");
  }

  @Test
  void refusesAKeyWhosePublicHalfIsAnothers() throws IOException {
    Path file = folder.resolve("signing.key");
    key.writeNew(file);
    byte[] bytes = SshWire.unarmor("OPENSSH PRIVATE KEY", Files.readAllBytes(file)).orElseThrow();
    byte[] mine = key.publicKey().bytes();
    byte[] others = SigningKey.generate().publicKey().bytes();
    for (int i = 0; i + mine.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + mine.length, mine, 0, mine.length)) {
        System.arraycopy(others, 0, bytes, i, others.length);
      }
    }
    Path mixed = ownerOnly(SshWire.armor("OPENSSH PRIVATE KEY", bytes));

    assertThatThrownBy(() -> SigningKey.read(new KeyReference.InFile(mixed)))
        .hasMessageContaining("the public half in the file belongs to another key");
  }

  @Test
  void sshKeygenAcceptsOurSignatureAndRefusesAnotherMessage() throws Exception {
    assumeSshKeygen();
    Path signers = folder.resolve("allowed_signers");
    Files.writeString(
        signers,
        new AllowedSigners(
                List.of(AllowedSigners.Entry.forManifests("releases@clinic", key.publicKey())))
            .text());
    Path signature = folder.resolve("m.sig");
    Files.writeString(signature, SshSignature.sign(key, SshSignature.MANIFEST, MESSAGE).armored());
    String[] verify = {
      "ssh-keygen",
      "-Y",
      "verify",
      "-f",
      signers.toString(),
      "-I",
      "releases@clinic",
      "-n",
      SshSignature.MANIFEST,
      "-s",
      signature.toString()
    };

    assertThat(Program.of(verify).reading(MESSAGE).run().text())
        .contains("Good \"consentry-manifest\" signature for releases@clinic")
        .contains(key.publicKey().fingerprint());
    assertThat(Program.of(verify).reading(bytes("another")).run().text())
        .contains("Signature verification failed");
  }

  @Test
  void sshKeygenReadsOurKeyFileAndWeItsSignature() throws Exception {
    assumeSshKeygen();
    Path file = folder.resolve("signing.key");
    key.writeNew(file);
    Path message = folder.resolve("message");
    Files.write(message, MESSAGE);

    assertThat(Program.of("ssh-keygen", "-lf", file.toString()).run().out())
        .contains(key.publicKey().fingerprint());
    Program sign =
        Program.of(
            "ssh-keygen",
            "-Y",
            "sign",
            "-f",
            file.toString(),
            "-n",
            SshSignature.MANIFEST,
            message.toString());

    assertThat(sign.run().exitCode()).isZero();
    assertThat(folder.resolve("message.sig"))
        .hasContent(SshSignature.sign(key, SshSignature.MANIFEST, MESSAGE).armored());
  }

  @Test
  void weReadAKeyOfSshKeygenUnlessItIsLocked() throws Exception {
    assumeSshKeygen();
    Path open = folder.resolve("open");
    Path locked = folder.resolve("locked");
    makeKey(open, "");
    makeKey(locked, "longer");

    SigningKey read = SigningKey.read(new KeyReference.InFile(open));

    assertThat(SshPublicKey.parse(Files.readString(folder.resolve("open.pub"))))
        .contains(read.publicKey());
    assertThatThrownBy(() -> SigningKey.read(new KeyReference.InFile(locked)))
        .hasMessageContaining("the key is locked by a passphrase, which no program types");
  }

  @Test
  void allowedSignersLimitsNamespaceAndTime() {
    String line = "releases@clinic namespaces=\"consentry-manifest,x\",valid-after=\"20260101Z\"";
    Problems problems = new Problems();
    AllowedSigners signers =
        AllowedSigners.parse(
            "signers",
            "# a remark\n\n"
                + line
                + ",valid-before=\"202701010000Z\" "
                + key.publicKey().line()
                + " a remark\n",
            problems);

    assertThat(problems.list()).isEmpty();
    assertThat(principal(signers, "consentry-manifest", "2026-06-01T00:00:00Z"))
        .isEqualTo("releases@clinic");
    assertThat(principal(signers, "git", "2026-06-01T00:00:00Z")).isEqualTo("none");
    assertThat(principal(signers, "x", "2025-12-31T23:59:59Z")).isEqualTo("none");
    assertThat(principal(signers, "x", "2027-01-01T00:00:00Z")).isEqualTo("none");
  }

  @Test
  void allowedSignersPassesNoLineOverInSilence() {
    String line = key.publicKey().line();
    Problems problems = new Problems();

    AllowedSigners signers =
        AllowedSigners.parse(
            "signers",
            String.join(
                "\n",
                "a@b ssh-rsa AAAA",
                "a@b cert-authority " + line,
                "a@b valid-after=\"20260101\" " + line,
                "* " + line,
                "a@b valid-before=\"20260101Z\"x " + line),
            problems);

    assertThat(signers.entries()).isEmpty();
    assertThat(problems.list()).map(Problem::place).hasSize(5);
    assertThat(problems.list().get(0))
        .hasToString(
            "signers:1: error SIGNERS_LINE expected a principal, options and a public key of"
                + " OpenSSH; keys are ssh-ed25519, ecdsa-sha2-nistp*, sk-* and ssh-rsa of 2048 bits"
                + " or more; options are namespaces, valid-after and valid-before, times end with"
                + " Z");
  }

  private String principal(AllowedSigners signers, String namespace, String when) {
    return signers.principal(key.publicKey(), namespace, Instant.parse(when)).orElse("none");
  }

  private Path ownerOnly(String text) throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void makeKey(Path file, String passphrase) throws Exception {
    Program make =
        Program.of("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString());
    assertThat(make.run().exitCode()).isZero();
  }

  private static void assumeSshKeygen() {
    assumeThat(Program.isInstalled("ssh-keygen"))
        .as("skipped: there is no ssh-keygen on this machine")
        .isTrue();
  }
}

package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures that count, by the lines of {@code allowed_signers} (ssh-keygen(1)). */
final class AllowedSignersTest {

  private static final String KEY = SigningKey.generate().publicKey().line();

  private final SshPublicKey key = SshPublicKey.parse(KEY).orElseThrow();

  /** Seconds, minutes and days are understood; the first moment counts, the last does not. */
  @ParameterizedTest
  @CsvSource({
    "'valid-after=\"20260102030405Z\"', 2026-01-02T03:04:04Z, false",
    "'valid-after=\"20260102030405Z\"', 2026-01-02T03:04:05Z, true",
    "'valid-after=\"202601020304Z\"', 2026-01-02T03:03:59Z, false",
    "'valid-after=\"202601020304Z\"', 2026-01-02T03:04:00Z, true",
    "'valid-after=\"20260102Z\"', 2026-01-01T23:59:59Z, false",
    "'valid-after=\"20260102Z\"', 2026-01-02T00:00:00Z, true",
    "'valid-before=\"20260102030405Z\"', 2026-01-02T03:04:04Z, true",
    "'valid-before=\"20260102030405Z\"', 2026-01-02T03:04:05Z, false",
    "'valid-after=\"20260101Z\",valid-before=\"20260102Z\"', 2026-01-01T12:00:00Z, true",
    "'valid-after=\"20260101Z\",valid-before=\"20260102Z\"', 2026-01-02T00:00:00Z, false"
  })
  void aKeyCountsFromItsFirstMomentUntilItsLast(String options, String when, boolean counts) {
    AllowedSigners signers = parse("a@b " + options + " " + KEY);

    assertThat(signers.principal(key, "git", Instant.parse(when)).isPresent()).isEqualTo(counts);
    assertThat(signers.everPrincipal(key, "git")).contains("a@b");
  }

  @Test
  void aKeyWithoutNamespacesSignsAnythingAndAnotherKeyNothing() {
    AllowedSigners signers = parse("a@b " + KEY);
    SshPublicKey other = SigningKey.generate().publicKey();

    assertThat(signers.principal(key, "anything", Instant.EPOCH)).contains("a@b");
    assertThat(signers.principal(other, "anything", Instant.EPOCH)).isEmpty();
    assertThat(signers.everPrincipal(other, "anything")).isEmpty();
  }

  @Test
  void aKeyWithNamespacesSignsForThoseAlone() {
    AllowedSigners signers = parse("a@b namespaces=\"one,two\" " + KEY);

    assertThat(signers.everPrincipal(key, "one")).contains("a@b");
    assertThat(signers.everPrincipal(key, "two")).contains("a@b");
    assertThat(signers.everPrincipal(key, "three")).isEmpty();
    assertThat(signers.principal(key, "three", Instant.EPOCH)).isEmpty();
  }

  @Test
  void theFirstLineThatAllowsAKeyNamesItsPrincipal() {
    AllowedSigners signers =
        parse("git@b namespaces=\"git\" " + KEY + "\nfirst@b " + KEY + "\nsecond@b " + KEY);

    assertThat(signers.principal(key, "consentry-manifest", Instant.EPOCH)).contains("first@b");
    assertThat(signers.everPrincipal(key, "git")).contains("git@b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a@b ssh-ed25519",
        "a@b ssh-ed25519 AAAA",
        "a@b ssh-rsa AAAAB3NzaC1yc2E=",
        "a@b namespaces=\"x\"",
        "a@b namespaces=\"\" KEY",
        "a@b namespaces=\"x,\" KEY",
        "a@b namespaces=\"consentry-*\" KEY",
        "a@b unknown=\"x\" KEY",
        "a@b namespaces=\"x\"\"y\" KEY",
        "a@b valid-after=\"20260231Z\" KEY",
        "a@b valid-after=\"2026010203Z\" KEY",
        "a@b valid-after=\"20260101\" KEY",
        "a@b valid-before=\"20260101T000000Z\" KEY",
        "a@b xvalid-before=\"20260101Z\" KEY",
        "a@b 1,namespaces=\"x\" KEY",
        "a*@b KEY",
        "a?b KEY",
        "!a@b KEY",
        "a@b,c@d KEY"
      })
  void aLineThatIsNotUnderstoodIsAProblem(String line) {
    Problems problems = new Problems();

    AllowedSigners signers =
        AllowedSigners.parse("signers", "\n" + line.replace("KEY", KEY), problems);

    assertThat(signers.entries()).isEmpty();
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "signers:2: error SIGNERS_LINE expected a principal, options and a public key of"
                + " OpenSSH; keys are ssh-ed25519, ecdsa-sha2-nistp*, sk-* and ssh-rsa of 2048 bits"
                + " or more; options are namespaces, valid-after and valid-before, times end with"
                + " Z");
  }

  @Test
  void remarksAndEmptyLinesAreNoProblem() {
    AllowedSigners signers = parse("# remark\n\n   \n  # remark\n a@b " + KEY + "  remark \n");

    assertThat(signers.entries())
        .extracting(AllowedSigners.Entry::principal)
        .containsExactly("a@b");
  }

  @Test
  void itsTextIsOneLineASigner() {
    AllowedSigners signers =
        new AllowedSigners(
            List.of(
                AllowedSigners.Entry.forManifests("a@b", key),
                new AllowedSigners.Entry("c@d", key, List.of(), Instant.MIN, Instant.MAX),
                new AllowedSigners.Entry(
                    "e@f", key, List.of("one", "two"), Instant.MIN, Instant.MAX)));

    assertThat(signers.text())
        .isEqualTo(
            "a@b namespaces=\"consentry-manifest\" "
                + KEY
                + "\nc@d "
                + KEY
                + "\ne@f namespaces=\"one,two\" "
                + KEY
                + "\n");
    assertThat(parse(signers.text())).isEqualTo(signers);
  }

  @Test
  void aPrincipalIsOneWord() {
    assertThatThrownBy(() -> AllowedSigners.Entry.forManifests("two words", key))
        .hasMessage("a principal is one word without wildcards or quotes");
  }

  /** The same lines, judged by OpenSSH. */
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "'namespaces=\"git,consentry-manifest\" ', true",
    "'namespaces=\"git\" ', false",
    "'valid-after=\"20200101Z\",valid-before=\"20990101000000Z\" ', true",
    "'valid-after=\"20990101Z\" ', false",
    "'valid-before=\"202001010000Z\" ', false"
  })
  void countsTheSignaturesThatOpenSshCounts(String options, boolean counts, @TempDir Path folder)
      throws Exception {
    assumeThat(Program.isInstalled("ssh-keygen"))
        .as("skipped: there is no ssh-keygen on this machine")
        .isTrue();
    SigningKey signer = SigningKey.generate();
    byte[] message = "a manifest\n".getBytes(StandardCharsets.US_ASCII);
    String line = "a@b " + options + signer.publicKey().line() + "\n";
    Path signers = Files.writeString(folder.resolve("signers"), line);
    Path signature =
        Files.writeString(
            folder.resolve("sig"),
            SshSignature.sign(signer, SshSignature.MANIFEST, message).armored());

    int openSsh =
        Program.of(
                "ssh-keygen",
                "-Y",
                "verify",
                "-f",
                signers.toString(),
                "-I",
                "a@b",
                "-n",
                SshSignature.MANIFEST,
                "-s",
                signature.toString())
            .reading(message)
            .run()
            .exitCode();

    assertThat(openSsh == 0).isEqualTo(counts);
    assertThat(
            parse(line)
                .principal(
                    signer.publicKey(),
                    SshSignature.MANIFEST,
                    Instant.parse("2026-11-28T12:00:00Z"))
                .isPresent())
        .isEqualTo(counts);
  }

  private static AllowedSigners parse(String text) {
    Problems problems = new Problems();
    AllowedSigners signers = AllowedSigners.parse("signers", text, problems);
    assertThat(problems.list()).isEmpty();
    return signers;
  }
}

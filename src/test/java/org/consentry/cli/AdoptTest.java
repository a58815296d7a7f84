package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of a state folder that is lost for good become known to another one. */
final class AdoptTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static Path first = Path.of("");
  private static String fingerprint = "";
  private Path home = Path.of("");

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    first = place.release(JOB);
    Path key = place.root().resolve("keys/manifest-signing.pem");
    fingerprint = SigningKey.read(new KeyReference.InFile(key)).publicKey().fingerprint();
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease(@TempDir Path other) throws IOException {
    place.restoreCopy();
    home = other.toRealPath().resolve("state");
  }

  @Test
  void adoptsVerifiedReleasesAndGoesOnFromThem() {
    Answer adopt =
        call(
            "adopt",
            place.root().resolve("releases").resolve(JOB).toString(),
            "--fingerprint",
            fingerprint);

    assertThat(adopt.exitCode()).as(adopt.err()).isEqualTo(0);
    assertThat(adopt.out())
        .isEqualTo("adopted " + first + "\n1 release adopted into state folder " + home + "\n");
    assertThat(adopt.err())
        .isEqualTo(
            "the code vault and the list of who is in these releases are in the state folder that"
                + " made them: copy its folder vault into "
                + home
                + ", or random codes of the next release are new ones; its counts are not compared"
                + " with theirs either\n"
                + "RESTRICTIONS_FORGOTTEN: this state folder remembers no denial or withdrawal that"
                + " earlier runs read, so a file of consent lines that lost some is not detected:"
                + " copy the folder restrictions too, or compare the file with its newest backup"
                + " before the next run\n");
    assertThat(call("adopt", place.root().resolve("releases").resolve(JOB).toString()).out())
        .isEqualTo("0 releases adopted into state folder " + home + "\n");
    assertThat(call("run", place.job(JOB).toString()).err()).contains("RESTRICTIONS_FORGOTTEN");
    Answer run =
        call(
            "run",
            "--accept-missing-restrictions",
            "the state folder was lost",
            place.job(JOB).toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
    assertThat(run.err())
        .contains(
            "warning FIGURES_NOT_COMPARED the study has 1 adopted release, and who is behind its"
                + " figures of what was left out is not known here");
    assertThat(call("verify", place.release(JOB).toString()).out())
        .contains("chain: follows release " + first.getFileName());
    assertThat(call("ledger", "verify", "--full").exitCode()).isEqualTo(0);
  }

  @Test
  void anAccountReportsThatAnAdoptedReleaseIsNotInIt() {
    assertThat(
            call("adopt", place.root().resolve("releases").toString(), "--fingerprint", fingerprint)
                .exitCode())
        .isEqualTo(0);

    Answer answer = call("accounting", "--patient", "P000001");

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .isEqualTo(
            "ledger:1: error MEMBERSHIP release "
                + JOB
                + "/"
                + first.getFileName()
                + " was adopted, and this state folder does not have who is in it; give the command"
                + " in the state folder that made the release (--home)\n");
  }

  @Test
  void codesOfAnAdoptedReleaseKeepTheirPrefix() {
    Path releases = place.root().resolve("releases").resolve(JOB);
    assertThat(call("adopt", releases.toString(), "--fingerprint", fingerprint).exitCode())
        .isEqualTo(0);
    Path mapping = place.root().resolve("mappings/clinic-safe-harbor.yaml");
    String before = Installation.read(mapping);
    place.replace(mapping, "prefixes:\n", "prefixes:\n  patient: PAT\n");

    Answer run = call("run", place.job(JOB).toString());
    Installation.write(mapping, before);

    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err())
        .contains(
            "error CODE_PREFIX codes of 'patient' begin with PAT-, but in earlier releases of the"
                + " study they begin with P-; write prefixes: {patient: P} at the top of the mapping");
  }

  @Test
  void adoptsNothingThatAnotherKeySigned() {
    String other = SigningKey.generate().publicKey().fingerprint();

    Answer answer = call("adopt", first.toString(), "--fingerprint", other);

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .startsWith(
            "SHA256SUMS.sig: error SIGNER signed by the key "
                + fingerprint
                + ", which is none of those trusted; do not use the release before the clinic"
                + " explains it\n");
    assertThat(call("run", place.job(JOB).toString()).exitCode()).isEqualTo(14);
  }

  @Test
  void adoptsNothingThatWasChanged() {
    place.append(first.resolve("README.md"), "x");

    Answer answer = call("adopt", first.toString(), "--fingerprint", fingerprint);

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .isEqualTo(
            "README.md: error DIGEST the content is not what was signed; ask the clinic for another"
                + " copy\n");
  }

  @Test
  void adoptsNothingWithoutATrustedSigner() {
    Answer answer = call("adopt", first.toString());

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--fingerprint: error NO_SIGNER no trusted signer is given; give --fingerprint"
                + " SHA256:... or --signers FILE\n");
  }

  private Answer call(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--home", home.toString()));
    return Installation.execute(all);
  }
}

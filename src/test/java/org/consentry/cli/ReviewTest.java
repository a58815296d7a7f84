package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers read a copy of what they sign, and sign with the keys they have. */
final class ReviewTest {

  @TempDir private Path folder;
  private StagedClinic clinic;
  private String run = "";
  private Path copy = Path.of("");

  @BeforeEach
  void stage() throws IOException {
    clinic = StagedClinic.in(Files.createDirectory(folder.toRealPath().resolve("clinic")));
    assertThat(clinic.call("run", clinic.job().toString(), "--create-keys").exitCode())
        .isEqualTo(4);
    run = clinic.run().run();
    copy = folder.toRealPath().resolve("copy");
  }

  @Test
  void copiesPagesAndStatementAndNoData() throws IOException {
    Answer answer = review();

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out())
        .isEqualTo(
            "read      "
                + copy
                + "/SIGN.md\nsign      ssh-keygen -Y sign -n consentry-approval -f KEY "
                + copy
                + "/statement.json\nenter     consentry approve "
                + run
                + " --signature "
                + copy
                + "/statement.json.sig\n");
    assertThat(files())
        .contains(
            "SIGN.md",
            "statement.json",
            "release/manifest.html",
            "release/codebook.html",
            "release/README.md",
            "release/flow.svg",
            "release/SHA256SUMS")
        .noneMatch(name -> name.startsWith("release/data/"));
    byte[] statement = Files.readAllBytes(copy.resolve("statement.json"));
    assertThat(statement).isEqualTo(Files.readAllBytes(staged().resolve("manifest.json")));
    assertThat(Files.readString(copy.resolve("SIGN.md")))
        .contains("    " + Sha256.hex(statement) + "\n")
        .contains("0 of 1 approval given")
        .contains("The released tables are not in this copy.")
        .contains("    consentry approve " + run + " --signature statement.json.sig\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rwx------");
    assertThat(reviewed()).containsExactly("LEFT_OUT");
    assertThat(clinic.call("ledger", "verify").exitCode()).isZero();
  }

  /** An approver cannot read it in the terminal of the run. */
  @Test
  void approversReadThatAnAdoptedReleaseIsNotComparedWith() throws IOException {
    LedgerEntry staged = Ledger.read(clinic.state()).entries(LedgerEntry.Kind.STAGED).get(0);
    Instant at = Instant.parse(staged.at());
    Ledger.open(clinic.state(), () -> at)
        .append(
            at,
            new LedgerEvent(LedgerEntry.Kind.ADOPTED, "run-0", "job", staged.study(), Map.of()));

    assertThat(review().exitCode()).isZero();

    assertThat(Files.readString(copy.resolve("SIGN.md")))
        .contains(
            "## Warning\n\nFIGURES_NOT_COMPARED: the study has 1 adopted release, and who is"
                + " behind its figures of what was left out is not known here, so that a figure of"
                + " this release may differ from one of them by fewer than 11 people.\nRemedy:"
                + " restore the state folder");
  }

  @Test
  void copiesDataWhereAPersonAsksForIt() throws IOException {
    Files.createDirectory(copy);

    Answer answer = review("--with-data");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(files()).anyMatch(name -> name.startsWith("release/data/"));
    assertThat(reviewed()).containsExactly("INCLUDED");
  }

  @Test
  void writesNothingOverWhatIsThere() throws IOException {
    Files.createDirectory(copy);
    Files.writeString(copy.resolve("mine"), "");

    Answer answer = review();

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            copy
                + ": error REVIEW_EXISTS something is there already; a copy is written into a new"
                + " or an empty folder; name another folder\n");
    assertThat(files()).containsExactly("mine");
    assertThat(reviewed()).isEmpty();
  }

  @Test
  void copiesNothingOfAChangedStaging() throws IOException {
    Files.writeString(staged().resolve("codebook.html"), "another");

    Answer answer = review();

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err())
        .isEqualTo(
            staged().resolve("codebook.html")
                + ": error STAGING_CHANGED the staged release of run "
                + run
                + " is not as it was sealed; nothing was copied; abandon the run and start another:"
                + " consentry abandon "
                + run
                + "\n");
    assertThat(reviewed()).isEmpty();
    try (Stream<Path> left = Files.list(folder.toRealPath())) {
      assertThat(left).extracting(Path::getFileName).containsExactly(Path.of("clinic"));
    }
  }

  @Test
  void reportsThatAFailedPublicationAddedTheApprovals() throws IOException {
    assertThat(clinic.approve("ann").exitCode()).isZero();
    Path consents = folder.resolve("clinic/clinic/consents.csv");
    byte[] whole = Files.readAllBytes(consents);
    Files.writeString(consents, "no,header\n");
    assertThat(clinic.call("publish", run).exitCode()).isEqualTo(10);

    Answer answer = review();

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err())
        .isEqualTo(
            "run "
                + run
                + ": error PUBLICATION_FAILED a publication added the approvals to the staged"
                + " release and then failed, so there is no copy to review; nothing was copied;"
                + " publish it as it was approved: consentry publish "
                + run
                + "; to review it again, abandon the run and start another\n");
    assertThat(reviewed()).isEmpty();
    Files.write(consents, whole);
    assertThat(clinic.call("publish", run).exitCode()).as("what the message names").isZero();
  }

  @Test
  void anApproverSignsTheCopyWithAKeyOfTheAgent() throws Exception {
    assumeThat(Program.isInstalled("ssh-agent")).as("skipped: there is no ssh-agent").isTrue();
    review();
    shell("ssh-keygen -q -t ecdsa -N 'a passphrase' -C '' -f key");
    Files.writeString(folder.resolve("ask"), "#!/bin/sh\necho 'a passphrase'\n");
    Files.writeString(
        clinic.state().approvers(),
        "eve@clinic namespaces=\"consentry-approval\" "
            + Files.readString(folder.resolve("key.pub")));

    Answer locked = clinic.call("approve", run, "--key", "file:" + folder.resolve("key"));
    shell(
        "chmod +x ask && eval $(ssh-agent -s) >/dev/null && SSH_ASKPASS=./ask"
            + " SSH_ASKPASS_REQUIRE=force ssh-add -q key && ssh-keygen -q -Y sign -n"
            + " consentry-approval -f key.pub copy/statement.json; code=$?;"
            + " ssh-agent -k >/dev/null; exit $code");
    Answer entered =
        clinic.call("approve", run, "--signature", copy.resolve("statement.json.sig").toString());
    Answer published = clinic.call("publish", run);

    assertThat(locked.exitCode()).isEqualTo(14);
    assertThat(locked.err())
        .isEqualTo(
            folder.resolve("key")
                + ": error KEY_LOCKED the key is locked by a passphrase, which no program types;"
                + " run consentry review "
                + run
                + " --to DIR, sign there with ssh-keygen -Y sign -n consentry-approval -f KEY"
                + " statement.json, which asks for the passphrase, or after ssh-add KEY with -f"
                + " KEY.pub, by the agent; then run consentry approve "
                + run
                + " --signature DIR/statement.json.sig\n");
    assertThat(entered.out()).startsWith("1 of 1 approval given (eve@clinic)\n").as(entered.err());
    assertThat(published.exitCode()).as(published.err()).isZero();
  }

  private Answer review(String... more) {
    return clinic.call(
        Stream.concat(Stream.of("review", run, "--to", copy.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private void shell(String line) throws IOException, InterruptedException {
    Program.Ended ended = Program.shell(line).in(folder).run();
    assertThat(ended.exitCode()).as(ended.text()).isZero();
  }

  private Path staged() {
    return Staging.of(Path.of(clinic.run().output()), run).release();
  }

  private List<String> reviewed() {
    return Ledger.read(clinic.state()).entries(LedgerEntry.Kind.REVIEWED).stream()
        .map(entry -> entry.fact(LedgerFact.DATA).orElseThrow())
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(copy)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> copy.relativize(file).toString())
          .toList();
    }
  }
}

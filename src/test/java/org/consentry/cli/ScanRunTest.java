package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A patient's telephone number in a released column, from the run to what people read. */
final class ScanRunTest {

  private static final String PHONE = "(602) 555-4117";
  private static final String WRITTEN_OTHERWISE = "602.555.4117";
  private static final String FOUND =
      "data/visits.csv: %s SCAN_FINDING 'finding' has an identifier of a person of the source"
          + " (number) in 1 place, the first in row N";

  @TempDir private Path folder;
  private Optional<StagedClinic> made = Optional.empty();

  /** A clinic whose first patient has a telephone number. */
  private void clinic(String rule, String finding) throws IOException {
    Path root = folder.toRealPath();
    made = Optional.of(StagedClinic.in(root, rule));
    Path patients = root.resolve("clinic/patients.csv");
    Installation.write(
        patients,
        Installation.read(patients)
            .replaceAll("(?m)$", ",")
            .replaceAll("sex,\n", "sex,phone\n")
            .replaceFirst(",F,\n", ",F," + PHONE + "\n")
            .replaceAll("\n,$", "\n"));
    Path visits = root.resolve("clinic/visits.csv");
    Installation.write(
        visits, Installation.read(visits).replaceFirst(",ok\n", "," + finding + "\n"));
    Path mapping = root.resolve("mappings/days.yaml");
    Installation.write(
        mapping,
        Installation.read(mapping)
            .replace("      sex:", "      phone: {role: direct-identifier, do: drop}\n      sex:"));
  }

  private StagedClinic clinic() {
    return made.orElseThrow();
  }

  private static String withoutRows(String text) {
    return text.replaceAll("in row \\d+", "in row N");
  }

  private List<Path> released() {
    return Installation.files(folder.resolve("releases/approved"));
  }

  private Answer run() {
    return clinic().call("run", clinic().job().toString());
  }

  @Test
  void blocksTheRunAndReleasesNothing() throws IOException {
    clinic("scan: {identifiers: source, patterns: none}", WRITTEN_OTHERWISE);

    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(13);
    assertThat(withoutRows(answer.err()))
        .contains(
            FOUND.formatted("error")
                + "; nothing was released; change the mapping; or acknowledge it in the job under"
                + " scan: acknowledge: [{column: visits.finding, kind: number, reason: ..., by:"
                + " ..., until: ...}]\n")
        .doesNotContainPattern("555\\D*4117|\\b4117\\b");
    assertThat(released()).isEmpty();
    assertThat(clinic().run().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(clinic().run().exitCode()).isEqualTo(13);
  }

  @Test
  void aResumedRunIsBlockedAgain() throws IOException {
    clinic("scan: {identifiers: source, patterns: none}", WRITTEN_OTHERWISE);
    run();

    Answer resumed = clinic().call("resume", clinic().run().run());

    assertThat(resumed.exitCode()).isEqualTo(13);
    assertThat(withoutRows(resumed.err())).contains(FOUND.formatted("error"));
    assertThat(released()).isEmpty();
  }

  @Test
  void releasesWithoutFindingsAndVerifyReportsIt() throws IOException {
    clinic("scan: {identifiers: source, patterns: us}", "ok");

    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(clinic().call("verify", clinic().run().release()).out())
        .contains("\nscan: passed\n");
    Answer again = scan(Path.of(clinic().run().release()));
    assertThat(again.exitCode()).as(again.out()).isZero();
    assertThat(again.out())
        .contains(
            "not searched: single names, numbers that a count or a time may equal by chance,"
                + " digests and signatures in the files beside the data");
  }

  @Test
  void aFindingForReviewIsStagedUntilItIsApproved() throws IOException {
    clinic("scan: {identifiers: source, patterns: none, onFinding: review}", WRITTEN_OTHERWISE);

    Answer staged = run();

    assertThat(staged.exitCode()).as(staged.err()).isEqualTo(RunOutcome.STAGED);
    assertThat(withoutRows(staged.err())).contains(FOUND.formatted("warning"));
    assertThat(released()).isEmpty();
    Answer early = clinic().call("publish", clinic().run().run());
    assertThat(early.exitCode()).isEqualTo(12);
    assertThat(early.err()).contains("error APPROVAL_MISSING 0 of 1 approval given; ");
    clinic().approve("ann");
    Answer published = clinic().call("publish", clinic().run().run());
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(clinic().call("verify", clinic().run().release()).out())
        .contains("\nscan: findings approved\n");
  }

  @Test
  void aReviewWithoutFindingsNeedsNoApproval() throws IOException {
    clinic("scan: {identifiers: source, patterns: none, onFinding: review}", "ok");

    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  @Test
  void aReviewThatCouldNotBeApprovedIsRefusedBeforeARowIsRead() throws IOException {
    clinic("scan: {identifiers: source, patterns: none, onFinding: review}", "ok");
    Files.delete(clinic().state().approvers());

    Answer answer = run();

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err())
        .contains(
            "error APPROVERS_MISSING the job asks for 1 approval and the installation pins 0"
                + " approvers beside requester and operators");
  }

  private Answer scan(Path searched, String... more) {
    String[] words = new String[4 + more.length];
    words[0] = "scan";
    words[1] = searched.toString();
    words[2] = "--against";
    words[3] = clinic().job().toString();
    System.arraycopy(more, 0, words, 4, more.length);
    return clinic().call(words);
  }

  @Test
  void findsIdentifiersInAnExtractThatWasMadeElsewhere() throws IOException {
    clinic("requestedFor: anyone", "ok");
    Path job = clinic().job();
    Installation.write(job, Installation.read(job).replace("requestedFor: anyone\n", ""));
    Path extract = folder.resolve("extract");
    Installation.write(extract.resolve("notes.csv"), "n,note\n1,fine\n2,call 602 555 4117\n");

    Answer answer = scan(extract);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(13);
    assertThat(answer.out())
        .startsWith("notes.csv: 'note' has ")
        .contains(
            "notes.csv: 'note' has an identifier of a person of the source (number) in 1 place, the"
                + " first in row 2\n",
            "\nscan: identifiers found\n1 file, 4 cells of tables\n",
            "\nnot searched: dates, which the target allows\n")
        .doesNotContainPattern("555\\D*4117|\\b4117\\b");
    assertThat(scan(extract, "--json").out())
        .contains(
            "{\"column\":\"note\",\"command\":\"scan\",\"event\":\"result\","
                + "\"evidence\":\"identifier\",\"file\":\"notes.csv\",\"firstRow\":2,"
                + "\"kind\":\"number\",\"places\":1,\"shape\":\"scanFinding\"}\n");
  }

  @Test
  void passesAFolderWithoutIdentifiers() throws IOException {
    clinic("scan: {identifiers: source, patterns: none}", "ok");
    Path extract = folder.resolve("extract");
    Installation.write(extract.resolve("notes.csv"), "n,note\n1,fine\n");

    Answer answer = scan(extract);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("scan: passed\n1 file, 2 cells of tables\n");
  }

  @Test
  void refusesAFolderWithNothingToSearch() throws IOException {
    clinic("scan: {identifiers: source, patterns: none}", "ok");
    Path empty = Files.createDirectories(folder.resolve("empty"));

    Answer absent = scan(folder.resolve("absent"));
    Answer bare = scan(empty);

    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.err())
        .isEqualTo(
            folder.resolve("absent")
                + ": error NOTHING_TO_SCAN expected a folder but found none; check the path\n");
    assertThat(bare.exitCode()).isEqualTo(2);
    assertThat(bare.err())
        .isEqualTo(
            empty + ": error NOTHING_TO_SCAN the folder has no file to search; check the path\n");
  }

  @Test
  void anAnswerInTheJobCountsUntilItsDay() throws IOException {
    String answers =
        "scan: {identifiers: source, patterns: none, acknowledge: [{file: notes.csv, kind: number,"
            + " reason: a, by: b, until: %1$s}, {file: notes.csv, kind: local-phone, reason: a, by:"
            + " b, until: %1$s}]}";
    clinic(answers.formatted("2039-12-31"), "ok");
    Path extract = folder.resolve("extract");
    Installation.write(extract.resolve("notes.csv"), "n,note\n2,602 555 4117\n");
    Path job = clinic().job();

    Answer valid = scan(extract);
    Installation.write(job, Installation.read(job).replace("2039-12-31}]", "2020-01-01}]"));
    Answer expired = scan(extract);

    assertThat(valid.exitCode()).as(valid.err() + valid.out()).isZero();
    assertThat(valid.out()).startsWith("scan: findings acknowledged\n");
    assertThat(expired.exitCode()).isEqualTo(13);
  }
}

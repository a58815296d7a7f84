package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.StateSession;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A restriction that a run has read, or that is of no patient, is never lost in silence. */
final class MissingRestrictionsTest {

  private static final String CUT =
      "data/consents.csv: error RESTRICTIONS_MISSING restrictions that earlier runs read are"
          + " missing (1), last seen on lines 42; restore the whole file, or the words of consent:"
          + " that changed; a restriction that no longer counts keeps its line with another status;"
          + " where lines were removed on purpose, consentry run --accept-missing-restrictions"
          + " REASON\n";

  @TempDir Path folder;

  private ChainClinic clinic;

  /** Forty patients who permit everything, and a withdrawal of the last on the last line. */
  @BeforeEach
  void write() throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
    for (int i = 1; i <= 40; i++) {
      clinic.row("patients", "P-" + i, "1980-01-01");
      clinic.consent("L" + i, "P-" + i, Map.of());
    }
    clinic.restriction("W1", "P-40", "WITHDRAW", Map.of());
    clinic.write();
  }

  @Test
  void stopsWhereARestrictionThatARunReadHasDisappeared() {
    assertThat(clinic.run().exitCode()).isZero();
    cutTo(41);

    Answer cut = run();

    assertThat(cut.exitCode()).isEqualTo(10);
    assertThat(cut.err()).endsWith(CUT);
    assertThat(releases()).hasSize(1);
    assertThat(run().err()).as("and again, whatever was reported").endsWith(CUT);
  }

  @Test
  void goesOnWithTheWholeFileOrWithAReasonThatTheLedgerKeeps() {
    assertThat(clinic.run().exitCode()).isZero();
    cutTo(41);
    assertThat(run().exitCode()).isEqualTo(10);
    clinic.write();
    assertThat(run().exitCode()).as("the whole file").isZero();
    cutTo(41);

    Answer accepted = run("--accept-missing-restrictions", "entered twice, ticket 7");

    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.err()).contains("accepted: RESTRICTIONS_MISSING restrictions that");
    assertThat(ledger())
        .contains("REASON=entered twice, ticket 7")
        .contains("ACCEPTED=RESTRICTIONS")
        .contains("last seen on lines 42")
        .contains("ASKED_BY=")
        .doesNotContain("P-40");
    assertThat(run().exitCode()).as("what was accepted is forgotten").isZero();
    assertThat(clinic.call("ledger", "verify").exitCode()).isZero();
  }

  @Test
  void remembersARestrictionAsSoonAsItIsReadWhateverBecomesOfTheRun() {
    assertThat(clinic.run().exitCode()).isZero();
    clinic.restriction("W2", "P-39", "DENY", Map.of()).restriction("W3", "Q9", "DENY", Map.of());
    assertThat(clinic.run().exitCode()).as("a restriction of no patient").isEqualTo(10);
    cutTo(42);

    Answer cut = run();

    assertThat(cut.exitCode()).isEqualTo(10);
    assertThat(cut.err()).contains("are missing (1), last seen on lines 43;");
  }

  @Test
  void findsTheRestrictionsOfAFileThatHasAnotherName() {
    assertThat(clinic.run().exitCode()).isZero();
    cutTo(41);
    Path moved = clinic.file("data/newest.csv");
    Installation.write(moved, Installation.read(consents()));
    job("data/consents.csv", "data/newest.csv");

    assertThat(run().err()).contains("data/newest.csv: error RESTRICTIONS_MISSING");
  }

  @Test
  void findsTheRestrictionsThatARunOfAnotherStudyRead() {
    assertThat(clinic.run().exitCode()).isZero();
    cutTo(41);
    job("id: S1", "id: S2");
    Installation.remove(clinic.file("keys/study.key"));

    Answer cut = clinic.call("run", "--create-keys", clinic.job());

    assertThat(cut.exitCode()).isEqualTo(10);
    assertThat(cut.err()).endsWith(CUT);
  }

  @ParameterizedTest
  @CsvSource({
    "status ended,ACTIVE,ENTERED_IN_ERROR,0",
    "now a permit,WITHDRAW,PERMIT,10",
    "another line,W1,W2,10",
    "corrected id,P-40,p\u200B-40,0",
    "another patient,P-40,P-39,10"
  })
  void takesARestrictionForTheSameWhileItsLineAndPatientAre(
      String change, String from, String to, int exitCode) {
    assertThat(clinic.run().exitCode()).isZero();
    List<String> lines = Installation.read(consents()).lines().collect(Collectors.toList());
    lines.set(41, lines.get(41).replace(from, to));
    Installation.write(consents(), String.join("\n", lines) + "\n");

    assertThat(run().exitCode()).as(change).isEqualTo(exitCode);
  }

  @Test
  void stopsWhereTheFileIsMuchShorterThanAtTheLastRun() {
    clinic.restriction("W1", "P-40", "WITHDRAW", Map.of());
    List<String> lines = Installation.read(consents()).lines().toList();
    Installation.write(consents(), String.join("\n", lines.subList(0, 41)) + "\n");
    assertThat(clinic.call("run", "--create-keys", clinic.job()).exitCode()).isZero();
    cutTo(37);
    assertThat(run().exitCode()).as("36 of 40 lines").isZero();
    cutTo(33);

    Answer shorter = run();

    assertThat(shorter.exitCode()).isEqualTo(10);
    assertThat(shorter.err())
        .endsWith(
            "data/consents.csv: error CONSENT_LINES_FEWER found 32 lines where the last run read"
                + " 36, fewer than quality: {fewerThanLast: 0.1} allows; restore the whole file;"
                + " where lines were removed on purpose, consentry run"
                + " --accept-missing-restrictions REASON\n");
    assertThat(run("--accept-missing-restrictions", "moved to another clinic").exitCode()).isZero();
    job("mapping: map.yaml", "mapping: map.yaml\nquality: {fewerThanLast: 0.5}");
    cutTo(20);
    assertThat(run().exitCode()).as("19 of 32 lines").isZero();
  }

  @Test
  void stopsWhereWhatRunsReadIsNotThereOrDamaged() throws IOException {
    assertThat(clinic.run().exitCode()).isZero();
    List<Path> memory = Installation.files(new StateFolder(clinic.home()).restrictions());
    assertThat(memory).hasSize(2);
    for (Path file : memory) {
      assertThat(Files.readString(file)).startsWith("consentry-restrictions-1 41 1\n");
      assertThat(Files.readString(file)).doesNotContain("P-40").doesNotContain("W1");
    }
    Path damaged = memory.get(0);
    String before = Installation.read(damaged);
    String mac = before.substring(before.indexOf("mac "));
    for (String text :
        List.of(
            "",
            "consentry-restrictions-1 41 1\n",
            "consentry-restrictions-1 41 0\n" + mac,
            before.substring(0, before.indexOf("mac ")),
            Installation.read(memory.get(1)),
            before + before,
            "ä",
            "x")) {
      Installation.write(damaged, text);
      Answer refused = run();
      assertThat(refused.exitCode()).as(text).isEqualTo(20);
      assertThat(refused.err())
          .endsWith(
              "error RESTRICTION_MEMORY the file of restrictions that earlier runs read is not as"
                  + " it was written; restore the state folder from its newest backup and find out"
                  + " who changed it\n");
    }
    memory.forEach(Installation::remove);

    Answer forgotten = run();

    assertThat(forgotten.exitCode()).isEqualTo(10);
    assertThat(forgotten.err())
        .contains(
            "error RESTRICTIONS_FORGOTTEN the study has released before, but what its runs read of"
                + " restrictions is not there; restore the folder from its newest backup");
    assertThat(run().exitCode()).as("and again").isEqualTo(10);
    assertThat(run("--accept-missing-restrictions", "the disk broke").exitCode()).isZero();
  }

  @Test
  void judgesNoRecallByAFileFromWhichARestrictionIsMissing() {
    assertThat(clinic.run().exitCode()).isZero();
    cutTo(41);

    Answer recall = clinic.call("recall");

    assertThat(recall.exitCode()).isEqualTo(10);
    assertThat(recall.err()).contains("error RESTRICTIONS_MISSING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "plan", "explain"})
  void stopsAtARestrictionOfNoPatientUnlessTheJobCountsThem(String command) {
    clinic.restriction("W2", "Q77", "WITHDRAW", Map.of()).write();
    assertThat(clinic.call("keys", "new", "study", key("study.key")).exitCode()).isZero();
    assertThat(clinic.call("keys", "new", "signing", key("signing.pem")).exitCode()).isZero();

    Answer stopped = command(command);

    assertThat(stopped.exitCode()).isEqualTo(10);
    assertThat(stopped.err())
        .endsWith(
            "data/consents.csv: error RESTRICTION_OF_UNKNOWN_PATIENT 1 of 42 lines restrict"
                + " patients whom the subjects table does not know, not even by a similar id;"
                + " correct the ids; if the file is also about patients who are not in the source,"
                + " write consent: {unknownRestrictions: count} in the job\n"
                + "data/consents.csv:43: error RESTRICTION_OF_UNKNOWN_PATIENT expected a patient of"
                + " the subjects table but found an id that is not even similar to one; it protects"
                + " no patient; correct the patient id\n"
                + "2 errors in 1 file\n");
    job("path: data/consents.csv}", "path: data/consents.csv, unknownRestrictions: count}");
    assertThat(command(command).exitCode()).isZero();
  }

  @Test
  void excludesAPatientWhoWithdrewByAnotherSpelling() {
    clinic.restriction("W2", "\uFF30-39\u200B", "WITHDRAW", Map.of());

    Answer run = clinic.run();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("\n  subjects .* 38\n");
    assertThat(run.err()).contains("data/consents.csv:43: warning RESTRICTION_ID_NOT_EXACT");
    assertThat(clinic.call("explain", "--patient", "P-39", clinic.job()).out())
        .contains("\nOUT: BAD_RESTRICTION_ROW");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesAReasonWithoutContent(String reason) {
    Answer refused = run("--accept-missing-restrictions", reason);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("expected a reason of 1 to 1000 characters");
  }

  private Answer command(String command) {
    return switch (command) {
      case "explain" -> clinic.call("explain", "--patient", "P-1", clinic.job());
      default -> clinic.call(command, clinic.job());
    };
  }

  private String key(String name) {
    return clinic.file("keys/" + name).toString();
  }

  private Answer run(String... more) {
    List<String> words = new ArrayList<>(List.of("run", "--threads", "2"));
    words.addAll(List.of(more));
    words.add(clinic.job());
    return clinic.call(words.toArray(String[]::new));
  }

  private Path consents() {
    return clinic.file("data/consents.csv");
  }

  /** What {@code head -n} leaves of the consent lines. */
  private void cutTo(int lines) {
    List<String> all = Installation.read(consents()).lines().toList();
    Installation.write(consents(), String.join("\n", all.subList(0, lines)) + "\n");
  }

  private void job(String from, String to) {
    Path job = Path.of(clinic.job());
    Installation.write(job, Installation.read(job).replace(from, to));
  }

  private List<String> releases() {
    return Installation.files(clinic.file("releases/chain")).stream()
        .map(file -> clinic.file("releases/chain").relativize(file).getName(0).toString())
        .distinct()
        .toList();
  }

  /** The facts of every acceptance. */
  private String ledger() {
    StateFolder state = new StateFolder(clinic.home());
    try (StateSession session = Sessions.ask(state, Installation.silent())) {
      return session.ledger().entries(LedgerEntry.Kind.ACCEPTED).toString();
    }
  }
}

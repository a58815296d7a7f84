package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands print and how they end, after one release of a small clinic. */
final class CommandsTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir static Path folder;

  private static Installation place;
  private static Path release;
  private static String run;
  private static String fingerprint;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = Installation.in(Files.createDirectory(folder.resolve("released")).toRealPath());
    CanaryClinic.over(place);
    Answer answer = place.run(JOB);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    release = place.release(JOB);
    JsonNode listed = jsonLines(place.call("list", "--json")).get(1);
    run = listed.get("run").asString();
    fingerprint =
        jsonLines(place.call("keys", "show", "--json", "signing", key("manifest-signing.pem")))
            .get(1)
            .get("fingerprint")
            .asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65"})
  void refusesANumberOfThreadsThatIsNone(String threads) {
    Answer answer = place.call("run", "--threads", threads, place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--threads: error THREADS expected a number from 1 to 64 but found "
                + threads
                + "; leave it out for one a processor\n");
  }

  @Test
  void validateFindsShippedFilesValid() {
    String mapping = place.root() + "/mappings/clinic-safe-harbor.yaml";

    Answer answer = place.call("validate", place.job(JOB).toString(), mapping);

    assertThat(answer.out().lines())
        .contains(place.job(JOB) + ": valid", mapping + ": valid")
        .noneMatch(line -> line.contains(": error "));
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void validateNamesFileLineAndColumnAndSuggestsTheWord() throws IOException {
    Installation own = fresh("validate");
    Path mapping = own.root().resolve("mappings/clinic-safe-harbor.yaml");
    own.replace(mapping, "recordDate: [completed_on]", "recordDates: [completed_on]");

    Answer answer = own.call("validate", mapping.toString());

    assertThat(answer.out().replace(own.root() + "/", "").lines())
        .containsExactly(
            "mappings/clinic-safe-harbor.yaml:343:5: error UNKNOWN_KEY unknown key 'recordDates';"
                + " did you mean 'recordDate'?",
            "mappings/clinic-safe-harbor.yaml: not valid",
            "1 error in 1 file");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void validateSpeaksJsonToPrograms() {
    Answer answer = place.call("validate", "--format", "json", place.root() + "/jobs/absent.yaml");

    assertThat(jsonLines(answer).get(0).get("schema").asString()).isEqualTo("consentry-events-1");
    assertThat(jsonLines(answer).get(1).get("severity").asString()).isEqualTo("error");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void planWritesNothing() {
    Map<String, String> before = snapshot(place.root());

    Answer answer = place.call("plan", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(0);
    assertThat(answer.out())
        .contains("subjects 5, would be released 2")
        .contains("  NO_CONSENT: 1")
        .contains("table visits: 1 split,");
    assertThat(Leaks.in(answer.out() + answer.err())).isEmpty();
    assertThat(snapshot(place.root())).isEqualTo(before);
  }

  @Test
  void aRunWithoutKeysIsRefusedAndMakesNone() throws IOException {
    Installation own = fresh("keyless");

    Answer answer = own.call("run", own.job(JOB).toString());

    assertThat(errors(own, answer))
        .singleElement()
        .asString()
        .startsWith("keys/eyelid-outcomes.key: error KEY_MISSING the key is not there; ");
    assertThat(answer.exitCode()).isEqualTo(14);
    assertThat(own.root().resolve("keys")).doesNotExist();
    assertThat(own.root().resolve("releases")).doesNotExist();
  }

  @Test
  void anotherKeyThanThatOfEarlierReleasesIsRefused() throws IOException {
    Installation own = fresh("other-key");
    assertThat(own.run(JOB).exitCode()).isEqualTo(0);
    Path key = own.root().resolve("keys/eyelid-outcomes.key");
    Files.delete(key);

    Answer missing = own.run(JOB);
    StudyKey.generate().writeNew(key);
    Answer other = own.run(JOB);

    assertThat(errors(own, missing))
        .containsExactly(
            "keys/eyelid-outcomes.key: error KEY_OF_RELEASED_STUDY the study has released before,"
                + " so its key is not made again; restore the key from its backup");
    assertThat(missing.exitCode()).isEqualTo(14);
    assertThat(errors(own, other))
        .containsExactly(
            "jobs/eyelid-outcomes.yaml: error OTHER_KEY the study key is not the one of the study's"
                + " earlier releases; restore the earlier key, or give the study a new id");
    assertThat(other.exitCode()).isEqualTo(14);
    try (var releases = Files.list(own.root().resolve("releases").resolve(JOB))) {
      assertThat(releases).hasSize(1);
    }
  }

  @Test
  void aRunDoesNotWait() {
    StateFolder state = new StateFolder(place.home());

    Answer answer;
    try (RunLock lock = RunLock.take(state)) {
      assertThat(lock).isNotNull();
      answer = place.run(JOB);
    }

    assertThat(errors(place, answer))
        .containsExactly(
            "state/lock: error LOCKED another run has the lock; wait until it ends; consentry"
                + " status shows it");
    assertThat(answer.exitCode()).isEqualTo(11);
  }

  @Test
  void anExpiredBoardApprovalRefusesTheRunBeforeARowIsRead() throws IOException {
    Installation own = fresh("expired");
    own.replace(own.job(JOB), "expiresOn: 2039-12-31", "expiresOn: 2026-03-01");

    Answer answer = own.run(JOB);

    assertThat(errors(own, answer).get(0))
        .startsWith(
            "jobs/eyelid-outcomes.yaml:15:87: error BOARD_EXPIRED the board's approval ended on"
                + " 2026-03-01, before the day of the run, ");
    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(own.root().resolve("releases")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"runn", "list --colour", "resume", "ledger", "status no-such-run"})
  void whatCannotBeUnderstoodEndsWithTwo(String words) {
    Answer answer = place.call(words.split(" ", -1));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).isNotBlank().doesNotContain("INTERNAL");
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void statusAndListShowTheRun() {
    assertThat(place.call("status").out())
        .contains("run       " + run)
        .contains("state     PUBLISHED")
        .containsPattern("\n  visits .* 2\n")
        .contains("next      consentry verify " + release + " --home " + place.home());
    assertThat(place.call("list").out().strip()).startsWith("PUBLISHED").contains(run);

    List<JsonNode> lines = jsonLines(place.call("status", "--json", run));
    assertThat(lines.get(0).get("schema").asString()).isEqualTo("consentry-events-1");
    assertThat(lines.get(1).get("state").asString()).isEqualTo("PUBLISHED");
    assertThat(lines.get(1).get("exitCode").asInt()).isEqualTo(0);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).at("/tables/0/table").asString()).isEqualTo("subjects");
  }

  @Test
  void verifyTrustsAGivenFingerprintAndTheInstallationsOwnPins() {
    Answer trusted = place.call("verify", "--fingerprint", fingerprint, release.toString());
    Answer pinned = place.call("verify", release.toString());
    Answer integrity =
        Installation.execute(
            List.of(
                "verify", release.toString(), "--home", folder.resolve("elsewhere").toString()));
    Answer other =
        place.call("verify", "--fingerprint", "SHA256:" + "A".repeat(43), release.toString());

    assertThat(trusted.out().lines().findFirst())
        .hasValue("verified: nothing was changed since a trusted signer signed it");
    assertThat(trusted.exitCode()).isEqualTo(0);
    assertThat(pinned.out().lines().findFirst()).isEqualTo(trusted.out().lines().findFirst());
    assertThat(integrity.out().lines().findFirst()).hasValue("integrity only, signer not trusted");
    assertThat(integrity.exitCode()).isEqualTo(0);
    assertThat(other.out().lines().findFirst()).hasValue("not verified");
    assertThat(other.exitCode()).isEqualTo(20);
  }

  @Test
  void verifyFindsAFlippedByteASurplusAndAMissingFile() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("flipped")).toRealPath();
    for (Path file : Installation.files(release)) {
      Path target = copy.resolve(release.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    Path data = copy.resolve("data/visits.parquet");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    Files.delete(copy.resolve("codebook.csv"));
    Installation.write(copy.resolve("surplus.txt"), "x");

    Answer answer = place.call("verify", "--fingerprint", fingerprint, copy.toString());

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.out().lines().findFirst()).hasValue("not verified");
    assertThat(answer.err())
        .contains("data/visits.parquet")
        .contains("codebook.csv")
        .contains("surplus.txt");
  }

  @Test
  void aPublishedRunIsShownByResumeAndCannotBeAbandoned() {
    Answer resumed = place.call("resume", run);
    Answer abandoned = place.call("abandon", run);

    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out())
        .startsWith("released " + release + "\n")
        .containsPattern("\n  visits .* 2\n");
    assertThat(resumed.exitCode()).isEqualTo(0);
    assertThat(abandoned.err().lines())
        .containsExactly(
            "run " + run + ": error RUN_ENDED the run is published and cannot be abandoned");
    assertThat(abandoned.exitCode()).isEqualTo(2);
    assertThat(release).isDirectory();
  }

  /** A clinic whose run failed by a ragged row, which is no more. */
  private static Installation failedAndRepaired(String name) throws IOException {
    Installation own = fresh(name);
    String visits = Installation.read(own.clinic("visits"));
    own.append(own.clinic("visits"), "ragged");
    assertThat(own.run(JOB).exitCode()).isEqualTo(10);
    Installation.write(own.clinic("visits"), visits);
    return own;
  }

  @Test
  void aFailedRunIsResumedOnceItsInputIsRepaired() throws IOException {
    Installation own = failedAndRepaired("resumed");
    String failed = jsonLines(own.call("list", "--json")).get(1).get("run").asString();

    Answer resumed = own.call("resume", failed);

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(0);
    assertThat(own.call("list").out()).startsWith("PUBLISHED").contains(failed);
    assertThat(own.root().resolve("releases/.staging")).doesNotExist();
  }

  @Test
  void aFailedRunWhoseJobFileIsGoneIsLeftAsItWasAndResumedWhenTheFileIsBack() throws IOException {
    Installation own = failedAndRepaired("without-its-file");
    RunRecord failed = own.newestRun();
    Path away = Files.move(own.job(JOB), folder.resolve("away.yaml"));

    Answer refused = own.call("resume", failed.run());
    RunRecord after = own.newestRun();
    Files.move(away, own.job(JOB));
    Answer resumed = own.call("resume", failed.run());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(errors(own, refused))
        .containsExactly(
            "jobs/" + JOB + ".yaml: error NO_SUCH_FILE there is no such file; check the path");
    assertThat(after.state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(own.releases(JOB)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "job,jobs/job.schema.json",
    "mapping,mappings/mapping.schema.json",
    "rules,mappings/rules.schema.json"
  })
  void schemaPrintsTheCommittedFile(String kind, String file) {
    Answer answer = Installation.execute(List.of("schema", kind));

    assertThat(answer.out()).isEqualTo(Installation.read(Path.of(file)));
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh"})
  void completionKnowsEveryCommand(String shell) {
    Answer answer = Installation.execute(List.of("completion", shell));

    assertThat(answer.out()).contains("validate", "resume", "explain", "--create-keys");
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void explainNamesTheDecidingLineAndTheLedgerKeepsThatItWasAsked() throws IOException {
    Installation own = fresh("explained");
    assertThat(own.run(JOB).exitCode()).isEqualTo(0);
    Path asked = own.root().resolve("asked");
    Installation.write(asked, Person.WITHDREW.id() + "\n");

    Answer answer =
        own.call("explain", "--patient-file", asked.toString(), own.job(JOB).toString());
    Answer json =
        own.call("explain", "--json", "--patient-file", asked.toString(), own.job(JOB).toString());
    Answer chain = own.call("ledger", "verify");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.out().lines())
        .contains("OUT: WITHDRAWN  (study IRB-2026-014, recipient uni-x)");
    assertThat(answer.out()).contains("/sample-data/clinic/consents.csv:7");
    assertThat(jsonLines(json))
        .filteredOn(line -> line.has("summary"))
        .singleElement()
        .satisfies(line -> assertThat(line.get("summary").asString()).isEqualTo("WITHDRAWN"));
    assertThat(chain.exitCode()).as(chain.err()).isEqualTo(0);
    assertThat(new LedgerForger(new StateFolder(own.home())).lines())
        .filteredOn(row -> row.contains("EXPLAINED"))
        .hasSize(2)
        .allMatch(row -> Leaks.in(row).isEmpty());
    assertThat(Leaks.under(own.home())).isEmpty();
  }

  private static Installation fresh(String name) throws IOException {
    Installation own = Installation.in(Files.createDirectory(folder.resolve(name)).toRealPath());
    CanaryClinic.over(own);
    return own;
  }

  private static String key(String name) {
    return place.root().resolve("keys").resolve(name).toString();
  }

  private static List<String> errors(Installation own, Answer answer) {
    return answer
        .err()
        .lines()
        .filter(line -> line.contains(": error "))
        .map(line -> line.replace(own.root() + "/", ""))
        .toList();
  }

  private static List<JsonNode> jsonLines(Answer answer) {
    return answer.out().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  private static Map<String, String> snapshot(Path root) {
    Map<String, String> files = new TreeMap<>();
    for (Path file : Installation.files(root)) {
      try {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      } catch (IOException gone) {
        throw new java.io.UncheckedIOException(gone);
      }
    }
    return files;
  }
}

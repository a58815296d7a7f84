package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.consentry.export.Accepted;
import org.consentry.export.RunOutcome;
import org.consentry.export.StateSession;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Planner;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a run when the world changes, or the machine fails, while it is at work. */
final class InterruptedRunTest {

  private static final String JOB = "outcomes-limited-data-set";
  private static final int DONE = RunOutcome.RELEASED_WITH_REJECTS;

  private static final String SEALING = "sealing";
  private static final String DECIDING_AGAIN = "deciding consent again";

  @TempDir Path folder;
  private Installation installation;

  @BeforeEach
  void install() {
    installation = SmallSample.in(folder);
  }

  @Test
  void aWithdrawalBeforeTheResumeTakesEffectInEveryTable() {
    failAt(SEALING);
    Set<String> before = codes(staged());
    withdraw();

    requireDone(resume());

    requireGone(before, installation.release(JOB));
    requireLikeAFreshRun();
  }

  @Test
  void aWithdrawalBetweenSealAndPublishStopsPublication() {
    Installation.Answer answer = installation.callAnd(DECIDING_AGAIN, this::withdraw, run());
    Set<String> before = codes(staged());

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err())
        .endsWith(
            "sample-data/clinic/consents.csv: error CONSENT_CHANGED consent changed while the"
                + " run was at work; nothing was published; resume the run: it decides again and"
                + " leaves out who withdrew\n");
    assertThat(installation.releases(JOB)).isEmpty();
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(installation.newestRun().exitCode()).isEqualTo(15);

    requireDone(resume());

    requireGone(before, installation.release(JOB));
    requireLikeAFreshRun();
  }

  @Test
  void aMappingChangedSinceTheStartRefusesTheResume() {
    failAt(SEALING);
    Path mapping = installation.root().resolve("mappings/clinic-limited-data-set.yaml");
    String text = Installation.read(mapping);
    installation.replace(mapping, "label: Visit\n", "label: A visit\n");

    Installation.Answer answer = resume();

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err())
        .isEqualTo(
            installation.job(JOB)
                + ": error PLAN_CHANGED job, mapping, lists or source columns changed since the"
                + " run was started; restore them, or abandon run "
                + installation.newestRun().run()
                + " and start another\n");
    assertThat(installation.releases(JOB)).isEmpty();

    Installation.write(mapping, text);
    requireDone(resume());
  }

  @Test
  void aSourceChangedSinceTheStartIsReadAgain() {
    failAt(SEALING);
    installation.addVisits(500);

    requireDone(resume());

    requireLikeAFreshRun();
  }

  @Test
  void aStagedPartThatWasChangedIsMadeAgain() {
    failAt(SEALING);
    tamper();

    requireDone(resume());

    requireLikeAFreshRun();
  }

  @Test
  void aStagedPartThatChangesAfterItsSplitIsNotPublished() {
    Installation.Answer answer = installation.callAnd(SEALING, this::tamper, run());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(13);
    assertThat(answer.err()).contains("data/visits.csv: error DIGEST");
    assertThat(installation.releases(JOB)).isEmpty();
    requireDone(resume());
    requireLikeAFreshRun();
  }

  @Test
  void aFileInPlaceOfTheStagingFolderNeedsAPerson() throws IOException {
    Path staging = installation.root().resolve("releases/.staging");
    Installation.write(staging, "a file where the staging folder should be");

    Installation.Answer answer = installation.call(run());

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err())
        .endsWith(
            ": error STAGING the staging folder cannot be created; check free space and"
                + " permissions, then resume the run\n");
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.FAILED);

    Files.delete(staging);
    requireDone(resume());
  }

  @Test
  void aFolderOfReleasesOnAnotherFileSystemIsRefusedAtTheStart() throws IOException {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(
        Files.isWritable(memory)
            && !Files.getFileStore(memory).equals(Files.getFileStore(installation.root())),
        "skipped: /dev/shm is no file system of its own here");
    Path other = Files.createTempDirectory(memory, "consentry");
    Path releases = installation.root().resolve("releases").resolve(JOB);
    Files.createDirectories(releases.getParent());
    Files.createSymbolicLink(releases, other);
    try {
      Installation.Answer answer = installation.call(run());

      assertThat(answer.exitCode()).isEqualTo(1);
      assertThat(answer.err())
          .doesNotContain("deciding consent")
          .endsWith(
              releases
                  + ": error OUTPUT_FOLDER the folder of the job's releases is on another file"
                  + " system than staging, "
                  + staged().getParent()
                  + ", so a release cannot be published in one step; make it a folder of the same"
                  + " file system, or name another output folder in the job\n");
      assertThat(other).isEmptyDirectory();
    } finally {
      Files.delete(other);
    }
    Files.delete(releases);
    requireDone(resume());
  }

  @ParameterizedTest
  @EnumSource(Publisher.Step.class)
  void aFailureDuringPublicationIsSettledByTheNextStart(Publisher.Step step) {
    StateFolder state = new StateFolder(installation.home());
    makeKeys();
    assertThatThrownBy(
            () -> {
              try (RunWork work =
                  RunWork.open(
                      Sessions.environment(
                          state, Installation.silent(), at -> fail(step, at), Instant::now),
                      Installation.silent(),
                      2,
                      Accepted.NOTHING)) {
                work.runs()
                    .start(
                        Planner.plan(
                            installation.job(JOB), LocalDate.now(ZoneId.of("America/Phoenix"))),
                        "");
              }
            })
        .isInstanceOf(ProblemException.class);
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.FAILED);

    requireSettled(step);
  }

  @ParameterizedTest
  @EnumSource(Publisher.Step.class)
  void aKillDuringPublicationIsSettledByTheNextStart(Publisher.Step step) throws Exception {
    makeKeys();
    List<String> words =
        List.of(installation.home().toString(), installation.job(JOB).toString(), step.toString());
    assertThat(Child.main(PublicationCrash.class, installation, words).end())
        .isEqualTo(PublicationCrash.KILLED);
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.RUNNING);

    requireSettled(step);
  }

  @ParameterizedTest
  @EnumSource(
      value = Publisher.Step.class,
      names = {"PREPARE", "PUBLISH"})
  void aSignalDuringPublicationEndsWithTheExitCodeOfTheRelease(Publisher.Step step)
      throws Exception {
    makeKeys();
    List<String> words =
        List.of(installation.home().toString(), installation.job(JOB).toString(), step.toString());

    Child child = Child.main(SignalledRun.class, installation, words);

    assertThat(child.end()).as(child.printed()).isEqualTo(DONE);
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(installation.releases(JOB)).hasSize(1);
  }

  /** The release is out if and only if the crash came after the rename; never twice. */
  private void requireSettled(Publisher.Step step) {
    boolean out = step == Publisher.Step.FLUSH_FOLDER || step == Publisher.Step.PUBLISH;
    String run = installation.newestRun().run();
    assertThat(installation.releases(JOB)).hasSize(out ? 1 : 0);

    Installation.Answer answer = resume();

    assertThat(answer.exitCode()).isEqualTo(DONE);
    assertThat(answer.out()).startsWith("released " + installation.release(JOB) + "\n");
    RunRecord record = installation.newestRun();
    assertThat(record.run()).isEqualTo(run);
    assertThat(record.state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(record.exitCode()).isEqualTo(DONE);
    requireDone(resume());
    assertThat(installation.releases(JOB))
        .extracting(Path::toString)
        .containsExactly(record.release());
    assertThat(installation.root().resolve("releases/.staging")).doesNotExist();
    try (StateSession session =
        Sessions.open(new StateFolder(installation.home()), Installation.silent())) {
      assertThat(session.ledger().published(JOB)).isEqualTo(1);
      assertThat(session.ledger().entries())
          .last()
          .extracting(LedgerEntry::kind)
          .isEqualTo(LedgerEntry.Kind.PUBLISHED);
    }
  }

  @Test
  void theNextStartRemovesWhatACrashLeftOfAPublishedRun() {
    assertThat(installation.call(run()).exitCode()).isEqualTo(DONE);
    RunRecord record = installation.newestRun();
    Path half = installation.home().resolve("runs").resolve(record.run() + ".json.new");
    Path key =
        installation
            .root()
            .resolve("releases/.staging")
            .resolve(record.run())
            .resolve("work/one-time.key");
    Installation.write(half, "{");
    Installation.write(key, "a key");

    Installation.Answer answer = resume();

    assertThat(answer.exitCode()).isEqualTo(DONE);
    assertThat(half).doesNotExist();
    assertThat(installation.root().resolve("releases/.staging")).doesNotExist();
    assertThat(installation.releases(JOB)).hasSize(1);
  }

  private static void fail(Publisher.Step wanted, Publisher.Step at) {
    if (at == wanted) {
      throw new IllegalStateException("the machine fails here");
    }
  }

  /** Makes the keys by a run that is stopped before anything is decided, and abandoned. */
  private void makeKeys() {
    failAt("deciding consent");
    installation.call("abandon", installation.newestRun().run());
    for (Path record : Installation.files(installation.home().resolve("runs"))) {
      Installation.remove(record);
    }
  }

  private String[] run() {
    return new String[] {
      "run", "--create-keys", "--threads", "2", installation.job(JOB).toString()
    };
  }

  private Installation.Answer resume() {
    return installation.call("resume", "--threads", "2", installation.newestRun().run());
  }

  private void failAt(String phase) {
    AtomicBoolean isAtWork = new AtomicBoolean();
    Installation.Answer answer =
        installation.callAnd(
            phase,
            () -> {
              isAtWork.set(true);
              throw new IllegalStateException("the machine fails here");
            },
            run());
    assertThat(isAtWork).isTrue();
    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(installation.newestRun().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(installation.releases(JOB)).isEmpty();
  }

  /** Eighty patients withdraw, some of whom are in the small sample and its cohort. */
  private void withdraw() {
    StringBuilder lines = new StringBuilder();
    for (int i = 10; i <= 800; i += 10) {
      lines.append(String.format(java.util.Locale.ROOT, "Z%06d,P%06d,WITHDRAW,ACTIVE,", i, i));
      lines.append("2026-11-01T09:00:00,2026-11-01T09:00:00,,,,,,,,PATIENT,,,,,,,,,,,,,AZ,paper\n");
    }
    installation.append(installation.clinic("consents"), lines.substring(0, lines.length() - 1));
  }

  private Path staged() {
    return installation
        .root()
        .resolve("releases/.staging")
        .resolve(installation.newestRun().run())
        .resolve("release");
  }

  /** The problems are shown where the run did not end as it should. */
  private static void requireDone(Installation.Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(DONE);
  }

  /** Changes one digit of a year in a staged part. It remains a table of as many bytes. */
  private void tamper() {
    Path part = staged().resolve("data/visits.csv");
    String text = Installation.read(part);
    int digit = text.indexOf(",20") + 4;
    char other = text.charAt(digit) == '0' ? '1' : '0';
    Installation.write(part, text.substring(0, digit) + other + text.substring(digit + 1));
  }

  /** Codes of the people in a release. */
  private static Set<String> codes(Path release) {
    return Installation.read(release.resolve("data/patients.csv"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void requireGone(Set<String> before, Path release) {
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(codes(release));
    assertThat(gone).isNotEmpty().hasSizeLessThan(before.size());
    for (Path file : Installation.files(release.resolve("data"))) {
      String text = Installation.read(file);
      assertThat(gone).noneMatch(text::contains);
    }
  }

  private void requireLikeAFreshRun() {
    Map<String, String> resumed = data(installation.release(JOB));
    assertThat(installation.call(run()).exitCode()).isEqualTo(DONE);
    assertThat(installation.releases(JOB)).hasSize(2);
    assertThat(resumed).isEqualTo(data(installation.release(JOB)));
  }

  private static Map<String, String> data(Path release) {
    return Installation.digests(release.resolve("data"));
  }
}

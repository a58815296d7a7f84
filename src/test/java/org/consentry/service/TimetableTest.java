package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.service.History.Event;
import org.consentry.service.History.What;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run when, by a clock that the test sets forward. */
final class TimetableTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String LAST = "last";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Running> open = new ArrayList<>();
  private FakeProgram program;
  private ServiceFolder files;
  private Duration ahead = Duration.ZERO;
  private Optional<SharedDatabase> shared = Optional.empty();

  /** A service without pages. */
  private record Running(TimetableDatabase database, Timetable timetable, Requests requests) {

    private void update() {
      timetable.update(requests);
    }

    private void close() {
      timetable.close();
      database.close();
    }
  }

  @BeforeEach
  void place() throws IOException {
    Path home =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectory(folder.resolve("jobs"));
    program = new FakeProgram(Files.createDirectory(folder.resolve("program")));
    files = new ServiceFolder(new StateFolder(home));
    files.prepare();
  }

  @AfterEach
  void end() {
    open.forEach(Running::close);
  }

  private Instant now() {
    return Instant.now().plus(ahead);
  }

  /** A job that is due every hour, a number of minutes after it. */
  private void job(String name, int minute, String missed) throws IOException {
    String job = Files.readString(Path.of("jobs/eyelid-outcomes.yaml"), StandardCharsets.UTF_8);
    String schedule =
        "schedule: {cron: \"" + minute + " * * * *\", zone: UTC, missed: " + missed + "}\n";
    String text = withoutSchedule(job).replaceFirst("(?m)^job: .*$", "job: " + name);
    Files.writeString(folder.resolve("jobs").resolve(name + ".yaml"), text + schedule);
  }

  private static String withoutSchedule(String job) {
    return job.replaceAll("(?m)^schedule:.*\n", "");
  }

  /** Starts a service. */
  private Running start() {
    JobBook book = new JobBook(files.state(), folder.resolve("jobs"));
    Commands commands = new Commands(program.words(), files.state().home(), files.printed());
    JobWork work = new JobWork(files, commands, new History(files.history()), this::now);
    TimetableDatabase database = TimetableDatabase.open(files, shared);
    Timetable timetable =
        new Timetable(database, "test-" + open.size(), book, work, commands, this::now);
    Running running = new Running(database, timetable, new Requests(files));
    open.add(running);
    running.update();
    timetable.start();
    return running;
  }

  private void end(Running running) {
    open.remove(running);
    running.close();
  }

  private void waitFor(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("calls %s, events %s", program.calls(), events()).isBefore(end);
      assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private List<Event> events() {
    return new History(files.history()).newest();
  }

  private List<String> missed() {
    return events().stream()
        .filter(event -> event.what() == What.MISSED)
        .map(Event::reason)
        .toList();
  }

  /** What is due is done before what a person asks for later. */
  private void doAllThatIsDue(Running running) throws Exception {
    job(LAST, minute(3), "skip");
    long before = sentinels();
    new Schedules(files.state(), folder.resolve("jobs")).now(LAST, "test");
    running.update();
    waitFor(() -> sentinels() > before);
    Files.delete(folder.resolve("jobs").resolve(LAST + ".yaml"));
    running.update();
  }

  private long sentinels() {
    return program.calls().stream().filter(("end run " + LAST)::equals).count();
  }

  private List<String> calls() {
    return program.calls().stream().filter(line -> !line.endsWith(" " + LAST)).toList();
  }

  private long calls(Predicate<String> which) {
    return calls().stream().filter(which).count();
  }

  private List<Event> endedOf(String job) {
    return events().stream()
        .filter(event -> event.what() == What.ENDED && event.job().equals(job))
        .toList();
  }

  private long ended() {
    return events().stream()
        .filter(event -> event.what() == What.ENDED && !event.job().equals(LAST))
        .count();
  }

  /** The minute of an hour from now, so that nothing is due by itself during a test. */
  private int minute(int after) {
    return (int) ((Instant.now().getEpochSecond() / 60 + 30 + after) % 60);
  }

  @Test
  void runsWhatIsDueOneAfterTheOtherInTheOrderOfTheirTimes() throws Exception {
    job("second", minute(2), "skip");
    job("first", minute(1), "skip");
    start();

    ahead = HOUR;
    waitFor(() -> ended() == 2);

    assertThat(calls())
        .containsExactly("begin run first", "end run first", "begin run second", "end run second");
    assertThat(missed()).isEmpty();
  }

  @Test
  void aRestartLosesNothingAndStartsNothingTwice() throws Exception {
    job("first", minute(1), "run-once");
    Running before = start();
    ahead = HOUR;
    waitFor(() -> ended() == 1);
    end(before);

    Running after = start();
    doAllThatIsDue(after);
    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(1);
    ahead = HOUR.multipliedBy(2);
    waitFor(() -> ended() == 2);

    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(2);
    assertThat(missed()).isEmpty();
  }

  @Test
  void aTimeThatWasMissedIsShownAndSkipped() throws Exception {
    job("first", minute(1), "skip");
    end(start());
    ahead = HOUR.multipliedBy(3);

    Running running = start();
    waitFor(() -> missed().size() == 3);
    doAllThatIsDue(running);
    ahead = HOUR.multipliedBy(4);
    waitFor(() -> ended() == 1);

    assertThat(missed()).containsOnly("the service was not at work");
    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(1);
  }

  @Test
  void aTimeThatWasMissedIsRunOnceHoweverManyTimesItWas() throws Exception {
    job("first", minute(1), "run-once");
    end(start());
    ahead = HOUR.multipliedBy(3);

    Running running = start();
    waitFor(() -> ended() == 1);
    doAllThatIsDue(running);

    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(1);
    assertThat(missed())
        .containsExactly("the service was not at work", "the service was not at work");
  }

  @Test
  void aPausedJobIsNotRunUntilItIsResumed() throws Exception {
    job("first", minute(1), "run-once");
    Schedules schedules = new Schedules(files.state(), folder.resolve("jobs"));
    Running running = start();
    assertThat(schedules.pause("first", "ada")).isTrue();
    assertThat(schedules.list(now()).get(0).pausedBy()).isEqualTo("ada");

    ahead = HOUR;
    waitFor(() -> missed().size() == 1);
    doAllThatIsDue(running);
    assertThat(schedules.resume("first")).isTrue();
    ahead = HOUR.multipliedBy(2);
    waitFor(() -> ended() == 1);

    assertThat(missed()).containsExactly("the job is paused");
  }

  @Test
  void aReleaseThatWaitsForApprovalLetsOtherJobsRun() throws Exception {
    job("first", minute(1), "run-once");
    job("second", minute(2), "run-once");
    LedgerKey.generate().writeNew(files.state().ledgerKey());
    new RunRecords(files.state()).write(staged("first"));
    start();

    ahead = HOUR;
    waitFor(() -> ended() == 1);

    assertThat(calls()).containsExactly("begin run second", "end run second");
    assertThat(missed()).containsExactly("the release of first-run waits for approval");
  }

  private RunRecord staged(String job) {
    return record(job, RunRecord.State.STAGED, Instant.EPOCH, 4);
  }

  private RunRecord failed(String job) {
    return record(job, RunRecord.State.FAILED, now(), 75);
  }

  private static RunRecord record(String job, RunRecord.State state, Instant at, int code) {
    return new RunRecord(
        job + "-run",
        job,
        "S1",
        "job.yaml",
        "releases",
        state,
        at.toString(),
        at.toString(),
        "2026-01-01",
        "",
        "",
        "",
        "",
        code,
        Map.of(),
        List.of("ada"));
  }

  @Test
  void anInvalidFileKeepsItsLastValidScheduleAlsoAfterARestart() throws Exception {
    job("first", minute(1), "run-once");
    end(start());
    Path file = folder.resolve("jobs").resolve("first.yaml");
    Files.writeString(file, Files.readString(file).replace("cron:", "corn:"));

    start();
    ahead = HOUR;
    waitFor(() -> ended() == 1);

    Schedules.Line line = new Schedules(files.state(), folder.resolve("jobs")).list(now()).get(0);
    assertThat(line.job()).isEqualTo("first");
    assertThat(line.isScheduled()).isTrue();
    assertThat(line.problems()).isNotEmpty();
  }

  @Test
  void anEditOfTheFileChangesTheTimesAndWithoutAScheduleNothingIsDue() throws Exception {
    job("first", minute(40), "run-once");
    Running running = start();
    job("first", minute(1), "run-once");
    running.update();
    ahead = Duration.ofMinutes(35);
    waitFor(() -> ended() == 1);

    Path file = folder.resolve("jobs").resolve("first.yaml");
    Files.writeString(file, withoutSchedule(Files.readString(file)));
    running.update();
    ahead = HOUR.multipliedBy(5);
    doAllThatIsDue(running);

    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(1);
  }

  @Test
  void aTimeThatPassedBeforeAnEditIsMissed() throws Exception {
    job("first", minute(1), "run-once");
    end(start());
    ahead = HOUR.multipliedBy(2);
    job("first", minute(20), "run-once");

    Running running = start();
    running.update();
    doAllThatIsDue(running);

    assertThat(missed())
        .containsOnly("the service was not at work; its times were changed before it was run")
        .hasSize(2);
    assertThat(calls()).isEmpty();
    ahead = HOUR.multipliedBy(3);
    waitFor(() -> ended() == 1);
  }

  @Test
  void aTimeThatPassedBeforeTheFileVanishedWasRenamedOrLostItsScheduleIsMissed() throws Exception {
    Path jobs = folder.resolve("jobs");
    job("vanishes", minute(1), "run-once");
    job("renamed", minute(1), "run-once");
    job("unscheduled", minute(1), "run-once");
    end(start());
    ahead = HOUR;
    Files.delete(jobs.resolve("vanishes.yaml"));
    Files.delete(jobs.resolve("renamed.yaml"));
    job("new-name", minute(1), "run-once");
    Path file = jobs.resolve("unscheduled.yaml");
    Files.writeString(file, withoutSchedule(Files.readString(file)));

    Running running = start();
    running.update();
    doAllThatIsDue(running);

    assertThat(events())
        .filteredOn(event -> event.what() == What.MISSED)
        .extracting(event -> event.job() + ": " + event.reason())
        .containsExactlyInAnyOrder(
            "vanishes: the service was not at work; there is no job of this name any more",
            "renamed: the service was not at work; there is no job of this name any more",
            "unscheduled: the service was not at work; the job has no schedule any more");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aTimeThatIsStillToComeIsNotMissedWhenTheFileIsEdited() throws Exception {
    job("first", minute(1), "run-once");
    job("second", minute(1), "run-once");
    Running running = start();
    job("first", minute(2), "run-once");
    Files.delete(folder.resolve("jobs").resolve("second.yaml"));
    running.update();

    ahead = HOUR;
    waitFor(() -> ended() == 1);

    assertThat(missed()).isEmpty();
  }

  @Test
  void aTimeThatWasBegunIsGoneOnWithWhateverTheFileStatesNow() throws Exception {
    job("first", minute(1), "run-once");
    program.endsWith("75", "0");
    Running running = start();
    ahead = HOUR;
    waitFor(() -> ended() == 1);
    job("first", minute(40), "run-once");
    running.update();
    doAllThatIsDue(running);

    ahead = HOUR.plus(Duration.ofMinutes(7));
    waitFor(() -> ended() == 2);

    assertThat(endedOf("first")).extracting(Event::exitCode).containsExactly(0, 75);
    assertThat(missed()).isEmpty();
  }

  @Test
  void aRunThatWasBegunIsResumedWhenItsFileIsDeletedMeanwhile() throws Exception {
    job("first", minute(1), "run-once");
    program.endsWith("75", "0");
    Running running = start();
    ahead = HOUR;
    waitFor(() -> ended() == 1);
    LedgerKey.generate().writeNew(files.state().ledgerKey());
    new RunRecords(files.state()).write(failed("first"));
    Files.delete(folder.resolve("jobs").resolve("first.yaml"));
    doAllThatIsDue(running);
    assertThat(missed()).isEmpty();

    ahead = HOUR.plus(Duration.ofMinutes(7));
    waitFor(() -> ended() == 2);

    assertThat(calls()).endsWith("begin resume first-run", "end resume first-run");
    assertThat(missed()).isEmpty();
  }

  @Test
  void aTimeThatIsAtWorkWhenItsFileVanishesIsRunAndNotMissed() throws Exception {
    job("first", minute(1), "run-once");
    program.pause();
    Running running = start();
    ahead = HOUR;
    waitFor(() -> calls(line -> line.startsWith("begin")) == 1);
    Files.delete(folder.resolve("jobs").resolve("first.yaml"));
    running.update();
    program.goOn();
    waitFor(() -> ended() == 1);
    doAllThatIsDue(running);

    assertThat(calls()).containsExactly("begin run first", "end run first");
    assertThat(missed()).isEmpty();
  }

  @Test
  void newTimesThatPassWhileAnotherJobIsAtWorkAreNotLost() throws Exception {
    job("first", minute(1), "run-once");
    job("second", minute(20), "run-once");
    program.pause();
    Running running = start();
    ahead = Duration.ofMinutes(35);
    waitFor(() -> calls(line -> line.startsWith("begin")) == 1);
    job("second", minute(10), "run-once");
    running.update();

    ahead = Duration.ofMinutes(45);
    program.goOn();
    waitFor(() -> ended() == 2);

    assertThat(calls()).endsWith("begin run second", "end run second");
    assertThat(missed()).isEmpty();
  }

  @Test
  void timesThatPassWhileTheJobIsAtWorkAreMissed() throws Exception {
    job("first", minute(1), "run-once");
    program.pause();
    start();
    ahead = HOUR;
    waitFor(() -> calls(line -> line.startsWith("begin")) == 1);

    ahead = HOUR.multipliedBy(3);
    program.goOn();
    waitFor(() -> ended() == 1);
    waitFor(() -> missed().size() == 2);

    assertThat(missed()).containsOnly("the time before was still at work");
    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(1);
  }

  @Test
  void waitsForItsTurnAndTriesAgainWhatMayPass() throws Exception {
    job("first", minute(1), "run-once");
    program.endsWith("11", "11", "75", "0");
    Running running = start();

    ahead = HOUR;
    waitFor(() -> ended() == 1);
    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(3);
    doAllThatIsDue(running);
    ahead = HOUR.plus(Duration.ofMinutes(6));
    waitFor(() -> ended() == 2);

    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(4);
    List<Event> ended = endedOf("first");
    assertThat(ended).extracting(Event::exitCode).containsExactly(0, 75);
    assertThat(ended.get(1).reason()).endsWith("tried again in 5 minutes");
  }

  @Test
  void whatAPersonAskedForWithoutAServiceIsDoneWhenOneIsAtWork() throws Exception {
    job("first", minute(1), "skip");
    Schedules schedules = new Schedules(files.state(), folder.resolve("jobs"));
    schedules.pause("first", "ada");
    schedules.now("first", "ada");

    Running running = start();
    waitFor(() -> ended() == 1);
    doAllThatIsDue(running);

    assertThat(calls()).containsExactly("begin run first", "end run first");
    assertThat(program.askedBy()).containsExactly("ada", "test");
  }

  @Test
  void aServiceThatEndsStopsTheRunAndTheNextOneGoesOn() throws Exception {
    job("first", minute(1), "skip");
    program.pause();
    Running running = start();
    ahead = HOUR;
    waitFor(() -> calls(line -> line.startsWith("begin")) == 1);
    end(running);
    program.goOn();
    assertThat(ended()).isZero();

    start();
    waitFor(() -> ended() == 1);

    assertThat(missed()).isEmpty();
  }

  @Test
  void ofSeveralServicesOneListsAMissedTimeOfAJobThatVanished() throws Exception {
    PostgresServer.Database database = PostgresServer.database();
    shared =
        Optional.of(
            new SharedDatabase(database.url(), PostgresServer.USER, PostgresServer.PASSWORD));
    for (int i = 0; i < 6; i++) {
      job("job-" + i, minute(1), "run-once");
    }
    end(start());
    ahead = HOUR;
    for (int i = 0; i < 6; i++) {
      Files.delete(folder.resolve("jobs").resolve("job-" + i + ".yaml"));
    }

    Running one = start();
    Running other = start();
    doAllThatIsDue(one);
    doAllThatIsDue(other);

    assertThat(missed()).hasSize(6);
    assertThat(calls()).isEmpty();
  }

  @Test
  void ofSeveralServicesOverOneDatabaseOneRunsWhatIsDue() throws Exception {
    PostgresServer.Database database = PostgresServer.database();
    shared =
        Optional.of(
            new SharedDatabase(database.url(), PostgresServer.USER, PostgresServer.PASSWORD));
    for (int i = 0; i < 6; i++) {
      job("job-" + i, minute(1), "skip");
    }
    Running one = start();
    Running other = start();

    ahead = HOUR;
    waitFor(() -> ended() == 6);
    doAllThatIsDue(one);
    doAllThatIsDue(other);

    assertThat(calls(line -> line.startsWith("begin"))).isEqualTo(6);
    for (int i = 0; i < 6; i++) {
      String job = "begin run job-" + i;
      assertThat(calls(job::equals)).isEqualTo(1);
    }
  }
}

package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.History.Event;
import org.consentry.service.History.What;
import org.consentry.service.JobWork.Next;
import org.consentry.service.Requests.Act;
import org.consentry.service.Requests.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A due time or request that the timetable comes back to. */
final class JobWorkTest {

  private static final String JOB = "first";

  @TempDir private Path folder;
  private FakeProgram program;
  private ServiceFolder files;
  private JobBook book;
  private JobWork work;
  private Instant due = Instant.EPOCH;

  @BeforeEach
  void place() throws IOException {
    Path home =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    program = new FakeProgram(Files.createDirectory(folder.resolve("program")));
    files = new ServiceFolder(new StateFolder(home));
    files.prepare();
    Files.createDirectory(folder.resolve("jobs"));
    write("z.yaml");
    book = new JobBook(files.state(), folder.resolve("jobs"));
    due = book.schedule(JOB).orElseThrow().next(Instant.now()).orElseThrow();
    work =
        new JobWork(
            files,
            new Commands(program.words(), home, files.printed()),
            new History(files.history()),
            () -> due.plus(Duration.ofMinutes(1)));
  }

  private void write(String file) throws IOException {
    String job =
        Files.readString(Path.of("jobs/eyelid-outcomes.yaml"), StandardCharsets.UTF_8)
            .replaceAll("(?m)^schedule:.*\n", "")
            .replaceFirst("(?m)^job: .*$", "job: " + JOB);
    Files.writeString(
        folder.resolve("jobs").resolve(file),
        job + "schedule: {cron: \"0 * * * *\", zone: UTC, missed: run-once}\n");
  }

  private Next due(int tries) {
    return due(new Due(due, tries, "0 * * * * UTC", Optional.empty()));
  }

  private Next due(Due of) {
    return work.due(JOB, of, Optional.ofNullable(book.jobs().get(JOB)));
  }

  private Next asked(String id, Act act, int tries) {
    Request request = new Request(due.toString(), "ada", act, JOB, tries);
    return work.asked(id, Requests.parse(request.text()), book.jobs());
  }

  private List<Event> events(What what) {
    return new History(files.history())
        .newest().stream().filter(one -> one.what() == what).toList();
  }

  @Test
  void aDueTimeThatEndedIsNotRunAgainWhenTheDatabaseForgotThatItDid() {
    program.endsWith("12", "0");

    assertThat(due(0)).isEqualTo(Next.DONE);
    assertThat(due(0)).isEqualTo(Next.DONE);

    assertThat(program.calls()).hasSize(2);
    assertThat(events(What.ENDED)).extracting(Event::exitCode).containsExactly(12);
  }

  @Test
  void ofTwoFilesWithOneNameNeitherIsRun() throws IOException {
    write("a copy.yaml");

    assertThat(book.schedule(JOB)).isEmpty();
    assertThat(asked("run-0123456789abcdef", Act.RUN, 0)).isEqualTo(Next.DONE);
    assertThat(program.calls()).isEmpty();
    assertThat(events(What.MISSED))
        .extracting(Event::reason)
        .containsExactly("two files have the name of this job");
    assertThat(new Schedules(files.state(), folder.resolve("jobs")).list(Instant.now()))
        .flatExtracting(Schedules.Line::problems)
        .extracting(Problem::code)
        .containsExactly("JOB_NAME_TWICE");

    Files.delete(folder.resolve("jobs/a copy.yaml"));
    assertThat(book.schedule(JOB)).isPresent();
  }

  @Test
  void filesOfAnyNameAreListed() throws IOException {
    for (String name : List.of("my draft.yaml", "_new.yaml", "._job.yaml")) {
      Files.writeString(folder.resolve("jobs").resolve(name), "");
    }
    Schedules schedules = new Schedules(files.state(), folder.resolve("jobs"));

    assertThat(schedules.list(Instant.now()))
        .extracting(Schedules.Line::job)
        .contains(JOB, "my draft", "_new", "._job");
    assertThatThrownBy(() -> schedules.resume("my draft")).isInstanceOf(ProblemException.class);
  }

  @Test
  void aDueTimeThatWasMissedIsNotRunAfterwards() {
    Schedules schedules = new Schedules(files.state(), folder.resolve("jobs"));
    schedules.pause(JOB, "ada");
    assertThat(due(0)).isEqualTo(Next.DONE);
    schedules.resume(JOB);

    assertThat(due(0)).isEqualTo(Next.DONE);

    assertThat(program.calls()).isEmpty();
    assertThat(events(What.MISSED)).hasSize(1);
  }

  @Test
  void aDueTimeThatTheFileStoppedToStateIsMissedOnceAndUpToThatMomentOnly() {
    Due dropped =
        new Due(due, 0, "*/10 * * * * UTC", Optional.of(due.plus(Duration.ofMinutes(25))));

    assertThat(due(dropped)).isEqualTo(Next.DONE);
    assertThat(due(dropped)).isEqualTo(Next.DONE);

    assertThat(program.calls()).isEmpty();
    assertThat(events(What.MISSED))
        .extracting(Event::due)
        .containsExactly(
            due.plus(Duration.ofMinutes(20)).toString(),
            due.plus(Duration.ofMinutes(10)).toString(),
            due.toString());
    assertThat(work.doneUntil(JOB, dropped)).isEqualTo(due.plus(Duration.ofMinutes(25)));
  }

  @Test
  void aDueTimeThatWasToComeWhenTheFileStoppedToStateItIsNotMissedAndMayComeBack() {
    Instant before = due.minus(Duration.ofMinutes(5));
    Due dropped = new Due(due, 0, "0 * * * * UTC", Optional.of(before));

    assertThat(due(dropped)).isEqualTo(Next.DONE);
    assertThat(events(What.MISSED)).isEmpty();
    assertThat(work.doneUntil(JOB, dropped)).isEqualTo(before);
    assertThat(due(0)).isEqualTo(Next.DONE);

    assertThat(program.calls()).hasSize(2);
  }

  @Test
  void whatWasBegunIsGoneOnWithWithoutItsFileByItsRunAlone() throws Exception {
    program.endsWith("75", "0");
    assertThat(due(0)).isEqualTo(Next.LATER);
    LedgerKey.generate().writeNew(files.state().ledgerKey());
    new RunRecords(files.state()).write(failed());
    Files.delete(folder.resolve("jobs/z.yaml"));

    Due dropped = new Due(due, 1, "0 * * * * UTC", Optional.of(due.plus(Duration.ofMinutes(1))));
    assertThat(due(dropped)).isEqualTo(Next.DONE);

    assertThat(program.calls()).endsWith("begin resume first-run", "end resume first-run");
    assertThat(events(What.ENDED)).extracting(Event::exitCode).containsExactly(0, 75);
    assertThat(events(What.MISSED)).isEmpty();
  }

  @Test
  void aRunIsResumedByAButtonThroughItsRecordWhereItsJobHasNoFileAnyMore() throws Exception {
    program.endsWith("0", "10");
    Files.delete(folder.resolve("jobs/z.yaml"));
    Request request = new Request(due.toString(), "ada", Act.RESUME, "first-run");

    assertThat(book.jobs()).isEmpty();
    assertThat(work.asked("resume-1", request, book.jobs())).isEqualTo(Next.DONE);
    assertThat(work.asked("resume-2", request, book.jobs())).isEqualTo(Next.DONE);

    assertThat(program.calls())
        .containsExactly(
            "begin resume first-run",
            "end resume first-run",
            "begin resume first-run",
            "end resume first-run");
    assertThat(program.askedBy()).containsExactly("ada", "ada");
    assertThat(events(What.ACT)).extracting(Event::exitCode).containsExactly(10, 0);
    assertThat(events(What.ACT))
        .allSatisfy(act -> assertThat(act.reason()).startsWith("resume by ada"));
    assertThat(events(What.MISSED)).isEmpty();
  }

  @Test
  void whatWasBegunAndHasNeitherARunNorAFileIsMissed() throws Exception {
    program.endsWith("75");
    assertThat(due(0)).isEqualTo(Next.LATER);
    write("a copy.yaml");

    Due dropped = new Due(due, 1, "0 * * * * UTC", Optional.of(due.plus(Duration.ofMinutes(1))));
    assertThat(due(dropped)).isEqualTo(Next.DONE);

    assertThat(program.calls()).hasSize(2);
    assertThat(events(What.MISSED))
        .extracting(Event::reason)
        .containsExactly("two files have the name of this job");
  }

  private RunRecord failed() {
    String at = due.plus(Duration.ofMinutes(1)).toString();
    return new RunRecord(
        "first-run",
        JOB,
        "S1",
        "job.yaml",
        "releases",
        RunRecord.State.FAILED,
        at,
        at,
        "2026-01-01",
        "",
        "",
        "",
        "",
        75,
        Map.of(),
        List.of("ada"));
  }

  @Test
  void whatAPersonAskedForIsDoneOnce() {
    for (Act act : Act.values()) {
      String id = act.word() + "-0123456789abcdef";
      assertThat(asked(id, act, 0)).isEqualTo(Next.DONE);
      assertThat(asked(id, act, 0)).isEqualTo(Next.DONE);
    }

    assertThat(program.calls()).hasSize(2 * Act.values().length);
  }

  @Test
  void aRequestForTheSameJobLeavesTheDueTimeAsItWas() {
    program.endsWith("75", "0", "0");

    assertThat(due(0)).isEqualTo(Next.LATER);
    assertThat(asked("run-0123456789abcdef", Act.RUN, 0)).isEqualTo(Next.DONE);
    assertThat(due(1)).isEqualTo(Next.DONE);

    assertThat(events(What.BEGUN)).hasSize(2);
    assertThat(program.calls()).hasSize(6);
  }

  @Test
  void whatAPersonAskedForIsTriedSixTimesAndNotForEver() {
    program.endsWith("75", "75", "75", "75", "75", "75", "75");
    Request request = new Request(due.toString(), "ada", Act.RUN, JOB);
    String id = "run-0123456789abcdef";

    for (int i = 1; i < 6; i++) {
      assertThat(work.asked(id, request, book.jobs())).isEqualTo(Next.LATER);
      request = Requests.parse(request.again().text());
    }

    assertThat(work.asked(id, request, book.jobs())).isEqualTo(Next.DONE);
    assertThat(work.asked(id, request, book.jobs())).isEqualTo(Next.DONE);
    assertThat(program.calls()).hasSize(12);
  }

  @Test
  void ofWhatEndedTheNewestStays() {
    SmallFile<JobWork.Begun> begun = new SmallFile<>(files.begun(), JobWork.Begun.class);
    begun.write("open", new JobWork.Begun("", "", ""));
    for (int i = 0; i < 4; i++) {
      String name = "ended-" + (9 - i);
      begun.write(name, new JobWork.Begun("", "", "then"));
      assertThat(files.begun().resolve(name + ".json").toFile().setLastModified(1_000_000L * i))
          .isTrue();
    }

    begun.keepNewest(2, JobWork.Begun::hasEnded);

    assertThat(begun.names()).containsExactly("ended-6", "ended-7", "open");
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One session at a time works on a state folder, and it settles what a crash left. */
final class StateSessionTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 3);
  }

  private StateSession open(Instant now) {
    return StateSession.open(Environments.of(clinic, () -> now, notes));
  }

  private RunRecord record(RunRecord.State state) {
    RunRecord record =
        new RunRecord(
            "run-1",
            "visits",
            "S-A",
            root.resolve("jobs/visits.yaml").toString(),
            root.resolve("releases").toString(),
            state,
            "2026-11-20T00:00:00Z",
            "2026-11-20T00:00:00Z",
            "2026-11-20",
            "",
            "",
            "",
            "",
            0,
            Map.of(),
            List.of("operator"));
    new RunRecords(clinic.state()).write(record);
    return record;
  }

  private RunRecord recorded() {
    return new RunRecords(clinic.state()).find("run-1").orElseThrow();
  }

  @Test
  void refusesASecondSession() {
    try (StateSession session = open(clinic.instant())) {
      assertThat(session.operator()).isEqualTo("operator");
      assertThatThrownBy(() -> open(clinic.instant()))
          .isInstanceOf(ProblemException.class)
          .extracting(refused -> ((ProblemException) refused).category())
          .isEqualTo(Category.LOCKED);
    }
    open(clinic.instant()).close();
  }

  @Test
  void recordsThatARunWasKilled() {
    record(RunRecord.State.RUNNING);

    open(clinic.instant()).close();

    assertThat(recorded().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(recorded().message()).isEqualTo("the process ended before the run did");
    assertThat(recorded().exitCode()).isEqualTo(Category.TEMPORARY.exitCode());
  }

  @Test
  void removesTheRecordThatAKilledWriteLeftHalfWritten() throws IOException {
    RunRecord before = record(RunRecord.State.FAILED);
    Path half = clinic.state().runs().resolve("run-1.json.new");
    Files.writeString(half, "{\"record\": {\"run\": \"ru");

    open(clinic.instant()).close();

    assertThat(half).doesNotExist();
    assertThat(recorded()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(
      value = RunRecord.State.class,
      names = {"FAILED", "STOPPED", "STAGED"})
  void leavesARunAsItIsThatEndedByItself(RunRecord.State state) {
    RunRecord before = record(state);

    open(clinic.instant()).close();

    assertThat(recorded()).isEqualTo(before);
  }

  @Test
  void abandonsARunAndItsStaging() {
    Staging staging = Staging.of(root.resolve("releases"), "run-1");
    staging.prepare();

    try (StateSession session = open(clinic.instant())) {
      session.abandon(record(RunRecord.State.FAILED));
      assertThat(session.ledger().entries(LedgerEntry.Kind.ABANDONED)).hasSize(1);
    }

    assertThat(staging.folder()).doesNotExist();
    assertThat(recorded().state()).isEqualTo(RunRecord.State.ABANDONED);
  }

  @Test
  void completesAnAbandonmentThatACrashInterrupted() {
    try (StateSession session = open(clinic.instant())) {
      session.abandon(record(RunRecord.State.FAILED));
    }
    record(RunRecord.State.FAILED);

    open(clinic.instant()).close();

    assertThat(recorded().state()).isEqualTo(RunRecord.State.ABANDONED);
  }

  @Test
  void refusesAClockThatIsBehindTheLedger() {
    Instant ahead = clinic.instant().plus(Duration.ofDays(2));
    try (StateSession session = open(ahead)) {
      session.audit().accounted("0".repeat(64), LocalDate.EPOCH, Optional.empty());
    }

    try (StateSession session = open(clinic.instant())) {
      assertThatThrownBy(session::requireClock)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining(
              "error CLOCK the clock reads "
                  + clinic.instant()
                  + ", before the latest entry of the ledger, "
                  + ahead)
          .extracting(refused -> ((ProblemException) refused).category())
          .isEqualTo(Category.TEMPORARY);
    }
  }

  @Test
  void toleratesAClockThatWasSetBackByMinutes() {
    try (StateSession session = open(clinic.instant().plus(Duration.ofMinutes(4)))) {
      session.audit().accounted("0".repeat(64), LocalDate.EPOCH, Optional.empty());
    }

    try (StateSession session = open(clinic.instant())) {
      session.requireClock();
      session.acceptClock("not needed");
      assertThat(session.ledger().entries(LedgerEntry.Kind.ACCEPTED)).isEmpty();
    }
    assertThat(notes)
        .containsExactly(
            "--accept-clock: the clock is not behind the ledger, nothing was recorded");
  }

  @Test
  void recordsWhoAcceptsAClockThatIsBehind() {
    try (StateSession session = open(clinic.instant().plus(Duration.ofDays(2)))) {
      session.audit().accounted("0".repeat(64), LocalDate.EPOCH, Optional.empty());
    }

    try (StateSession session = open(clinic.instant())) {
      session.acceptClock("the clock was ahead");
      assertThat(session.ledger().entries(LedgerEntry.Kind.ACCEPTED))
          .singleElement()
          .asString()
          .contains("the clock was ahead", "operator");
    }
  }

  @Test
  void recordsARefusalByItsCodesAndNothingElse() {
    ProblemException refusal =
        ProblemException.of(
            Category.AUTHORITY, "EXPIRED", Place.of("job.yaml", 3), "words", "hint");

    try (StateSession session = open(clinic.instant())) {
      session.audit().refused("run-1", "visits", "S-A", refusal);
      assertThat(session.ledger().entries(LedgerEntry.Kind.REFUSED))
          .singleElement()
          .asString()
          .contains("EXPIRED")
          .doesNotContain("words", "hint", "job.yaml");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Category.class,
      names = {"TEMPORARY", "LOCKED"})
  void recordsNoRefusalThatMayPassWhenItIsTriedAgain(Category category) {
    try (StateSession session = open(clinic.instant())) {
      session
          .audit()
          .refused(
              "run-1",
              "visits",
              "S-A",
              ProblemException.of(category, "BUSY", Place.of("here"), "busy", ""));
      assertThat(session.ledger().entries(LedgerEntry.Kind.REFUSED)).isEmpty();
    }
  }

  @Test
  void aPersonWhoAskedWorksOnTheRunToo() {
    StateSession.Environment one = Environments.of(new SmallClinic(root.resolve("asked")));
    StateSession.Environment two =
        new StateSession.Environment(
            one.state(), "service", Optional.of("ann"), one.clock(), one.steps(), one.progress());

    try (StateSession session = StateSession.open(two)) {
      assertThat(session.operators()).containsExactly("service", "ann");
      assertThat(session.operator()).isEqualTo("service for ann");
    }
  }

  @Test
  void refusesAQuestionAboutAStateFolderThatIsNotThere() {
    SmallClinic other = new SmallClinic(root.resolve("other"));
    StateSession.Environment missing =
        new StateSession.Environment(
            new org.consentry.ledger.StateFolder(root.resolve("missing")),
            "operator",
            Optional.empty(),
            other::instant,
            step -> {},
            Environments.of(other).progress());

    assertThatThrownBy(() -> StateSession.ask(missing))
        .isInstanceOf(ProblemException.class)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.USAGE);
    assertThat(root.resolve("missing")).doesNotExist();
  }
}

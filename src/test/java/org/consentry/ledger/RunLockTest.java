package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consentry.ledger.RunLock.Sharing;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.LockProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir Path home = Path.of("");

  private StateFolder state = new StateFolder(home);

  @BeforeEach
  void place() {
    state = new StateFolder(home);
  }

  @Test
  void excludesASecondRun() {
    try (RunLock first = RunLock.take(state)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> RunLock.take(state))
          .isInstanceOf(ProblemException.class)
          .hasMessage(
              state.lock()
                  + ": error LOCKED another run has the lock;"
                  + " wait until it ends; consentry status shows it")
          .extracting(failure -> ((ProblemException) failure).category())
          .isEqualTo(Category.LOCKED);
    }
  }

  @Test
  void staysLockedForOtherProcessesWhateverThisOneAsks() throws Exception {
    try (RunLock first = RunLock.take(state)) {
      assertThat(first).isNotNull();
      assertThat(RunLock.isLocked(state)).isTrue();
      assertThatThrownBy(() -> RunLock.take(state)).isInstanceOf(ProblemException.class);

      assertThat(LockProbe.ask(state.lock())).isEqualTo("locked");
    }
    assertThat(LockProbe.ask(state.lock())).isEqualTo("free");
  }

  @Test
  void isTheSameLockByEveryNameOfTheFolder() throws Exception {
    Path alias = Files.createSymbolicLink(home.resolve("alias"), home);

    try (RunLock first = RunLock.take(state)) {
      assertThat(first).isNotNull();
      assertThat(RunLock.isLocked(new StateFolder(alias))).isTrue();
      assertThat(RunLock.isLocked(new StateFolder(home.resolve(".")))).isTrue();
    }
  }

  @Test
  void isFreeAfterTheRunAndBeforeTheFirst() {
    assertThat(RunLock.isLocked(state)).isFalse();

    RunLock.take(state).close();

    assertThat(RunLock.isLocked(state)).isFalse();
    RunLock.take(state).close();
  }

  @Test
  void makesTheLockFileForItsOwnerOnly() throws Exception {
    RunLock.take(state).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.lock())))
        .isEqualTo("rw-------");
  }

  @Test
  void reportsAMissingFolderToLock() {
    StateFolder missing = new StateFolder(home.resolve("missing"));

    assertThatThrownBy(() -> RunLock.take(missing))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            missing.lock()
                + ": error LOCK_FILE the lock file cannot be opened;"
                + " check the permissions of the state folder");
  }

  @Test
  void isFreeHoweverManyThreadsAskAtOnce() throws Exception {
    try (RunLock first = RunLock.take(state)) {
      assertThat(first).isNotNull();
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> answers =
          threads.invokeAll(Collections.nCopies(400, () -> RunLock.isLocked(state)));
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isFalse();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void excludesASecondServiceAndNoRun() throws Exception {
    state.prepare();
    Files.createDirectory(state.service());
    try (RunLock service = RunLock.takeService(state, Sharing.ALONE);
        RunLock run = RunLock.take(state)) {
      assertThat(service).isNotSameAs(run);
      assertThat(RunLock.isServiceLocked(state)).isTrue();
      assertThatThrownBy(() -> RunLock.takeService(state, Sharing.ALONE))
          .hasMessageContaining("another service is at work on this state folder");
    }
    assertThat(RunLock.isServiceLocked(state)).isFalse();
  }
}

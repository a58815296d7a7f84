package org.consentry.release;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time per state folder. The operating system frees the lock when the process ends,
 * however it ends, so a killed run never has to be unlocked by hand.
 */
public final class RunLock implements AutoCloseable {

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws ProblemException category LOCKED when another run holds it
   */
  public static RunLock take(StateFolder state) {
    RunLock lock = tryTake(state);
    if (lock == null) {
      throw ProblemException.of(
          Category.LOCKED,
          "LOCKED",
          Place.of(state.lock().toString()),
          "another run holds the lock",
          "wait for it (consentry status), or give this run its own CONSENTRY_HOME");
    }
    return lock;
  }

  /** Whether some process holds the lock at this moment. */
  public static boolean isHeld(StateFolder state) {
    if (!java.nio.file.Files.exists(state.lock())) {
      return false;
    }
    RunLock lock = tryTake(state);
    if (lock == null) {
      return true;
    }
    lock.close();
    return false;
  }

  private static @Nullable RunLock tryTake(StateFolder state) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RunLock(channel);
      }
      channel.close();
      return null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      closeQuietly(channel);
      return null;
    } catch (IOException cannotLock) {
      closeQuietly(channel);
      throw ProblemException.of(
          Category.TEMPORARY,
          "LOCK_FILE",
          Place.of(state.lock().toString()),
          "the lock file cannot be opened",
          "check the permissions of the state folder");
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      new RunLock(channel).close();
    }
  }

  /** Frees the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException cannotClose) {
      throw ProblemException.of(
          Category.TEMPORARY, "LOCK_FILE", Place.of("lock"), "the lock file cannot be closed", "");
    }
  }
}

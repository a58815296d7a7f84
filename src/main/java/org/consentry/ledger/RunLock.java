package org.consentry.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time per state folder, and one service, or several that share a timetable. The
 * operating system frees the lock when the process ends, however it ends, so a killed run never has
 * to be unlocked by hand.
 */
public final class RunLock implements AutoCloseable {

  /**
   * The lock files that this process has locked. They are not even opened a second time: closing
   * any channel of a file frees all locks of the process on it (POSIX fcntl).
   */
  private static final Set<Path> LOCKED_HERE = new HashSet<>();

  private static final int TRIES = 6;
  private static final long BETWEEN_TRIES = 20_000_000; // nanoseconds

  /** With whom a lock is shared. */
  public enum Sharing {
    /** It is the only one. */
    ALONE,
    /** Other processes may have it at the same time, when they share it too. */
    WITH_OTHERS
  }

  private final FileChannel channel;
  private final Path file;

  private RunLock(FileChannel channel, Path file) {
    this.channel = channel;
    this.file = file;
  }

  /**
   * Takes the lock. Another process that only looks whether it is taken has it for a moment, so it
   * is tried for a while.
   *
   * @throws ProblemException category LOCKED when another run has it
   */
  public static RunLock take(StateFolder state) {
    return take(
        state.lock(),
        Sharing.ALONE,
        "another run has the lock",
        "wait until it ends; consentry status shows it");
  }

  /**
   * Takes the lock of a service.
   *
   * @param sharing whether the timetable is in a database that several services share
   * @throws ProblemException category LOCKED when another service has it and does not share it, or
   *     this one does not
   */
  public static RunLock takeService(StateFolder state, Sharing sharing) {
    return switch (sharing) {
      case ALONE ->
          take(
              state.serviceLock(),
              sharing,
              "another service is at work on this state folder",
              "end it first; several services need spring.datasource.url of PostgreSQL, and all of"
                  + " them were started with it");
      case WITH_OTHERS ->
          take(
              state.serviceLock(),
              sharing,
              "a service that was started without spring.datasource.url is at work on this state"
                  + " folder",
              "end it first, then start it again; all services then use the shared database");
    };
  }

  private static RunLock take(Path file, Sharing sharing, String message, String hint) {
    for (int tried = 1; tried <= TRIES; tried++) {
      RunLock lock = tryTake(file, sharing);
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(BETWEEN_TRIES);
    }
    throw ProblemException.of(Category.LOCKED, "LOCKED", Place.of(file), message, hint);
  }

  /** Whether some process has the lock at this moment. */
  public static boolean isLocked(StateFolder state) {
    return isLocked(state.lock());
  }

  /** Whether a service has its lock at this moment. */
  public static boolean isServiceLocked(StateFolder state) {
    return isLocked(state.serviceLock());
  }

  private static boolean isLocked(Path file) {
    synchronized (LOCKED_HERE) {
      if (!Files.exists(file)) {
        return false;
      }
      RunLock lock = tryTake(file, Sharing.ALONE);
      if (lock == null) {
        return true;
      }
      lock.close();
      return false;
    }
  }

  private static @Nullable RunLock tryTake(Path named, Sharing sharing) {
    synchronized (LOCKED_HERE) {
      try {
        Path file = DurableFiles.folderOf(named).toRealPath().resolve(named.getFileName());
        if (!LOCKED_HERE.add(file)) {
          return null;
        }
        RunLock lock = null;
        try {
          lock = lock(file, sharing);
        } finally {
          if (lock == null) {
            LOCKED_HERE.remove(file);
          }
        }
        return lock;
      } catch (IOException noFolder) {
        throw cannotOpen(named, noFolder);
      }
    }
  }

  private static @Nullable RunLock lock(Path file, Sharing sharing) {
    try {
      FileChannel channel = DurableFiles.open(file);
      if (channel.tryLock(0, Long.MAX_VALUE, sharing == Sharing.WITH_OTHERS) != null) {
        return new RunLock(channel, file);
      }
      channel.close();
      return null;
    } catch (IOException cannotLock) {
      throw cannotOpen(file, cannotLock);
    }
  }

  private static ProblemException cannotOpen(Path file, IOException why) {
    return ProblemException.of(
        DiskFailure.category(why),
        "LOCK_FILE",
        Place.of(file),
        "the lock file cannot be opened",
        "check the permissions of the state folder");
  }

  /** Frees the lock. */
  @Override
  public void close() {
    try {
      synchronized (LOCKED_HERE) {
        channel.close();
        LOCKED_HERE.remove(file);
      }
    } catch (IOException cannotClose) {
      throw ProblemException.of(
          DiskFailure.category(cannotClose),
          "LOCK_FILE",
          Place.of("lock"),
          "the lock file cannot be closed",
          "");
    }
  }
}

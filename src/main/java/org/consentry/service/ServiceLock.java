package org.consentry.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunLock.Sharing;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The lock of a service on its state folder. Services that share it have one timetable: the same
 * database, and the same folder of jobs.
 */
final class ServiceLock {

  private static final String FILE = "shared";
  private static final int TRIES = 3;

  private ServiceLock() {}

  /**
   * What services on one state folder have in common.
   *
   * @param database the id of the database
   * @param jobs the folder of the job files
   */
  record Common(String database, String jobs) {

    Common {
      Objects.requireNonNull(database);
      Objects.requireNonNull(jobs);
    }
  }

  /**
   * Takes the lock.
   *
   * @param shared the database that services share; empty for a service that is alone
   * @throws ProblemException category LOCKED when another service is at work that has not the same
   *     timetable, TEMPORARY when the shared database does not answer
   */
  static RunLock take(ServiceFolder folder, Path jobs, Optional<SharedDatabase> shared) {
    if (shared.isEmpty()) {
      return RunLock.takeService(folder.state(), Sharing.ALONE);
    }
    return take(folder, new Common(DatabaseId.of(shared.get()), real(jobs)));
  }

  /**
   * Only a service that is alone writes the file. As long as a service shares the lock, the file is
   * as that service has read it.
   */
  private static RunLock take(ServiceFolder folder, Common own) {
    SmallFile<Common> file = new SmallFile<>(folder.home(), Common.class);
    for (int tried = 1; tried <= TRIES; tried++) {
      RunLock lock = RunLock.takeService(folder.state(), Sharing.WITH_OTHERS);
      if (isCommon(file, own)) {
        return lock;
      }
      lock.close();
      try {
        writeAlone(folder, file, own);
      } catch (ProblemException refused) {
        if (refused.category() != Category.LOCKED) {
          throw refused;
        }
        if (!isCommon(file, own)) {
          throw differs(folder, file.find(FILE), own);
        }
      }
    }
    throw differs(folder, file.find(FILE), own);
  }

  private static void writeAlone(ServiceFolder folder, SmallFile<Common> file, Common own) {
    RunLock alone = RunLock.takeService(folder.state(), Sharing.ALONE);
    try {
      file.write(FILE, own);
    } finally {
      alone.close();
    }
  }

  private static boolean isCommon(SmallFile<Common> file, Common own) {
    return file.find(FILE).filter(own::equals).isPresent();
  }

  private static ProblemException differs(
      ServiceFolder folder, Optional<Common> common, Common own) {
    boolean isDatabase = common.filter(at -> at.database().equals(own.database())).isEmpty();
    String what = isDatabase ? "database" : "folder of jobs";
    return ProblemException.of(
        Category.LOCKED,
        "LOCKED",
        Place.of(folder.state().serviceLock()),
        "a service with another " + what + " is at work on this state folder",
        "start all services with the same spring.datasource.url and --jobs, or end the others"
            + " first");
  }

  private static String real(Path jobs) {
    try {
      return jobs.toRealPath().toString();
    } catch (IOException missing) {
      return jobs.toAbsolutePath().normalize().toString();
    }
  }
}

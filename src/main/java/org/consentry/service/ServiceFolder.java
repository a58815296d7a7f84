package org.consentry.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.consentry.data.DurableFiles;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What the service stores in the state folder, for the owner alone. None of it has a patient.
 *
 * @param state the state folder
 */
record ServiceFolder(StateFolder state) {

  /** The folder. */
  Path home() {
    return state.service();
  }

  /** Who did what and who was refused, one line an act. */
  MonthlyLog audit() {
    return new MonthlyLog(home(), "audit");
  }

  /** The last valid schedule of each job. */
  Path schedules() {
    return home().resolve("schedules.json");
  }

  /** Jobs that are paused, a file each. */
  Path paused() {
    return home().resolve("paused");
  }

  /** What people asked for, a file each, until it is in the timetable. */
  Path asked() {
    return home().resolve("asked");
  }

  /** Due times and requests that were begun, a file each; of those that ended the newest. */
  Path begun() {
    return home().resolve("begun");
  }

  /** Which account of the provider has which name, a file each. */
  Path accounts() {
    return home().resolve("accounts");
  }

  /** What the commands printed. */
  Path printed() {
    return home().resolve("printed");
  }

  /** What became of due times. */
  MonthlyLog history() {
    return new MonthlyLog(home(), "history");
  }

  /** Path prefix of the embedded database of the timetable. */
  Path timetable() {
    return home().resolve("db").resolve("timetable");
  }

  /**
   * Creates what is missing.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void prepare() {
    state.prepare();
    try {
      for (Path folder : List.of(home(), paused(), asked(), begun(), accounts(), printed())) {
        DurableFiles.createClosedFolder(folder);
      }
    } catch (IOException refused) {
      throw refused(home(), refused);
    }
  }

  /** A file or folder that the disk refuses. */
  static ProblemException refused(Path file, IOException why) {
    return ProblemException.of(
        DiskFailure.category(why),
        "SERVICE_FILE",
        Place.of(file),
        "the service cannot read or write this file",
        "check free space and permissions of the state folder");
  }
}

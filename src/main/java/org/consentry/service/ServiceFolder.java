package org.consentry.service;

import java.io.IOException;
import java.nio.file.Path;
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
  Path audit() {
    return home().resolve("audit.jsonl");
  }

  /**
   * Creates what is missing.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void prepare() {
    state.prepare();
    try {
      DurableFiles.createClosedFolder(home());
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

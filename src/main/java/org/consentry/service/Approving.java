package org.consentry.service;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.consentry.export.Accepted;
import org.consentry.export.ExportRuns;
import org.consentry.export.StateSession;
import org.consentry.followup.Runs;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Enters the approval of a staged run, as the command {@code approve} does. Only a signature by a
 * pinned approver approves; who is signed in does not.
 */
final class Approving {

  private static final int MOST_BYTES = 16 << 10;

  private final StateFolder state;
  private final String operator;
  private final Supplier<Instant> clock;

  /**
   * Enters approvals.
   *
   * @param operator the owner of this process
   */
  Approving(StateFolder state, String operator, Supplier<Instant> clock) {
    this.state = state;
    this.operator = operator;
    this.clock = clock;
  }

  /** Reads what was uploaded. */
  interface Upload {

    /** Its bytes. */
    byte[] bytes() throws IOException;
  }

  /**
   * Enters an approval.
   *
   * @param person who is signed in, for the ledger
   * @throws ProblemException category USAGE when the run is not staged, AUTHORITY when the
   *     signature is none of an approver who may approve it, LOCKED while a run is at work
   */
  void approve(String person, String run, Upload upload) {
    Runs.findStaged(state, run);
    SshSignature signature = signature(upload);
    StateSession.Environment surroundings = Asking.environment(state, operator, person, clock);
    try (StateSession session = StateSession.open(surroundings)) {
      new ExportRuns(session, Approving::noEngine, "", Accepted.NOTHING)
          .approve(Runs.findStaged(state, run), manifest -> signature);
    }
  }

  private static org.consentry.export.ExportEngine noEngine() {
    throw new IllegalStateException("an approval runs nothing");
  }

  private static SshSignature signature(Upload upload) {
    try {
      byte[] bytes = upload.bytes();
      if (bytes.length <= MOST_BYTES) {
        return SshSignature.parse(bytes).orElseThrow(Approving::unusable);
      }
    } catch (IOException unreadable) {
      throw unusable();
    }
    throw unusable();
  }

  private static ProblemException unusable() {
    return ProblemException.of(
        Category.AUTHORITY,
        "APPROVAL_SIGNATURE",
        Place.of("the uploaded file"),
        "expected one OpenSSH signature",
        "make it with ssh-keygen -Y sign, as the page of the approval shows");
  }
}

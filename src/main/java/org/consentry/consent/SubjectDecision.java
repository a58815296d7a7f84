package org.consentry.consent;

import java.util.Arrays;
import org.consentry.data.Exclusion;
import org.consentry.problem.Problem;

/**
 * Decides one subject after the other from the lines in a {@link LineStore}: withdrawal, denial,
 * and which permits are left. Its arrays are scratch space, valid until the next subject.
 */
final class SubjectDecision {

  /** The line is, or was, a permit, whether or not it counts. */
  static final int IS_PERMIT = 1;

  /** A permit that counts, unless its id is duplicated. */
  static final int PERMITS = 1 << 1;

  /** Another line has the same id. */
  static final int DUPLICATED = 1 << 2;

  /** A denial in force, about whatever. */
  static final int DENIAL_PRESENT = 1 << 3;

  /** A denial in force which applies to the request. */
  static final int DENIES = 1 << 4;

  /** A denial that leaves nothing of the person's records. */
  static final int DENIES_ALL = 1 << 5;

  /** Withdraws every permit signed up to it. */
  static final int WITHDRAWS = 1 << 6;

  /** What it revokes or supersedes no longer counts. */
  static final int NAMES_OTHERS = 1 << 7;

  /** A denial or withdrawal. */
  static final int IS_RESTRICTION = 1 << 8;

  /** A restriction of another patient, or of an unknown one, revokes the line by its id. */
  static final int TAKEN_BACK = 1 << 9;

  /** A permit that a parent or guardian signed for a patient who is a minor today. */
  static final int FOR_MINOR = 1 << 10;

  private final LineStore store;
  private final LineRefs refs;
  private final ProblemCounts.Collector reported;
  private int[] lines = new int[16];
  private byte[] failed = new byte[16];
  private int[] decidedBy = new int[16];
  private int count;

  SubjectDecision(LineStore store, ProblemCounts.Collector reported) {
    this.store = store;
    this.refs = store.refs();
    this.reported = reported;
  }

  /** Decides a subject and returns 0 or the {@link Exclusion#code()} of the furthest permit. */
  byte decide(int subject) {
    load(subject);
    checkRefs();
    boolean anyPermit = false;
    boolean anyPassed = false;
    byte furthest = 0;
    for (int i = 0; i < count; i++) {
      if (isLivePermit(lines[i])) {
        anyPermit = true;
        judge(i);
        anyPassed |= failed[i] == 0;
        furthest = (byte) Math.max(furthest, failed[i]);
      }
    }
    if (!anyPermit) {
      return anyLine(DENIAL_PRESENT) ? Exclusion.REFUSED.code() : Exclusion.NO_CONSENT.code();
    }
    return anyPassed ? 0 : furthest;
  }

  /** Whether every permit that passed was signed by a parent or guardian for a minor. */
  boolean isForMinor() {
    for (int i = 0; i < count; i++) {
      if (isLivePermit(lines[i]) && failed[i] == 0 && !store.has(lines[i], FOR_MINOR)) {
        return false;
      }
    }
    return true;
  }

  /** Number of lines of the subject. */
  int count() {
    return count;
  }

  /** The i-th line's number in the store; the last added comes first. */
  int line(int i) {
    return lines[i];
  }

  boolean isLivePermit(int line) {
    return store.has(line, PERMITS) && !store.has(line, DUPLICATED);
  }

  /** For a live permit: 0, or the code of the test it failed. */
  byte failed(int i) {
    return failed[i];
  }

  /** For a live permit of this subject: 0, or the code of the test it failed. */
  byte failedOf(int line) {
    return failed[position(line)];
  }

  /** For a withdrawn or denied permit of this subject: the line that did it; otherwise none. */
  int decidedByOf(int line) {
    return decidedBy[position(line)];
  }

  /** Where a line of this subject is. */
  private int position(int line) {
    int i = 0;
    while (lines[i] != line) {
      i++;
    }
    return i;
  }

  /** Whether a denial limited to some records applies to what the permit grants. */
  boolean limits(int denial, int permit) {
    return store.has(denial, DENIES)
        && !store.has(denial, DENIES_ALL)
        && !isSuperseded(denial, permit);
  }

  private void load(int subject) {
    count = 0;
    for (int line = store.head(subject); line != LineStore.NONE; line = store.next(line)) {
      if (count == lines.length) {
        lines = Arrays.copyOf(lines, count * 2);
        failed = Arrays.copyOf(failed, count * 2);
        decidedBy = Arrays.copyOf(decidedBy, count * 2);
      }
      failed[count] = 0;
      decidedBy[count] = LineStore.NONE;
      lines[count++] = line;
    }
  }

  private void judge(int i) {
    int permit = lines[i];
    failed[i] = store.failed(permit);
    if (failed[i] == 0 && store.has(permit, TAKEN_BACK)) {
      failed[i] = Exclusion.WITHDRAWN.code();
    }
    for (int j = 0; failed[i] == 0 && j < count; j++) {
      if (lines[j] != permit && isWithdrawn(permit, lines[j])) {
        failed[i] = Exclusion.WITHDRAWN.code();
        decidedBy[i] = lines[j];
      }
    }
    for (int j = 0; failed[i] == 0 && j < count; j++) {
      if (store.has(lines[j], DENIES_ALL) && !isSuperseded(lines[j], permit)) {
        failed[i] = Exclusion.DENIED.code();
        decidedBy[i] = lines[j];
      }
    }
  }

  /** A tie withdraws, and so does a line without a date of signature. */
  private boolean isWithdrawn(int permit, int by) {
    boolean meant =
        store.has(by, WITHDRAWS)
            || (store.has(by, NAMES_OTHERS) && refs.names(store.refs(by), store.id(permit)));
    long until = store.signedTo(by);
    return meant && (until == ConsentLine.NO_TIME || until >= store.signedFrom(permit));
  }

  /** Only a permit that names the denial and was signed after it, without doubt, replaces it. */
  private boolean isSuperseded(int denial, int permit) {
    int names = store.refs(permit);
    long denied = store.signedTo(denial);
    return names != LineStore.NONE
        && denied != ConsentLine.NO_TIME
        && !store.has(denial, DUPLICATED)
        && refs.supersedes(names, store.id(denial))
        && store.signedFrom(permit) > denied;
  }

  /**
   * A restriction that revokes a line which is no permit of this person is taken to withdraw
   * everything signed up to it: a patient took something back, and what is not known.
   */
  private void checkRefs() {
    for (int i = 0; i < count; i++) {
      int names = store.refs(lines[i]);
      if (names != LineStore.NONE) {
        checkRevoked(lines[i], names);
        checkSuperseded(lines[i], names);
      }
    }
  }

  private void checkRevoked(int line, int names) {
    for (int r = 0; r < refs.revokes(names); r++) {
      if (!anyWithId(refs.revoked(names, r), IS_PERMIT)) {
        boolean restricts = store.has(line, IS_RESTRICTION) && store.has(line, NAMES_OTHERS);
        if (restricts) {
          store.mark(line, WITHDRAWS);
        }
        reported.add(
            Problem.warning(
                "REVOKES_UNKNOWN_LINE",
                store.place(line),
                "revokes names a line that is no permit of this patient",
                restricts
                    ? "it now withdraws every permit signed up to it; correct the line id"
                    : "correct the line id"));
        return;
      }
    }
  }

  private void checkSuperseded(int line, int names) {
    for (int s = 0; s < refs.supersedes(names); s++) {
      if (!anyWithId(refs.superseded(names, s), -1)) {
        reported.add(
            Problem.warning(
                "SUPERSEDES_UNKNOWN_LINE",
                store.place(line),
                "supersedes names a line that this patient does not have",
                "it replaces nothing; correct the line id"));
        return;
      }
    }
  }

  private boolean anyWithId(long id, int flags) {
    for (int i = 0; i < count; i++) {
      if (store.id(lines[i]) == id && store.has(lines[i], flags)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyLine(int flag) {
    for (int i = 0; i < count; i++) {
      if (store.has(lines[i], flag)) {
        return true;
      }
    }
    return false;
  }
}

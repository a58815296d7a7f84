package org.consentry.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is remembered of a run, for {@code status}, {@code list}, {@code resume} and {@code
 * abandon}. Counts, names and digests; nothing of a patient.
 *
 * @param run id of the run
 * @param job name of the job
 * @param study id of the study
 * @param jobFile the job file it was started with, absolute
 * @param output folder under which releases are published, absolute
 * @param state its state
 * @param started when it was started, ISO 8601 UTC
 * @param updated when this was last written, ISO 8601 UTC
 * @param referenceDate the date ages and buckets refer to, ISO 8601; kept over a resume
 * @param replaces name of the job's earlier release that it corrects; empty when it corrects none
 * @param basis digest of plan and keys; a resume under another one is refused
 * @param release name of the release folder once published; empty before
 * @param message why it failed or stopped, without content; empty when all is well
 * @param exitCode exit code of the process that last worked on it; 0 while it runs
 * @param counts results by name, and how many seconds each step took when it was last done
 * @param operators the persons who started or resumed it, as the operating system names the
 *     persons, the first one first
 */
public record RunRecord(
    String run,
    String job,
    String study,
    String jobFile,
    String output,
    State state,
    String started,
    String updated,
    String referenceDate,
    String replaces,
    String basis,
    String release,
    String message,
    int exitCode,
    Map<String, Long> counts,
    List<String> operators) {

  /** How the names of counts begin that are the seconds of a step. */
  public static final String SECONDS = "seconds ";

  /** The state of a run. */
  public enum State {
    /** At work, or killed while at work when no process has the lock. */
    RUNNING,
    /** Ended before publication; can be resumed. */
    FAILED,
    /** Stopped by a person or a signal; can be resumed. */
    STOPPED,
    /** Sealed, and waits for approvals before it may be published. */
    STAGED,
    PUBLISHED,
    /**
     * Ended without a release, because it would have repeated the last one; its staging is gone.
     */
    UNCHANGED,
    /** Given up; its staging is gone. */
    ABANDONED
  }

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}");

  /** Whether a word may be the id of a run: it becomes the name of files and folders. */
  static boolean isId(String word) {
    return ID.matcher(word).matches();
  }

  /** Refuses a word that would lead out of the folder it is resolved in. */
  static String requireId(String word) {
    if (!isId(word)) {
      throw new IllegalArgumentException(
          "a run id is letters, digits, dots, dashes and underscores");
    }
    return word;
  }

  public RunRecord {
    requireId(run);
    counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    operators = List.copyOf(operators);
  }

  /** The seconds of each step, by its words. */
  public Map<String, Long> seconds() {
    Map<String, Long> seconds = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(SECONDS)) {
            seconds.put(name.substring(SECONDS.length()), count);
          }
        });
    return seconds;
  }

  /** The same run in another state. */
  public RunRecord with(State next, String at, String why, int code) {
    return copy(next, at, release, why, code, counts, operators);
  }

  /** The same run with other counts. */
  public RunRecord with(String at, Map<String, Long> newCounts) {
    return copy(state, at, release, message, exitCode, newCounts, operators);
  }

  /** The same run, published. */
  public RunRecord published(String at, String releaseName, int code) {
    return copy(State.PUBLISHED, at, releaseName, "", code, counts, operators);
  }

  /**
   * The same run, which made no release.
   *
   * @param last the release that it would have repeated
   */
  public RunRecord unchanged(String at, String last, int code) {
    return with(
        State.UNCHANGED, at, "same data as " + last + ", so that no release was made", code);
  }

  /** The same run with more persons at work on it. */
  public RunRecord by(List<String> persons) {
    List<String> all = Stream.concat(operators.stream(), persons.stream()).distinct().toList();
    return copy(state, updated, release, message, exitCode, counts, all);
  }

  private RunRecord copy(
      State next,
      String at,
      String releaseName,
      String why,
      int code,
      Map<String, Long> newCounts,
      List<String> persons) {
    return new RunRecord(
        run,
        job,
        study,
        jobFile,
        output,
        next,
        started,
        at,
        referenceDate,
        replaces,
        basis,
        releaseName,
        why,
        code,
        newCounts,
        persons);
  }
}

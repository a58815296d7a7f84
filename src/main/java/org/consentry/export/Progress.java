package org.consentry.export;

import java.util.List;
import org.consentry.problem.Problem;

/**
 * Receives the progress of a run: steps, tables, rows and units of work; nothing of a patient. Any
 * thread.
 */
public interface Progress {

  /** The work on a run begins, with these steps ahead. */
  void begin(String run, List<RunStep> steps);

  /** The work on the run has ended, however it did. */
  void end();

  /** A step begins; nothing of it is done. */
  void step(RunStep step);

  /** The step has so many units of work ahead, of any one kind; more than once adds up. */
  void total(long units);

  /** So many units of the step are done. */
  void done(long units);

  /** Rows of a table were read and released. */
  void rows(String table, long read, long released);

  /** Something that is wrong and does not end the run. */
  void problem(Problem problem);

  /** Something a person should know, one line. */
  void note(String words);
}

package org.consentry.export;

import java.util.Optional;

/** Carries out the stages of a run. */
public interface ExportEngine {

  /**
   * Runs all stages.
   *
   * @param run id of the run
   * @return what came of the run; empty when it was stopped
   * @throws org.consentry.problem.ProblemException what ended the run; nothing was released then
   */
  Optional<Publication> run(String run, ExportStages<?, ?, ?, ?> stages);

  /**
   * Publishes a release that was staged and approved.
   *
   * @param run id of the run
   * @return what came of it; empty when it was stopped
   * @throws org.consentry.problem.ProblemException what refused it; nothing was released then
   */
  Optional<Publication> publish(String run, ApprovedRelease release);

  /** Starts an engine once there is work for it. */
  interface Starter {

    /** Starts; from now on a signal stops the run in good order. */
    ExportEngine start();
  }
}

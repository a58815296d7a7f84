package org.consentry.export;

import java.util.List;

/**
 * The workers of an engine, which do the pieces of a stage. A run that was asked to stop ends in
 * here: a stage never continues with a part of its results.
 */
public interface Workers extends Parallel {

  /**
   * Does every partition that was not done before, in any order and on any threads.
   *
   * @param step name of the step, unlike that of every other call of the run
   * @return the results in the order of the partitions
   * @throws org.consentry.problem.ProblemException the first failure; no other partition is begun
   *     after it
   */
  <B, R extends PartitionResult> List<R> partitions(String step, List<Partition<B, R>> partitions);
}

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

  /**
   * The same of a step whose partitions other processes can do, where there are any.
   *
   * @param sent what they need, and how their results are read
   */
  default <B, R extends PartitionResult> List<R> partitions(
      String step, List<Partition<B, R>> partitions, SentStep<R> sent) {
    return partitions(step, partitions);
  }

  /** What does the partitions in this attempt of the run, in words for the manifest. */
  default String engine() {
    return "one process";
  }

  /** How many partitions other processes work on at once; 0 where there are none. */
  default int elsewhere() {
    return 0;
  }
}

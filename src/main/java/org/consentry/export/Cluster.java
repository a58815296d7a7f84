package org.consentry.export;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Other processes, on this machine or on more of them, that do partitions of a run. Each has a
 * {@link ClusterTask}. A process that is lost is replaced by the cluster, and what it did not
 * finish is done again.
 */
public interface Cluster extends AutoCloseable {

  /** Name and version of what runs the processes, for the manifest. */
  String name();

  /** How many partitions are worked on at once; at least 1. */
  int slots();

  /**
   * Does partitions of a step. Returns or throws when none is worked on any more, or when a process
   * that works on one was not heard of for a minute; what that one stores then is of no use.
   *
   * @param contents what every process needs; sent once to each, by name
   * @param partitions positions of the partitions to do
   * @param done receives the position of each partition that is done, on the calling thread
   * @return whether all are done; false when the run was asked to stop. Then no partition is begun,
   *     and one that was worked on may be lost: it is done again when the run is resumed
   * @throws org.consentry.problem.ProblemException the first failure of a partition, or category
   *     TEMPORARY when the cluster failed
   */
  boolean run(String step, List<SentContent> contents, List<Integer> partitions, IntConsumer done);

  /**
   * Ends the processes, and with them what they were sent; nothing when that was done before. The
   * name is known afterwards.
   */
  @Override
  void close();

  /** Makes what starts a cluster; found by {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * Checks settings, before anything is begun.
     *
     * @param master where the cluster is, in its own words
     * @param settings its settings, by name
     * @throws org.consentry.problem.ProblemException category USAGE when they are not allowed
     */
    Starter with(String master, Map<String, String> settings);
  }

  /** Starts a cluster, each time another one. */
  interface Starter {

    /**
     * Starts.
     *
     * @param remark receives a line that an operator should know
     * @param isStopped whether the run was asked to stop; asked again and again
     * @throws org.consentry.problem.ProblemException category USAGE when a setting is not accepted,
     *     TEMPORARY when the cluster does not answer
     */
    Cluster start(Consumer<String> remark, BooleanSupplier isStopped);
  }
}

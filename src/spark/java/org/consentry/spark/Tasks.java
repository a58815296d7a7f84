package org.consentry.spark;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Knows which tasks of the application executors work on, and reports executors that are lost while
 * it lives. Spark calls it on a thread of its own, in the order in which things happened.
 */
final class Tasks extends SparkListener {

  private final Consumer<String> remark;
  private final BooleanSupplier isEnding;
  private final Set<Long> atWork = new HashSet<>();
  private int jobs;

  /**
   * Of an application that was just started.
   *
   * @param remark receives a line for each executor that is lost
   * @param isEnding whether executors end because the application does
   */
  Tasks(Consumer<String> remark, BooleanSupplier isEnding) {
    this.remark = remark;
    this.isEnding = isEnding;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (!isEnding.getAsBoolean()) {
      remark.accept(
          "executor " + removed.executorId() + " of Spark was lost; its splits are done again");
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart started) {
    atWork.add(started.taskInfo().taskId());
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd ended) {
    atWork.remove(ended.taskInfo().taskId());
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd ended) {
    jobs--;
  }

  /** A job is about to begin. */
  synchronized void begin() {
    jobs++;
  }

  /** Whether every job has ended and none of its tasks is worked on any more. */
  synchronized boolean areOver() {
    return jobs == 0 && atWork.isEmpty();
  }
}

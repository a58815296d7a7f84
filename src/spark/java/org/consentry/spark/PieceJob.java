package org.consentry.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.consentry.export.SentProblems;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** The partitions of one step as tasks of Spark. */
final class PieceJob {

  /** As long as for the first executor, because Spark itself waits for ever. */
  private static final long ALONE_NANOS = TimeUnit.SECONDS.toNanos(SparkCluster.START_SECONDS);

  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final JavaSparkContext spark;
  private final Tasks tasks;
  private final Ending ending;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private long executorSeen = System.nanoTime();

  PieceJob(JavaSparkContext spark, Tasks tasks, Ending ending) {
    this.spark = spark;
    this.tasks = tasks;
    this.ending = ending;
  }

  /** The position of a partition that is done, and what went wrong with it. */
  private record Answer(int position, Optional<ProblemException> failure) {}

  /**
   * Does the partitions at some positions.
   *
   * @param done receives each position that is done
   * @return whether all are done; false when the run was asked to stop
   * @throws ProblemException the first failure, or category TEMPORARY when the cluster failed
   */
  boolean run(PieceTask task, List<Integer> positions, IntConsumer done) {
    SimpleFutureAction<Integer> job = submit(task, positions);
    for (int left = positions.size(); left > 0; ) {
      if (ending.getAsBoolean()) {
        cancel(job);
        return false;
      }
      Optional<Answer> answer = next();
      if (answer.isPresent()) {
        accept(answer.get(), job, done);
        left--;
      } else if (job.isCompleted() && answers.isEmpty()) {
        awaitTasks();
        return ended(ending);
      } else if (isAlone()) {
        cancel(job, failed("no executor is left"));
      }
    }
    return true;
  }

  private void accept(Answer answer, SimpleFutureAction<Integer> job, IntConsumer done) {
    answer.failure().ifPresent(failure -> cancel(job, failure));
    try {
      done.accept(answer.position());
    } catch (ProblemException unreadable) {
      cancel(job, unreadable);
    }
  }

  private SimpleFutureAction<Integer> submit(PieceTask task, List<Integer> positions) {
    tasks.begin();
    return spark
        .sc()
        .submitJob(
            spark.parallelize(positions, positions.size()).rdd(),
            task,
            Numbers.upTo(positions.size()),
            new Collect(answers, positions),
            new Count(positions.size()));
  }

  private Optional<Answer> next() {
    try {
      return Optional.ofNullable(answers.poll(Ending.POLL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("the command was interrupted");
    }
  }

  /** The driver is listed as an executor too. */
  private boolean isAlone() {
    if (spark.sc().statusTracker().getExecutorInfos().length > 1) {
      executorSeen = System.nanoTime();
    }
    return System.nanoTime() - executorSeen > ALONE_NANOS;
  }

  private void cancel(SimpleFutureAction<Integer> job, ProblemException failure) {
    cancel(job);
    throw failure;
  }

  private void cancel(SimpleFutureAction<Integer> job) {
    job.cancel();
    awaitTasks();
  }

  /** An executor that does not answer is not waited for, and none when Spark itself has ended. */
  private void awaitTasks() {
    long end = System.nanoTime() + END_NANOS;
    while (!tasks.areOver() && !spark.sc().isStopped() && System.nanoTime() < end) {
      Ending.pause();
    }
  }

  /**
   * The application ended before all was done.
   *
   * @return false when the run was asked to stop
   * @throws ProblemException category TEMPORARY otherwise
   */
  static boolean ended(Ending ending) {
    if (ending.isKnownSoon()) {
      return false;
    }
    throw failed("the Spark cluster gave up the work");
  }

  private static ProblemException failed(String what) {
    return ProblemException.of(
        Category.TEMPORARY,
        "CLUSTER",
        Place.of("--master"),
        what,
        "see why in the logs of the cluster, such as too little memory, then resume the run");
  }

  /** Spark gives results one by one, on a thread of its own. */
  private static final class Collect extends AbstractFunction2<Object, byte[], BoxedUnit> {
    private final BlockingQueue<Answer> answers;
    private final List<Integer> positions;

    Collect(BlockingQueue<Answer> answers, List<Integer> positions) {
      this.answers = answers;
      this.positions = positions;
    }

    @Override
    public BoxedUnit apply(Object index, byte[] problems) {
      answers.add(new Answer(positions.get((Integer) index), SentProblems.read(problems)));
      return BoxedUnit.UNIT;
    }
  }

  private static final class Count extends AbstractFunction0<Integer> {
    private final int count;

    Count(int count) {
      this.count = count;
    }

    @Override
    public Integer apply() {
      return count;
    }
  }
}

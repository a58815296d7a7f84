package org.consentry.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.consentry.export.Cluster;
import org.consentry.export.SentContent;
import org.consentry.export.SentProblems;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** One Spark application, which lives as long as a run is worked on. */
final class SparkCluster implements Cluster {

  private static final long POLL_MILLIS = 200;
  private static final int LONGEST = 200;
  private static final long START_SECONDS = Long.getLong("consentry.spark.startSeconds", 120);

  private final JavaSparkContext spark;
  private final Losses losses;
  private final List<String> libraries;
  private Map<String, Broadcast<byte[][]>> sent = Map.of();

  private SparkCluster(JavaSparkContext spark, Losses losses, List<String> libraries) {
    this.spark = spark;
    this.losses = losses;
    this.libraries = List.copyOf(libraries);
  }

  /** The position of a partition that is done, and what went wrong with it. */
  private record Answer(int position, Optional<ProblemException> failure) {}

  /** Reports executors that are lost while the application lives. */
  private static final class Losses extends SparkListener {
    private final Consumer<String> remark;
    private volatile boolean isClosing;

    Losses(Consumer<String> remark) {
      this.remark = remark;
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      if (!isClosing) {
        remark.accept(
            "executor " + removed.executorId() + " of Spark was lost; its splits are done again");
      }
    }
  }

  /**
   * Starts an application and waits for its first executor.
   *
   * @throws ProblemException category TEMPORARY when the cluster does not answer
   */
  static SparkCluster start(SparkConf conf, Consumer<String> remark) {
    conf.setJars(new String[] {home(SparkCluster.class).toString()});
    List<Path> jars = libraries();
    return inOwnClasses(
        () -> {
          try {
            return start(new JavaSparkContext(conf), jars, new Losses(remark));
          } catch (ProblemException known) {
            throw known;
          } catch (Exception | LinkageError refused) { // Scala declares no exceptions.
            throw notStarted(words(refused));
          }
        });
  }

  private static SparkCluster start(JavaSparkContext spark, List<Path> jars, Losses losses) {
    jars.forEach(jar -> spark.addFile(jar.toString()));
    spark.sc().addSparkListener(losses);
    SparkCluster cluster = new SparkCluster(spark, losses, names(jars));
    cluster.awaitExecutor();
    return cluster;
  }

  /** Nothing of a run is in Spark yet, so its own words are about settings. */
  private static String words(Throwable refused) {
    String type = refused.getClass().getSimpleName();
    return Optional.ofNullable(refused.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .filter(line -> !line.isBlank() && line.length() <= LONGEST)
        .map(line -> type + ", " + line)
        .orElse(type);
  }

  private interface Work<T> {
    T run();
  }

  /** Spark finds its parts by the class loader of the thread. */
  private static <T> T inOwnClasses(Work<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SparkCluster.class.getClassLoader());
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Our program and its libraries: the jars beside the one that this interface is in. */
  private static List<Path> libraries() {
    Path jar = home(Cluster.class);
    try (Stream<Path> files = Files.list(jar.resolveSibling(""))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException unreadable) {
      throw notStarted("the folder of the program cannot be read");
    }
  }

  private static List<String> names(List<Path> jars) {
    return jars.stream().map(jar -> String.valueOf(jar.getFileName())).toList();
  }

  private static Path home(Class<?> ours) {
    try {
      return Path.of(ours.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a jar has a path");
    }
  }

  private void awaitExecutor() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (spark.sc().statusTracker().getExecutorInfos().length < 2) {
      if (System.nanoTime() > end || spark.sc().isStopped()) {
        close();
        throw notStarted("no executor was given to the run");
      }
      pause();
    }
  }

  @SuppressWarnings("BusyWait")
  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ProblemException notStarted(String why) {
    return ProblemException.of(
        Category.TEMPORARY,
        "CLUSTER",
        Place.of("--master"),
        "the Spark cluster cannot be used: " + why,
        "check that master and workers are up, with cores and memory free, and of the version of"
            + " this program's Spark, "
            + org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  @Override
  public String name() {
    return "Apache Spark " + spark.version();
  }

  @Override
  public int slots() {
    return Math.max(1, spark.sc().defaultParallelism());
  }

  @Override
  public boolean run(
      String step,
      List<SentContent> contents,
      List<Integer> partitions,
      IntConsumer done,
      BooleanSupplier isStopped) {
    return inOwnClasses(
        () -> {
          broadcast(contents);
          spark.sc().setJobDescription(step);
          return run(
              contents.stream().map(SentContent::name).toList(), partitions, done, isStopped);
        });
  }

  /** What is needed no more is removed from every process. */
  private void broadcast(List<SentContent> contents) {
    Map<String, Broadcast<byte[][]>> needed = new LinkedHashMap<>();
    Map<String, Broadcast<byte[][]>> before = new HashMap<>(sent);
    for (SentContent content : contents) {
      Broadcast<byte[][]> known = before.remove(content.name());
      needed.put(content.name(), known == null ? broadcast(content) : known);
    }
    before.values().forEach(Broadcast::destroy);
    sent = needed;
  }

  private Broadcast<byte[][]> broadcast(SentContent content) {
    Pieces pieces = new Pieces();
    content.writeTo(pieces);
    return spark.broadcast(pieces.all());
  }

  private boolean run(
      List<String> names, List<Integer> positions, IntConsumer done, BooleanSupplier isStopped) {
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    SparkContext context = spark.sc();
    SimpleFutureAction<Integer> job =
        context.submitJob(
            spark.parallelize(positions, positions.size()).rdd(),
            new PieceTask(libraries, names, new HashMap<>(sent)),
            Numbers.upTo(positions.size()),
            new Collect(answers, positions),
            new Count(positions.size()));
    int left = positions.size();
    while (left > 0) {
      if (isStopped.getAsBoolean()) {
        job.cancel();
        return false;
      }
      Optional<Answer> answer = next(answers);
      if (answer.isPresent()) {
        if (answer.get().failure().isPresent()) {
          job.cancel();
          throw answer.get().failure().get();
        }
        done.accept(answer.get().position());
        left--;
      } else if (job.isCompleted() && answers.isEmpty()) {
        if (isStopped.getAsBoolean()) {
          return false;
        }
        throw failed();
      }
    }
    return true;
  }

  private static Optional<Answer> next(BlockingQueue<Answer> answers) {
    try {
      return Optional.ofNullable(answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed();
    }
  }

  private static ProblemException failed() {
    return ProblemException.of(
        Category.TEMPORARY,
        "CLUSTER",
        Place.of("--master"),
        "the Spark cluster gave up the work",
        "see why in the logs of its executors, such as too little memory, then resume the run");
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

  @Override
  public void close() {
    losses.isClosing = true;
    inOwnClasses(
        () -> {
          spark.close();
          return true;
        });
  }
}

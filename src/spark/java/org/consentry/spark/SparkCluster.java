package org.consentry.spark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.consentry.export.Cluster;
import org.consentry.export.SentContent;
import org.consentry.problem.ProblemException;

/** One Spark application, which lives as long as a run is worked on. */
final class SparkCluster implements Cluster {

  static final long START_SECONDS = Long.getLong("consentry.spark.startSeconds", 120);

  private final JavaSparkContext spark;
  private final ExecutorHome folder;
  private final Ending ending;
  private final Tasks tasks;
  private final List<String> libraries;
  private Map<String, Broadcast<byte[][]>> sent = Map.of();

  private SparkCluster(
      JavaSparkContext spark,
      ExecutorHome folder,
      Ending ending,
      Tasks tasks,
      List<String> libraries) {
    this.spark = spark;
    this.folder = folder;
    this.ending = ending;
    this.tasks = tasks;
    this.libraries = List.copyOf(libraries);
  }

  /**
   * Starts an application and waits for its first executor, unless the run is asked to stop.
   *
   * @throws ProblemException category USAGE when Spark does not accept a setting, TEMPORARY when
   *     the cluster does not answer
   */
  static SparkCluster start(SparkConf conf, Consumer<String> remark, BooleanSupplier isStopped) {
    conf.setJars(new String[] {home(SparkCluster.class).toString()});
    Libraries libraries = Libraries.of(Cluster.class, conf);
    Ending ending = new Ending(isStopped);
    return inOwnClasses(
        () -> {
          ExecutorHome folder = executorHome();
          if (libraries.areHere()) {
            folder
                .folder()
                .ifPresent(home -> conf.setIfMissing("spark.local.dir", home.toString()));
          }
          try {
            return start(
                new JavaSparkContext(conf), libraries, folder, ending, new Tasks(remark, ending));
          } catch (ProblemException known) {
            throw known;
          } catch (Exception | LinkageError refused) { // Scala declares no exceptions.
            folder.remove();
            ending.isKnownSoon();
            throw StartFailure.of(refused, conf);
          }
        });
  }

  private static ExecutorHome executorHome() {
    try {
      return ExecutorHome.make(home(SparkContext.class).resolveSibling(""));
    } catch (IOException refused) {
      throw StartFailure.cluster("the folder for its executors cannot be made under TMPDIR");
    }
  }

  private static SparkCluster start(
      JavaSparkContext spark,
      Libraries libraries,
      ExecutorHome folder,
      Ending ending,
      Tasks tasks) {
    SparkCluster cluster = new SparkCluster(spark, folder, ending, tasks, libraries.names());
    try {
      libraries.sent().forEach(jar -> spark.addFile(jar.toString()));
      spark.sc().addSparkListener(tasks);
      cluster.awaitExecutor();
    } catch (RuntimeException refused) {
      cluster.close();
      throw refused;
    }
    return cluster;
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

  static Path home(Class<?> ours) {
    try {
      return Path.of(ours.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a jar has a path");
    }
  }

  private void awaitExecutor() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!ending.getAsBoolean() && spark.sc().statusTracker().getExecutorInfos().length < 2) {
      if (System.nanoTime() > end || spark.sc().isStopped()) {
        throw StartFailure.cluster("no executor was given to the run");
      }
      Ending.pause();
    }
  }

  @Override
  public String name() {
    return "Apache Spark " + spark.version();
  }

  @Override
  public int slots() {
    return spark.sc().isStopped() ? 1 : Math.max(1, spark.sc().defaultParallelism());
  }

  @Override
  public boolean run(
      String step, List<SentContent> contents, List<Integer> partitions, IntConsumer done) {
    return inOwnClasses(
        () -> {
          try {
            broadcast(contents);
            spark.sc().setJobDescription(step);
            return new PieceJob(spark, tasks, ending).run(task(contents), partitions, done);
          } catch (ProblemException known) {
            throw known;
          } catch (Exception refused) { // Scala declares no exceptions.
            if (!spark.sc().isStopped()) {
              throw refused;
            }
            return PieceJob.ended(ending);
          }
        });
  }

  private PieceTask task(List<SentContent> contents) {
    List<String> names = contents.stream().map(SentContent::name).toList();
    return new PieceTask(libraries, names, new HashMap<>(sent));
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

  @Override
  public void close() {
    ending.close();
    inOwnClasses(
        () -> {
          spark.close();
          folder.remove();
          return true;
        });
  }
}

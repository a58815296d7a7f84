package org.consentry.cli;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.consentry.batch.BatchEngine;
import org.consentry.batch.StopRequest;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.Cluster;
import org.consentry.export.ExportEngine;
import org.consentry.export.ExportStages;
import org.consentry.export.Publication;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;

/**
 * Spring Batch as the engine of a run, which a signal stops. The shutdown hook is installed when
 * the run begins its work, and Spring is started when its first stage does.
 */
final class StoppableEngine implements ExportEngine, ExportEngine.Starter, AutoCloseable {

  private final StateFolder state;
  private final int threads;
  private final Consumer<String> remark;
  private final StopRequest stop = new StopRequest();
  private Optional<Thread> hook = Optional.empty();
  private Optional<Engine> spring = Optional.empty();
  private final Optional<Cluster.Starter> others;
  private Optional<Cluster> cluster = Optional.empty();

  /**
   * An engine that works on so many partitions at once.
   *
   * @param others starts other processes, which do the partitions that can be sent
   */
  StoppableEngine(
      StateFolder state, int threads, Consumer<String> remark, Optional<Cluster.Starter> others) {
    this.state = state;
    this.threads = threads;
    this.remark = remark;
    this.others = others;
  }

  /**
   * From now on a signal asks the run to stop. The process ends when its command has ended, with
   * the command's exit code: a release that is published is reported as such.
   */
  @Override
  public ExportEngine start() {
    Thread atShutdown =
        new Thread(
            () -> {
              stop.ask();
              ExitCode.endProcess();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(atShutdown);
    hook = Optional.of(atShutdown);
    return this;
  }

  @Override
  public Optional<Publication> run(String run, ExportStages<?, ?, ?, ?> stages) {
    if (threads > 1) {
      Thread ahead = new Thread(stages::readAhead, "read-ahead");
      ahead.setDaemon(true);
      ahead.start();
    }
    return onJobRepository(
        batch -> withCluster(batch).flatMap(engine -> engine.run(run, stages, stop)));
  }

  /**
   * A cluster of its own for each time, because a run closes its cluster after the extract.
   *
   * @return empty when a signal came before the cluster had started
   */
  private Optional<BatchEngine> withCluster(BatchEngine batch) {
    cluster.ifPresent(Cluster::close);
    try {
      cluster = others.map(starter -> starter.start(remark, stop::isAsked));
    } catch (ProblemException notStarted) {
      if (stop.isAsked()) {
        return Optional.empty();
      }
      throw notStarted;
    }
    return Optional.of(cluster.map(batch::with).orElse(batch));
  }

  @Override
  public Optional<Publication> publish(String run, ApprovedRelease release) {
    return onJobRepository(batch -> batch.publish(run, release, stop));
  }

  /**
   * Works once more on a new job repository when the embedded one can be read but not written, as
   * when one of its files is older than the others. Markers in staging record what is done.
   */
  private Optional<Publication> onJobRepository(Function<BatchEngine, Optional<Publication>> work) {
    Engine engine = open(Engine.start(state, threads, remark));
    try {
      return work.apply(engine.batch(threads));
    } catch (ProblemException refused) {
      if (stop.isAsked() || !engine.canBeReplaced(refused)) {
        throw refused;
      }
    }
    return work.apply(open(engine.replaced(state, threads, remark)).batch(threads));
  }

  private Engine open(Engine engine) {
    spring = Optional.of(engine);
    return engine;
  }

  @Override
  public void close() {
    hook.ifPresent(StoppableEngine::forget);
    try {
      cluster.ifPresent(Cluster::close);
    } finally {
      spring.ifPresent(Engine::close);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and waits for this thread.
      hook.setName("stopping");
    }
  }
}

package org.consentry.cli;

import java.util.Optional;
import org.consentry.export.Accepted;
import org.consentry.export.Cluster;
import org.consentry.export.ExportRuns;
import org.consentry.export.StateSession;

/** A session and the engine of its run, as the commands that work on runs need them. */
final class RunWork implements AutoCloseable {

  private final StateSession session;
  private final StoppableEngine engine;
  private final ExportRuns runs;

  private RunWork(
      StateSession session,
      Console console,
      int threads,
      Accepted accepted,
      Optional<Cluster.Starter> others) {
    this.session = session;
    this.engine = new StoppableEngine(session.state(), threads, console::remark, others);
    this.runs = new ExportRuns(session, engine, Version.text(), accepted);
  }

  /**
   * Begins.
   *
   * @param threads how many partitions are worked on at once
   * @param accepted what the operator accepts that a run would refuse
   */
  static RunWork open(
      StateSession.Environment environment, Console console, int threads, Accepted accepted) {
    return open(environment, console, threads, accepted, Optional.empty());
  }

  /**
   * Begins.
   *
   * @param others starts other processes, which do the partitions that can be sent
   */
  static RunWork open(
      StateSession.Environment environment,
      Console console,
      int threads,
      Accepted accepted,
      Optional<Cluster.Starter> others) {
    return new RunWork(StateSession.open(environment), console, threads, accepted, others);
  }

  StateSession session() {
    return session;
  }

  ExportRuns runs() {
    return runs;
  }

  @Override
  public void close() {
    try (session) {
      engine.close();
    }
  }
}

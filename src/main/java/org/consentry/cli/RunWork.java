package org.consentry.cli;

import org.consentry.export.Accepted;
import org.consentry.export.ExportRuns;
import org.consentry.export.StateSession;

/** A session and the engine of its run, as the commands that work on runs need them. */
final class RunWork implements AutoCloseable {

  private final StateSession session;
  private final StoppableEngine engine;
  private final ExportRuns runs;

  private RunWork(StateSession session, Console console, int threads, Accepted accepted) {
    this.session = session;
    this.engine = new StoppableEngine(session.state(), threads, console::remark);
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
    return new RunWork(StateSession.open(environment), console, threads, accepted);
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

package org.consentry.export;

import java.util.List;
import org.consentry.problem.Problem;

/** Reports nothing: another process reports about the run, or a question is answered. */
public final class NoProgress implements Progress {

  @Override
  public void begin(String run, List<RunStep> steps) {}

  @Override
  public void end() {}

  @Override
  public void step(RunStep step) {}

  @Override
  public void total(long units) {}

  @Override
  public void done(long units) {}

  @Override
  public void rows(String table, long read, long released) {}

  @Override
  public void problem(Problem problem) {}

  @Override
  public void note(String words) {}
}

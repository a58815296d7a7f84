package org.consentry.testing;

import java.util.ArrayList;
import java.util.List;
import org.consentry.export.Progress;
import org.consentry.export.RunStep;
import org.consentry.problem.Problem;

/** Collects the notes of a run; passes over the rest of its progress. */
public final class Notes implements Progress {

  private final List<String> notes;

  public Notes() {
    this(new ArrayList<>());
  }

  /** Adds the notes to a list of the caller. */
  public Notes(List<String> notes) {
    this.notes = notes;
  }

  /** What was noted so far. */
  public List<String> list() {
    return List.copyOf(notes);
  }

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
  public void problem(Problem problem) {
    notes.add(problem.toString());
  }

  @Override
  public void note(String words) {
    notes.add(words);
  }
}

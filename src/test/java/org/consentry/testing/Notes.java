package org.consentry.testing;

import java.util.ArrayList;
import java.util.List;
import org.consentry.export.Progress;

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
  public void phase(String words) {}

  @Override
  public void total(long bytes) {}

  @Override
  public void rows(long read, long released) {}

  @Override
  public void done(long bytes) {}

  @Override
  public void levels(long looked, long most) {}

  @Override
  public void note(String words) {
    notes.add(words);
  }
}

package org.consentry.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.Change;
import org.consentry.data.EnumWord;
import org.consentry.export.seal.LastReleases;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ComparedFiles;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.ReleaseDiff;

/** Changes as commands show them: lines for people, objects for programs. */
public final class Differences {

  private final List<Change> changes;

  private Differences(List<Change> changes) {
    this.changes = List.copyOf(changes);
  }

  /** What differs between two releases. */
  public static Differences of(ReleaseDiff diff) {
    return new Differences(diff.changes());
  }

  /**
   * What differs between two files of a kind.
   *
   * @throws ProblemException category FILES_INVALID with the problems of both files
   */
  public static Differences of(Path earlier, Path later, ComparedFiles.Kind kind) {
    return new Differences(ComparedFiles.changes(earlier, later, kind));
  }

  /**
   * Warnings of what the release of a plan would change so that programs may fail which load the
   * last one; none where the state folder has no ledger.
   */
  public static List<Problem> breaking(ExportPlan plan, StateFolder state) {
    return Ledger.isThere(state)
        ? LastReleases.warnings(plan, state, Ledger.read(state))
        : List.of();
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Whether one of them may break programs that load the data. */
  public boolean mayBreak() {
    return changes.stream().anyMatch(Change::isBreaking);
  }

  /** One line for each. */
  public List<String> lines() {
    return lines(changes);
  }

  private static List<String> lines(List<Change> changes) {
    return changes.stream()
        .map(change -> change.text() + (change.isBreaking() ? " (may break programs)" : ""))
        .toList();
  }

  /** The lines below the title of their part. */
  public Map<String, List<String>> parts() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (Change.Part part : Change.Part.values()) {
      List<Change> some = changes.stream().filter(change -> change.part() == part).toList();
      if (!some.isEmpty()) {
        parts.put(part.title(), lines(some));
      }
    }
    return parts;
  }

  /** One object for each. */
  public List<Map<String, String>> objects() {
    List<Map<String, String>> objects = new ArrayList<>();
    for (Change change : changes) {
      objects.add(
          Map.of(
              "part", EnumWord.of(change.part()),
              "weight", EnumWord.of(change.weight()),
              "place", change.place(),
              "what", change.what(),
              "before", change.before(),
              "after", change.after()));
    }
    return objects;
  }
}

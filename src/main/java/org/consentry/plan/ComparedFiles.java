package org.consentry.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.FileDiff;
import org.consentry.config.JobFile;
import org.consentry.config.MappingFile;
import org.consentry.config.Node;
import org.consentry.config.YamlFile;
import org.consentry.data.Change;
import org.consentry.operator.RuleFile;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Compares two files that people write. Each is read alone: what it names need not be there, so
 * that an earlier version can be compared wherever it was saved.
 */
public final class ComparedFiles {

  private ComparedFiles() {}

  /** What a file is. */
  public enum Kind {
    JOB("job", "a job"),
    MAPPING("mapping", "a mapping"),
    RULES(RuleFile.KEY, "a rules file"),
    RISK_PLAN(LevelPlans.KEY, "a risk plan");

    private final String key;
    private final String words;

    Kind(String key, String words) {
      this.key = key;
      this.words = words;
    }

    /** What it is, in words of a message. */
    public String words() {
      return words;
    }
  }

  /**
   * What a file is, by its first words.
   *
   * @throws ProblemException category FILES_INVALID when it cannot be read or is none of them
   */
  public static Kind kind(Path file) {
    Problems problems = new Problems();
    Node.Mapping root = root(file, problems);
    for (Kind kind : Kind.values()) {
      if (root.entry(kind.key).isPresent()) {
        return kind;
      }
    }
    throw ProblemException.of(
        Category.FILES_INVALID,
        "UNKNOWN_FILE",
        Place.of(file),
        "this is neither a job nor a mapping, rules or a risk plan",
        "name two release folders, two jobs or two mappings");
  }

  /**
   * What differs between two files of a kind.
   *
   * @throws ProblemException category FILES_INVALID with the problems of both files
   */
  public static List<Change> changes(Path earlier, Path later, Kind kind) {
    Problems problems = new Problems();
    Node.Mapping before = root(earlier, problems);
    Node.Mapping after = root(later, problems);
    check(earlier, kind, problems);
    check(later, kind, problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return switch (kind) {
      case JOB -> FileDiff.jobs(before, after);
      case MAPPING -> FileDiff.mappings(before, after);
      case RULES, RISK_PLAN -> FileDiff.others(before, after);
    };
  }

  private static void check(Path file, Kind kind, Problems problems) {
    switch (kind) {
      case JOB -> JobFile.read(file, file.toString(), problems);
      case MAPPING -> MappingFile.read(file, file.toString(), problems);
      case RULES -> problems.addAll(RuleFiles.check(file));
      case RISK_PLAN -> {} // An earlier plan need not be approved.
    }
  }

  private static Node.Mapping root(Path file, Problems problems) {
    Optional<YamlFile> yaml = YamlFile.read(file, file.toString(), problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return yaml.orElseThrow().root();
  }
}

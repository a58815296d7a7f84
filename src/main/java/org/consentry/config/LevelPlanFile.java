package org.consentry.config;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.problem.Problems;

/**
 * A plan of levels as it was read.
 *
 * @param name how messages name the file
 * @param sha256 {@code sha256:} and 64 lower-case hexadecimal digits over its bytes
 * @param plan its content
 */
public record LevelPlanFile(String name, String sha256, LevelPlan plan) {

  /**
   * Reads and binds a plan file.
   *
   * @param name how messages name the file
   * @param problems receives everything found
   * @return empty when it could not be bound
   */
  public static Optional<LevelPlanFile> read(Path path, String name, Problems problems) {
    return YamlFile.read(path, name, problems).flatMap(yaml -> bind(yaml, problems));
  }

  /** Binds the content of a plan file, as {@link #read}. */
  public static Optional<LevelPlanFile> parse(byte[] bytes, String name, Problems problems) {
    return YamlFile.parse(bytes, name, problems).flatMap(yaml -> bind(yaml, problems));
  }

  private static Optional<LevelPlanFile> bind(YamlFile yaml, Problems problems) {
    return Binder.bind(yaml.root(), LevelPlan.class, problems)
        .map(plan -> new LevelPlanFile(yaml.name(), Sha256.PREFIX + yaml.sha256(), plan));
  }
}

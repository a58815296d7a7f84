package org.consentry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.WordOf;
import org.consentry.config.Job.SourceRule;
import org.consentry.problem.Problems;

/**
 * A job as it was read.
 *
 * @param path where it was read
 * @param name how messages name the file
 * @param sha256 64 lower-case hexadecimal digits over its bytes
 * @param job its content
 */
public record JobFile(Path path, String name, String sha256, Job job) {

  /**
   * Reads and binds a job file.
   *
   * @param name how messages name the file
   * @param problems receives everything found
   * @return empty when it could not be bound
   */
  public static Optional<JobFile> read(Path path, String name, Problems problems) {
    return YamlFile.read(path, name, problems)
        .flatMap(
            yaml ->
                Binder.bind(yaml.root(), Job.class, problems)
                    .map(job -> new JobFile(path, name, yaml.sha256(), job)));
  }

  /**
   * Reads as much of a job file as can be read, so that what it names is checked in the same round.
   *
   * @param name how messages name the file
   * @param problems receives everything found; the file was read as it is written only when no
   *     error is among it
   * @return empty when nothing of it can be read
   */
  public static Optional<JobFile> readPartly(Path path, String name, Problems problems) {
    return YamlFile.readPartly(path, name, problems)
        .flatMap(
            yaml ->
                Binder.bindPartly(yaml.root(), Job.class, problems)
                    .map(job -> new JobFile(path, name, yaml.sha256(), job)));
  }

  /** The folder that relative paths start at. */
  public Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /**
   * The JSON Schema of job files.
   *
   * @param sources the settings of every type of source by its name
   * @param words the words of every catalogue that a {@link WordOf} names
   */
  public static String schema(
      Map<String, Class<? extends Record>> sources, Map<String, List<String>> words) {
    return JsonSchema.of(
        Job.class, Map.of(SourceRule.class, new JsonSchema.Kinds("type", sources)), words);
  }
}

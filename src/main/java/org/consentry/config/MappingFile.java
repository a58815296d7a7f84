package org.consentry.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.mapping.MappingCheck;
import org.consentry.problem.Problems;

/**
 * A mapping as it was read.
 *
 * @param path where it was read
 * @param name how messages name the file
 * @param sha256 64 lower-case hexadecimal digits over its bytes
 * @param mapping its content
 */
public record MappingFile(Path path, String name, String sha256, Mapping mapping) {

  /**
   * Reads, binds and checks a mapping file.
   *
   * @param name how messages name the file
   * @param problems receives everything found, warnings too
   * @return empty when it could not be bound; a mapping that fails only the checks between its
   *     parts is returned, so that a reader goes on finding problems
   */
  public static Optional<MappingFile> read(Path path, String name, Problems problems) {
    Optional<YamlFile> file = YamlFile.read(path, name, problems);
    Optional<Mapping> mapping =
        file.flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    mapping.ifPresent(found -> new MappingCheck(found, problems).run());
    return mapping.map(found -> new MappingFile(path, name, file.orElseThrow().sha256(), found));
  }

  /**
   * The JSON Schema of mapping files.
   *
   * @param operators the settings of every operator by its name
   * @param ofRows the settings of every operator for rules under {@code derive:} by its name
   */
  public static String schema(
      Map<String, Class<? extends Record>> operators, Map<String, Class<? extends Record>> ofRows) {
    return JsonSchema.of(
        Mapping.class,
        Map.of(
            OutputRule.class,
            new JsonSchema.Kinds("do", operators),
            DeriveRule.class,
            new JsonSchema.Kinds("do", ofRows)));
  }
}

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
   * @return as much of it as can be read, so that a reader goes on finding problems; the mapping as
   *     it is written only when {@code problems} received no error
   */
  public static Optional<MappingFile> read(Path path, String name, Problems problems) {
    Problems found = new Problems();
    Optional<MappingFile> file =
        YamlFile.readPartly(path, name, found)
            .flatMap(
                yaml ->
                    Binder.bindPartly(yaml.root(), Mapping.class, found)
                        .map(mapping -> new MappingFile(path, name, yaml.sha256(), mapping)));
    file.ifPresent(read -> new MappingCheck(read.mapping(), found).run());
    problems.addAll(Binder.withoutFillers(found.list()));
    return file;
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

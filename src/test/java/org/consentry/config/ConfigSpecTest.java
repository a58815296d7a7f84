package org.consentry.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.ProblemSpec;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What reading a job or a mapping alone finds: every message, with its place. */
final class ConfigSpecTest {

  @TempDir private Path folder;
  private int cases;

  @TestFactory
  Stream<DynamicNode> findsEveryMistake() throws IOException {
    return Specs.read("config", ProblemSpec.class)
        .tests(
            ProblemSpec::cases,
            ProblemSpec.Case::rule,
            (spec, each) -> spec.run(folder.resolve("case" + cases++), each, ConfigSpecTest::read));
  }

  private static List<Problem> read(Path files) {
    Problems problems = new Problems();
    Path job = files.resolve("job.yaml");
    if (Files.exists(job)) {
      JobFile.read(job, "job.yaml", problems);
    } else {
      Path map = files.resolve("map.yaml");
      YamlFile.read(map, "map.yaml", problems).ifPresent(read -> mapping(map, problems));
    }
    return problems.list();
  }

  /** What a reader of YAML finds is not found again. */
  private static void mapping(Path map, Problems problems) {
    Problems found = new Problems();
    MappingFile.read(map, "map.yaml", found);
    found.list().stream()
        .filter(problem -> !problems.list().contains(problem))
        .forEach(problems::add);
  }
}

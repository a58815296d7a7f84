package org.consentry.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.problem.Problem;
import org.consentry.testing.ProblemSpec;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What planning a job finds in the job, its mapping and its source: every message, with its place.
 */
final class PlanSpecTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  @TempDir private Path folder;
  private int cases;

  @TestFactory
  Stream<DynamicNode> findsEveryMistake() throws IOException {
    return Specs.read("plan", ProblemSpec.class)
        .tests(
            ProblemSpec::cases,
            ProblemSpec.Case::rule,
            (spec, each) -> spec.run(folder.resolve("case" + cases++), each, PlanSpecTest::check));
  }

  /** A mapping is looked at alone where there is no job. */
  private static List<Problem> check(Path files) {
    Path job = files.resolve("job.yaml");
    return Planner.check(Files.exists(job) ? job : files.resolve("map.yaml"), TODAY);
  }
}

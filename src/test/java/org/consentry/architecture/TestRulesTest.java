package org.consentry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;
import org.consentry.testing.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes tests pass or fail by chance is not written at all. */
final class TestRulesTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(location -> location.contains("test-classes"))
          .withImportOption(location -> !location.contains("TestRulesTest"))
          .importPackages("org.consentry");

  private static final JavaClasses FIXTURE =
      new ClassFileImporter().importClasses(DependsOnTiming.class);

  static List<ArchRule> rules() {
    return List.of(startsProcessesInOnePlace(), usesNoPipes(), waitsForNoAmountOfTime());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void testsKeepTheRule(ArchRule rule) {
    assertThat(rule.evaluate(TESTS).getFailureReport().getDetails()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theRuleFindsWhatBreaksIt(ArchRule rule) {
    assertThat(rule.evaluate(FIXTURE).getFailureReport().getDetails()).hasSize(1);
  }

  private static ArchRule startsProcessesInOnePlace() {
    return noClasses()
        .that()
        .areNotAssignableTo(Program.class)
        .and()
        .resideOutsideOfPackage("org.consentry.benchmark")
        .should()
        .callConstructor(ProcessBuilder.class, String[].class)
        .orShould()
        .callConstructor(ProcessBuilder.class, List.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class);
  }

  /** A test that writes to a pipe, or reads one before another, depends on the other end. */
  private static ArchRule usesNoPipes() {
    return noClasses()
        .that()
        .areNotAssignableTo(Program.class)
        .should()
        .callMethod(Process.class, "getInputStream")
        .orShould()
        .callMethod(Process.class, "getErrorStream")
        .orShould()
        .callMethod(Process.class, "getOutputStream");
  }

  private static ArchRule waitsForNoAmountOfTime() {
    return noClasses().should().callMethod(Thread.class, "sleep", long.class);
  }

  /** Breaks each rule once. */
  static final class DependsOnTiming {

    private DependsOnTiming() {}

    static byte[] answer() throws IOException, InterruptedException {
      Process process = new ProcessBuilder("true").start();
      Thread.sleep(1);
      return process.getInputStream().readAllBytes();
    }
  }
}

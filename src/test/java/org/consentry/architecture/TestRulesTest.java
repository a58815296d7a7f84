package org.consentry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;

/** What makes tests pass or fail by chance is not written at all. */
final class TestRulesTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(location -> location.contains("test-classes"))
          .importPackages("org.consentry");

  /** Whoever writes to a pipe or reads one stream before the other depends on timing. */
  @Test
  void processesAreStartedInOnePlaceOnly() {
    noClasses()
        .that()
        .areNotAssignableTo(Program.class)
        .and()
        .resideOutsideOfPackage("org.consentry.benchmark")
        .should()
        .callConstructor(ProcessBuilder.class, String[].class)
        .orShould()
        .callConstructor(ProcessBuilder.class, java.util.List.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .because("org.consentry.testing.Program starts processes without pipes")
        .check(TESTS);
  }

  @Test
  void nobodyReadsOrWritesThePipesOfAProcess() {
    noClasses()
        .that()
        .areNotAssignableTo(Program.class)
        .should()
        .callMethod(Process.class, "getInputStream")
        .orShould()
        .callMethod(Process.class, "getErrorStream")
        .orShould()
        .callMethod(Process.class, "getOutputStream")
        .check(TESTS);
  }

  @Test
  void nobodyWaitsForAnAmountOfTime() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(TESTS);
  }
}

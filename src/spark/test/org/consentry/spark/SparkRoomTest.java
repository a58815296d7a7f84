package org.consentry.spark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import org.consentry.export.Cluster;
import org.consentry.export.SentContent;
import org.consentry.export.SentProblems;
import org.junit.jupiter.api.Test;

/** What this room sees, and who sees it. */
final class SparkRoomTest {

  private static final JavaClasses ROOM = of(SparkProvider.class);
  private static final JavaClasses PROGRAM = of(Cluster.class);

  /** Of our program, what a cluster is and what is sent. */
  private static final Set<String> FACE =
      Set.of(
          Cluster.class.getName(),
          Cluster.Provider.class.getName(),
          Cluster.Starter.class.getName(),
          SentContent.class.getName(),
          SentProblems.class.getName());

  /** Only what the classes themselves name is asked for, and nothing of Spark need be read. */
  private static JavaClasses of(Class<?> one) {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    try {
      return new ClassFileImporter()
          .importPath(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()))
          .that(resideInAnyPackage("org.consentry.."));
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void seesOfTheProgramClustersAndProblemsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java..",
                    "scala..",
                    "jakarta.servlet..",
                    "org.apache.spark..",
                    "org.jspecify..",
                    "org.consentry.problem",
                    "org.consentry.spark")
                .or(describe("the face of export", seen -> FACE.contains(seen.getName()))))
        .check(ROOM);
  }

  @Test
  void isSeenByNoClassOfTheProgramNorIsSpark() {
    assertThat(PROGRAM).hasSizeGreaterThan(500);

    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "org.consentry.spark.."))
        .check(PROGRAM);
  }

  @Test
  void showsWhatOthersLoadByNameAndNothingElse() {
    assertThat(ROOM.stream())
        .filteredOn(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
        .extracting(JavaClass::getName)
        .containsExactlyInAnyOrder(SparkProvider.class.getName(), NoPages.class.getName());
  }
}

package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule finds its offender in a house that breaks them all, and nobody else. */
final class HouseRulesTest {

  private static final String BASE = "org.consentry.architecture.fixture";

  private static final JavaClasses HOUSE = new ClassFileImporter().importPackages(BASE);

  private final HouseRules rules = new HouseRules(BASE);

  @Test
  void findsAClassWithoutARoom() {
    assertThat(offences(rules.everyClassHasARoom()))
        .containsExactlyInAnyOrder(
            "service.Helper lies in no room", "service.package-info lies in no room");
  }

  @Test
  void findsAnArrowThatPointsUpOrAcross() {
    assertThat(offences(rules.arrowsPointDown()))
        .containsExactlyInAnyOrder(
            "problem.UsesAHigherRoom may not use cli.Commands",
            "transform.UsesASibling may not use source.Reader");
  }

  @Test
  void findsAPackageNameWithoutMeaning() {
    assertThat(offences(rules.packagesHaveMeaning()))
        .containsExactlyInAnyOrder(
            "service.Helper lies in a package named service",
            "service.package-info lies in a package named service");
  }

  @Test
  void findsSpringBelowItsRooms() {
    assertThat(offences(rules.springStaysAtTheEdge()))
        .containsExactly("plan.UsesSpring uses org.springframework.util.StringUtils");
  }

  @Test
  void findsJsonWhereNoFilesAreRead() {
    assertThat(offences(rules.jsonStaysWhereFilesAreReadOrWritten()))
        .containsExactly("source.UsesJson uses tools.jackson.databind.json.JsonMapper");
  }

  @Test
  void findsAFrameworkInAPureRoom() {
    assertThat(offences(rules.pureRoomsKnowNoFramework()))
        .containsExactlyInAnyOrder(
            "data.UsesAFramework uses org.apache.commons.csv.CSVFormat",
            "transform.WritesALog uses org.slf4j.Logger",
            "transform.WritesALog uses org.slf4j.LoggerFactory");
  }

  @Test
  void findsClockFilesAndLogInAPureRoom() {
    assertThat(offences(rules.pureRoomsDoNotTouchTheWorld()))
        .containsExactlyInAnyOrder(
            "policy.ReadsTheClock reaches for java.time.Instant.now()",
            "classify.ReadsAFile reaches for java.nio.file.Files.exists(java.nio.file.Path,"
                + " [Ljava.nio.file.LinkOption;)",
            "transform.WritesALog reaches for org.slf4j.LoggerFactory.getLogger(java.lang.String)",
            "transform.WritesALog reaches for org.slf4j.Logger.info(java.lang.String)");
  }

  @Test
  void findsAWeakRandom() {
    assertThat(offences(rules.noWeakRandom()))
        .containsExactlyInAnyOrder(
            "keys.UsesAWeakRandom reaches for java.util.Random.<init>(long)",
            "keys.UsesAWeakRandom reaches for java.util.Random.nextInt()");
  }

  @Test
  void findsTheDefaultCharsetInACallAndInAReference() {
    assertThat(offences(rules.noDefaultCharset()))
        .containsExactlyInAnyOrder(
            "consent.UsesTheDefaultCharset reaches for java.lang.String.getBytes()",
            "consent.UsesTheDefaultCharset reaches for java.lang.String.<init>([B)");
  }

  @Test
  void findsTheDefaultTimeZone() {
    assertThat(offences(rules.noDefaultTimeZone()))
        .containsExactly("consent.UsesTheDefaultTimeZone reaches for java.time.LocalDate.now()");
  }

  @Test
  void findsTheDefaultLocale() {
    assertThat(offences(rules.noDefaultLocale()))
        .containsExactly(
            "consent.UsesTheDefaultLocale reaches for"
                + " java.lang.String.formatted([Ljava.lang.Object;)");
  }

  @Test
  void findsTheConsoleBelowCli() {
    assertThat(offences(rules.noConsoleBelowCli()))
        .containsExactly("sink.PrintsToTheConsole reaches for java.lang.System.err");
  }

  @Test
  void findsAPackageThatIsNotNullMarked() {
    assertThat(offences(rules.everyPackageIsNullMarked()))
        .containsExactly(
            "mapping.LiesInAnUnmarkedPackage lies in a package without a @NullMarked package-info");
  }

  @Test
  void findsAnOpenClass() {
    assertThat(offences(rules.classesAreClosed()))
        .containsExactly("job.IsOpen is open: make it final or sealed");
  }

  @Test
  void triesEveryRule() {
    assertThat(rules.all()).allSatisfy(rule -> assertThat(offences(rule)).isNotEmpty());
  }

  private static List<String> offences(ArchRule rule) {
    return rule.evaluate(HOUSE).getFailureReport().getDetails().stream()
        .map(detail -> detail.replace(BASE + ".", ""))
        .toList();
  }
}

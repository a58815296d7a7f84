package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule finds its offender in a house that breaks them all, and no other. */
final class HouseRulesTest {

  private static final String BASE = "org.consentry.architecture.fixture";

  private static final JavaClasses HOUSE = new ClassFileImporter().importPackages(BASE);

  private final HouseRules rules = new HouseRules(BASE);

  @Test
  void findsAClassWithoutARoom() {
    assertThat(offences(rules.everyClassHasARoom()))
        .containsExactlyInAnyOrder(
            "helper.Reader is in no room", "helper.package-info is in no room");
  }

  @Test
  void findsAnArrowThatPointsUpOrAcross() {
    assertThat(offences(rules.arrowsPointDown()))
        .containsExactlyInAnyOrder(
            "problem.UsesAHigherRoom may not use cli.Commands",
            "cli.UsesAnInside may not use connector.csv.Inside",
            "operator.UsesASibling may not use connector.Reader");
  }

  @Test
  void findsAUseOfTheInsideOfAnotherRoom() {
    assertThat(offences(rules.insidesStayInside()))
        .containsExactly("cli.UsesAnInside uses the inside of a room, connector.csv.Inside");
  }

  @Test
  void findsAPackageNameWithoutMeaning() {
    assertThat(offences(rules.packagesHaveMeaning()))
        .containsExactlyInAnyOrder(
            "helper.Reader is in a package named helper",
            "helper.package-info is in a package named helper");
  }

  @Test
  void findsSpringBelowItsRooms() {
    assertThat(offences(rules.springStaysAtTheEdge()))
        .containsExactly("plan.UsesSpring uses org.springframework.util.StringUtils");
  }

  @Test
  void findsJsonWhereNoFilesAreRead() {
    assertThat(offences(rules.jsonStaysWhereFilesAreReadOrWritten()))
        .containsExactly("connector.UsesJson uses tools.jackson.databind.json.JsonMapper");
  }

  @Test
  void findsTheCommandLineBelowCli() {
    assertThat(offences(rules.commandLineStaysInCli()))
        .containsExactly("plan.UsesTheCommandLine uses picocli.CommandLine");
  }

  @Test
  void findsAFrameworkInAPureRoom() {
    assertThat(offences(rules.pureRoomsKnowNoFramework()))
        .containsExactlyInAnyOrder(
            "data.UsesAFramework uses org.apache.commons.csv.CSVFormat",
            "operator.WritesALog uses org.slf4j.Logger",
            "operator.WritesALog uses org.slf4j.LoggerFactory");
  }

  @Test
  void findsClockFilesAndLogInAPureRoom() {
    assertThat(offences(rules.pureRoomsDoNotTouchTheWorld()))
        .containsExactlyInAnyOrder(
            "policy.ReadsTheClock uses java.time.Instant.now()",
            "risk.ReadsAFile uses java.nio.file.Files.exists(java.nio.file.Path,"
                + " [Ljava.nio.file.LinkOption;)",
            "operator.WritesALog uses org.slf4j.LoggerFactory.getLogger(java.lang.String)",
            "operator.WritesALog uses org.slf4j.Logger.info(java.lang.String)");
  }

  @Test
  void findsAWeakRandom() {
    assertThat(offences(rules.noWeakRandom()))
        .containsExactlyInAnyOrder(
            "keys.UsesAWeakRandom uses java.util.Random.<init>(long)",
            "keys.UsesAWeakRandom uses java.util.Random.nextInt()");
  }

  @Test
  void findsTheDefaultCharsetInACallAndInAReference() {
    assertThat(offences(rules.noDefaultCharset()))
        .containsExactlyInAnyOrder(
            "consent.UsesTheDefaultCharset uses java.lang.String.getBytes()",
            "consent.UsesTheDefaultCharset uses java.lang.String.<init>([B)");
  }

  @Test
  void findsTheDefaultTimeZone() {
    assertThat(offences(rules.noDefaultTimeZone()))
        .containsExactly("consent.UsesTheDefaultTimeZone uses java.time.LocalDate.now()");
  }

  @Test
  void findsTheDefaultLocale() {
    assertThat(offences(rules.noDefaultLocale()))
        .containsExactly(
            "consent.UsesTheDefaultLocale uses"
                + " java.lang.String.formatted([Ljava.lang.Object;)");
  }

  @Test
  void findsTheConsoleBelowCli() {
    assertThat(offences(rules.noConsoleBelowCli()))
        .containsExactly("connector.PrintsToTheConsole uses java.lang.System.err");
  }

  @Test
  void findsAPackageThatIsNotNullMarked() {
    assertThat(offences(rules.everyPackageIsNullMarked()))
        .containsExactly(
            "export.IsInAnUnmarkedPackage is in a package without a @NullMarked package-info");
  }

  @Test
  void findsAnOpenClass() {
    assertThat(offences(rules.classesAreClosed()))
        .containsExactly("config.IsOpen is open: make it final or sealed");
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

package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.ProblemCounts;
import org.consentry.consent.Restrictions;
import org.consentry.consent.Restrictions.Force;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.RestrictionRecord;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restrictions that earlier runs read are still there, or the run stops. */
final class RestrictionCheckTest {

  private static final String JOB = "jobs/visits.yaml";

  @TempDir private Path root;
  private SmallClinic clinic;
  private RestrictionRecord memory;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 3);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(JOB, "fewerThanLast: 1", "fewerThanLast: 0.1");
    memory = new RestrictionRecord(clinic.state(), LedgerKey.generate());
  }

  private RestrictionCheck check(ConsentReadResult reading) {
    return check(root.resolve(JOB), reading);
  }

  private RestrictionCheck check(Path job, ConsentReadResult reading) {
    return new RestrictionCheck(
        memory,
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty()),
        reading);
  }

  private boolean knows(String study) {
    return memory.of("study " + study).isPresent();
  }

  private record Restriction(long id, long line, Force force) {}

  private static Restriction restriction(long id, long line) {
    return restriction(id, line, Force.COUNTS);
  }

  private static Restriction restriction(long id, long line, Force force) {
    return new Restriction(id, line, force);
  }

  private static ConsentReadResult reading(long lines, Restriction... all) {
    Restrictions restrictions = new Restrictions();
    for (Restriction one : all) {
      restrictions.add(one.id(), one.line(), one.force());
    }
    return new ConsentReadResult(
        lines, 0, 0, 0, 0, restrictions, "sha256:0", ProblemCounts.NOTHING);
  }

  private List<String> messages(List<Problem> problems) {
    return problems.stream().map(problem -> problem.toString().replace(root + "/", "")).toList();
  }

  @Test
  void missesNothingBeforeTheFirstRun() {
    assertThat(check(reading(1)).missing()).isEmpty();
    assertThat(knows("S-A")).isFalse();
  }

  @Test
  void missesNothingWhenEveryRestrictionIsThere() {
    check(reading(100, restriction(1, 5), restriction(2, 9))).keep();

    assertThat(check(reading(100, restriction(2, 5), restriction(1, 9))).missing()).isEmpty();
    assertThat(knows("S-A")).isTrue();
  }

  @Test
  void missesARestrictionThatIsGoneByTheLineItWasOn() {
    check(reading(100, restriction(1, 5), restriction(2, 9))).keep();

    assertThat(messages(check(reading(100, restriction(1, 5))).missing()))
        .containsExactly(
            "clinic/consents.csv: error RESTRICTIONS_MISSING restrictions that earlier runs read"
                + " are missing (1), last seen on lines 9; restore the whole file, or the words of"
                + " consent: that changed; a restriction that no longer counts keeps its line with"
                + " another status; where lines were removed on purpose, consentry run"
                + " --accept-missing-restrictions REASON");
  }

  @Test
  void listsTheFirstTwentyLinesInOrder() {
    Restriction[] many =
        LongStream.rangeClosed(1, 25)
            .mapToObj(id -> restriction(id, 200 - id))
            .toArray(Restriction[]::new);
    check(reading(100, many)).keep();

    assertThat(messages(check(reading(100)).missing()).get(0))
        .contains("missing (25), last seen on lines 175, 176, ")
        .contains(", 194, ...; restore");
  }

  @Test
  void oneThatLostItsForceIsNotMissing() {
    check(reading(100, restriction(1, 5))).keep();

    assertThat(check(reading(100, restriction(1, 5, Force.WITHOUT_FORCE))).missing()).isEmpty();
  }

  @Test
  void oneWithoutForceNeedNotStay() {
    check(reading(100, restriction(1, 5, Force.WITHOUT_FORCE))).keep();

    assertThat(check(reading(100)).missing()).isEmpty();
  }

  @Test
  void oneOfAnUnknownPatientNeedNotStayWhileItStopsTheRun() {
    check(reading(100, restriction(1, 5, Force.OF_UNKNOWN))).keep();

    assertThat(check(reading(100)).missing()).isEmpty();
  }

  @Test
  void oneOfAnUnknownPatientMustStayWhereTheJobCountsIt() {
    clinic.edit(JOB, "consents.csv}", "consents.csv, unknownRestrictions: count}");
    check(reading(100, restriction(1, 5, Force.OF_UNKNOWN))).keep();

    assertThat(check(reading(100)).missing()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"100, 90, 0", "100, 89, 1", "100, 200, 0", "0, 0, 0"})
  void missesLinesWhenMoreAreGoneThanTheJobAllows(long before, long now, int problems) {
    check(reading(before)).keep();

    assertThat(check(reading(now)).missing()).hasSize(problems);
  }

  @Test
  void namesTheNumbersOfLines() {
    check(reading(100)).keep();

    assertThat(messages(check(reading(50)).missing()))
        .containsExactly(
            "clinic/consents.csv: error CONSENT_LINES_FEWER found 50 lines where the last run"
                + " read 100, fewer than quality: {fewerThanLast: 0.1} allows; restore the whole"
                + " file; where lines were removed on purpose, consentry run"
                + " --accept-missing-restrictions REASON");
  }

  @Test
  void reportsMissingRestrictionsAndLinesTogether() {
    check(reading(100, restriction(1, 5))).keep();

    assertThat(check(reading(50)).missing())
        .extracting(Problem::code)
        .containsExactly("RESTRICTIONS_MISSING", "CONSENT_LINES_FEWER");
  }

  @Test
  void anotherStudyOverTheSameFileMissesIt() {
    check(reading(100, restriction(1, 5))).keep();
    RestrictionCheck other =
        check(clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED), reading(100));

    assertThat(other.missing()).hasSize(1);
    assertThat(knows("S-B")).isFalse();
  }

  @Test
  void anotherFileOfTheSameStudyMissesIt() throws IOException {
    check(reading(100, restriction(1, 5))).keep();

    Files.copy(root.resolve("clinic/consents.csv"), root.resolve("clinic/consents-2027.csv"));
    clinic.edit(JOB, "consents.csv", "consents-2027.csv");

    assertThat(check(reading(100)).missing()).hasSize(1);
  }

  @Test
  void anotherFileOfAnotherStudyMissesNothing() throws IOException {
    check(reading(100, restriction(1, 5))).keep();
    Path other = clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED);
    Files.copy(root.resolve("clinic/consents.csv"), root.resolve("clinic/other.csv"));
    clinic.edit("jobs/other.yaml", "consents.csv", "other.csv");

    assertThat(check(other, reading(100)).missing()).isEmpty();
  }

  @Test
  void keepingForgetsWhatIsGone() {
    check(reading(100, restriction(1, 5))).keep();

    check(reading(80)).keep();

    assertThat(check(reading(80)).missing()).isEmpty();
  }

  @Test
  void addingForgetsNothing() {
    check(reading(100, restriction(1, 5))).keep();

    check(reading(50, restriction(2, 7))).add();

    assertThat(messages(check(reading(50)).missing()))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("missing (2), last seen on lines 5, 7;"))
        .anyMatch(problem -> problem.contains("found 50 lines where the last run read 100"));
  }

  @Test
  void addingRemembersTheNewestLineOfARestriction() {
    check(reading(100, restriction(1, 5))).keep();

    check(reading(100, restriction(1, 70))).add();

    assertThat(messages(check(reading(100)).missing()).get(0)).contains("last seen on lines 70;");
  }

  @Test
  void containsNothingThatIdentifiesARestrictionWithoutTheKey() {
    check(reading(100, restriction(1, 5))).keep();
    memory = new RestrictionRecord(clinic.state(), LedgerKey.generate());

    assertThatThrownBy(() -> check(reading(100, restriction(1, 5))).missing())
        .isInstanceOf(ProblemException.class)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.VERIFY);
  }

  @Test
  void aRestrictionThatWasTakenOutOfTheMemoryIsNoticed() throws IOException {
    check(reading(100, restriction(1, 5), restriction(2, 6))).keep();
    for (Path file : files(clinic.state().restrictions())) {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.remove(1);
      lines.set(0, lines.get(0).replace("100 2", "100 1"));
      Files.write(file, lines);
    }

    assertThatThrownBy(() -> check(reading(100)).missing())
        .hasMessageContaining(
            "error RESTRICTION_MEMORY the file of restrictions that earlier runs read is not as it"
                + " was written; restore the state folder from its newest backup");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}

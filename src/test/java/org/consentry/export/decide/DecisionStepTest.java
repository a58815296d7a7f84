package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Exclusion;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.PlainPrf;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each subject is decided once: consent, cohort, code and shift. */
final class DecisionStepTest {

  private static final String JOB = "jobs/visits.yaml";

  @TempDir private Path root;
  private final FakeKeys keys = new FakeKeys();

  private SmallClinic clinic(int patients) {
    SmallClinic clinic = new SmallClinic(root);
    for (int patient = 1; patient <= patients; patient++) {
      clinic.patient(patient, "202" + patient % 10 + "-05-05");
    }
    return clinic;
  }

  private Decisions decide(SmallClinic clinic, Basis basis, String... jobLines) {
    clinic.job("visits", "a", "uni", basis);
    clinic.append(JOB, jobLines);
    return decideJob(clinic);
  }

  private Decisions decideJob(SmallClinic clinic) {
    ExportPlan plan =
        Planner.plan(
            root.resolve(JOB),
            clinic.now().toLocalDate(),
            clinic.now().toLocalDate(),
            Optional.empty());
    DecisionStep step = new DecisionStep(plan.decide());
    return step.complete(
        Consented.by(step, plan.request(clinic.now()), plan.consents()),
        keys,
        Parallel.onCallingThread(),
        CohortRows.UNWATCHED);
  }

  /** Codes and shifts that show which key and domain made them. */
  private static final class FakeKeys implements SubjectKeysOfRun {
    private final List<String> asked = new ArrayList<>();

    @Override
    public BytesColumn random(
        String domain, CodeForm form, SubjectKeys subjects, IntPredicate selected) {
      asked.add("random " + domain);
      return form.keyed(new PlainPrf("random" + domain), subjects, selected);
    }

    @Override
    public Prf keyed(String domain) {
      asked.add("keyed " + domain);
      return new PlainPrf("keyed" + domain);
    }

    @Override
    public Prf oneTime(String domain) {
      asked.add("one-time " + domain);
      return new PlainPrf("one-time" + domain);
    }

    @Override
    public Prf dateShifts() {
      asked.add("shifts");
      return new PlainPrf("shifts");
    }
  }

  private static List<String> exclusions(Decisions decided) {
    byte[] codes = decided.index().exclusions();
    return IntStream.range(0, codes.length)
        .mapToObj(i -> codes[i] == 0 ? "in" : Exclusion.ofCode(codes[i]).name())
        .toList();
  }

  @Test
  void permitsWhoPermitsAndNoOneElse() {
    Decisions decided = decide(clinic(4).withdraws(2).denies(3), Basis.DE_IDENTIFIED);

    assertThat(exclusions(decided)).containsExactly("in", "NO_CONSENT", "REFUSED", "in");
    assertThat(decided.cohort()).isEqualTo(2);
    assertThat(decided.excluded())
        .isEqualTo(Map.of(Exclusion.NO_CONSENT, 1L, Exclusion.REFUSED, 1L));
    assertThat(decided).hasToString("Decisions[2 of 4 subjects]");
  }

  @Test
  void excludesWhomTwoRowsDescribe() {
    SmallClinic clinic = clinic(3);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append(
        "clinic/patients.csv", SmallClinic.id(2).toLowerCase(Locale.ROOT) + ",1980-01-01,M");

    assertThat(exclusions(decideJob(clinic))).containsExactly("in", "PATIENT_AMBIGUOUS", "in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {any: {table: visits, from: 2022-01-01}}                             | out in in in
          {any: {table: visits, from: 2022-05-05}}                             | out in in in
          {any: {table: visits, from: 2022-05-06}}                             | out out in in
          {any: {table: visits, to: 2021-12-31}}                               | in out out out
          {any: [{table: visits, to: 2021-12-31}, {table: visits, from: 2024-01-01}]} \
          | in out out in
          {all: [{table: visits, to: 2023-12-31}, {table: visits, from: 2022-01-01}]} \
          | out in in out
          {all: [{table: visits, to: 2021-12-31}, {table: visits, from: 2024-01-01}]} \
          | out out out out
          {any: {table: visits, where: {finding: [bad]}}}                      | out out out out
          """)
  void excludesWhomTheStudyDoesNotNeed(String cohort, String expected) {
    Decisions decided = decide(clinic(4), Basis.DE_IDENTIFIED, "cohort: " + cohort);

    assertThat(String.join(" ", exclusions(decided)))
        .isEqualTo(expected.replace("out", "NOT_IN_COHORT"));
  }

  @Test
  void aPersonWhoDoesNotPermitKeepsThatReasonOutsideTheCohort() {
    Decisions decided =
        decide(
            clinic(3).withdraws(1),
            Basis.DE_IDENTIFIED,
            "cohort: {any: {table: visits, from: 2023-01-01}}");

    assertThat(exclusions(decided)).containsExactly("NO_CONSENT", "NOT_IN_COHORT", "in");
  }

  @Test
  void aRecordThatConsentDoesNotCoverBringsNoOneIn() {
    SmallClinic clinic =
        clinic(3)
            .permits(1, "2022-01-01", "*", "*")
            .permits(2, "*", "*", "DEMOGRAPHIC|VISIT")
            .permits(3, "*", "*", "*");

    Decisions decided =
        decide(
            clinic, Basis.DE_IDENTIFIED, "cohort: {any: {table: visits, where: {finding: [ok]}}}");

    assertThat(exclusions(decided)).containsExactly("NOT_IN_COHORT", "NOT_IN_COHORT", "in");
  }

  @Test
  void givesCodesOnlyToWhoIsIn() {
    Decisions decided = decide(clinic(3).withdraws(2), Basis.DE_IDENTIFIED);
    BytesColumn codes = decided.index().codes().get(0);

    assertThat(IntStream.range(0, 3).mapToObj(codes::isMissing))
        .containsExactly(false, true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "code: random, random patient",
    "code: keyed, keyed patient",
    "code: one-time, one-time patient"
  })
  void asksForCodesOfTheKindTheMappingNames(String written, String asked) {
    SmallClinic clinic = clinic(2);
    clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.edit(
        "mappings/days.yaml", "domain: patient, code: random", "domain: patient, " + written);

    decideJob(clinic);

    assertThat(keys.asked).containsExactly(asked);
  }

  @Test
  void drawsOneSetOfCodesForAllColumnsOfADomain() {
    assertThat(decide(clinic(2), Basis.NAMING).index().codes()).hasSize(1);
  }

  @Test
  void givesShiftsOnlyToWhoIsIn() {
    Decisions decided = decide(clinic(4).withdraws(3), Basis.SHIFTED);
    int[] shifts = decided.index().shifts().get(0);

    assertThat(shifts[2]).isZero();
    assertThat(List.of(shifts[0], shifts[1], shifts[3]))
        .allSatisfy(shift -> assertThat(shift).isNotZero().isBetween(-365, 365))
        .allSatisfy(shift -> assertThat(shift % 7).isZero());
  }

  @Test
  void shiftsByDaysWhereTheMappingAsks() {
    SmallClinic clinic = clinic(9);
    clinic.job("visits", "a", "uni", Basis.SHIFTED);
    clinic.edit("mappings/shifted.yaml", "maxDays: 365", "in: days, maxDays: 365");

    int[] shifts = decideJob(clinic).index().shifts().get(0);

    assertThat(Arrays.stream(shifts).filter(shift -> shift % 7 != 0)).isNotEmpty();
  }

  @Test
  void hasTheSameDigestForTheSameDecisions() {
    SmallClinic clinic = clinic(3);
    Decisions before = decide(clinic, Basis.SHIFTED);

    assertThat(decideJob(clinic).digest()).isEqualTo(before.digest()).startsWith("sha256:");
    assertThat(decideJob(clinic).consentDigest()).isEqualTo(before.consentDigest());
  }

  @Test
  void hasAnotherDigestWhenABirthDayIsCorrected() {
    SmallClinic clinic = clinic(3);
    Decisions before = decide(clinic, Basis.DE_IDENTIFIED);

    clinic.edit(
        "clinic/patients.csv",
        SmallClinic.id(2) + ",1970-01-01",
        SmallClinic.id(2) + ",1970-01-02");
    Decisions after = decideJob(clinic);

    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.consentDigest()).isEqualTo(before.consentDigest());
  }

  @Test
  void hasAnotherDigestWhenTheCohortChanges() {
    SmallClinic clinic = clinic(3);
    Decisions before =
        decide(clinic, Basis.DE_IDENTIFIED, "cohort: {any: {table: visits, from: 2022-01-01}}");

    clinic.edit(JOB, "from: 2022-01-01", "from: 2023-01-01");
    Decisions after = decideJob(clinic);

    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.consentDigest()).isEqualTo(before.consentDigest());
  }

  @Test
  void hasAnotherDigestWhenOnlyWhatAPermitGrantsChanges() {
    SmallClinic clinic = clinic(3);
    Decisions before = decide(clinic, Basis.DE_IDENTIFIED);

    clinic.permits(1, "*", "*", "DEMOGRAPHIC|VISIT");
    Decisions after = decideJob(clinic);

    assertThat(exclusions(after)).isEqualTo(exclusions(before));
    assertThat(after.consentDigest()).isNotEqualTo(before.consentDigest());
  }

  @Test
  void countsUnreadableBirthDates() {
    SmallClinic clinic = clinic(3);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(
        "clinic/patients.csv",
        SmallClinic.id(2) + ",1970-01-01",
        SmallClinic.id(2) + ",1970-13-01");

    Decisions decided = decideJob(clinic);

    assertThat(decided.birthDates().listed())
        .extracting(problem -> problem.place().line() + " " + problem.code())
        .containsExactly("3 BIRTH_DATE_UNREADABLE");
    assertThat(exclusions(decided).get(1)).isNotEqualTo("in");
  }

  @Test
  void permitsThatWaitForALaterHourAreInputs() {
    SmallClinic clinic = clinic(2);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(
        "clinic/consents.csv",
        SmallClinic.id(2) + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00",
        SmallClinic.id(2) + ",PERMIT,ACTIVE,2026-11-23T11:00:00,2026-11-23T14:00:00");
    ExportPlan plan =
        Planner.plan(
            root.resolve(JOB),
            clinic.now().toLocalDate(),
            clinic.now().toLocalDate(),
            Optional.empty());

    ConsentInputs inputs =
        Consented.by(new DecisionStep(plan.decide()), plan.request(clinic.now()), plan.consents())
            .inputs();

    assertThat(inputs.waiting()).isEqualTo(1);
    assertThat(inputs.moment()).isEqualTo(clinic.now());
    assertThat(inputs.decidesAlike(inputs)).isFalse();
  }

  @Test
  void doesNotDependOnTheOrderOfPatientsButForTheirNumbers() {
    SmallClinic clinic = clinic(3).withdraws(2);
    List<String> before = exclusions(decide(clinic, Basis.DE_IDENTIFIED));
    List<String> rows = new ArrayList<>(lines("clinic/patients.csv"));
    String head = rows.remove(0);
    Collections.reverse(rows);
    clinic.edit(
        "clinic/patients.csv",
        String.join("\n", lines("clinic/patients.csv")),
        String.join("\n", Stream.concat(Stream.of(head), rows.stream()).toList()));

    List<String> after = new ArrayList<>(exclusions(decideJob(clinic)));

    Collections.reverse(after);
    assertThat(after).isEqualTo(before);
    assertThat(Set.copyOf(after)).hasSize(2);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

package org.consentry.export.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.consentry.consent.Grants;
import org.consentry.data.Prf;
import org.consentry.data.RecordCategory;
import org.consentry.ledger.Membership;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.MembershipHead.Own;
import org.consentry.ledger.MembershipHead.Table;
import org.consentry.ledger.MembershipHead.Time;
import org.consentry.ledger.Memberships;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ledger's folder remembers of a release: who is in it, by which code, of which days. */
final class MembershipBuilderTest {

  private static final String JOB = "jobs/visits.yaml";
  private static final int VISITS = 1;

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path folder = Path.of("");

  @BeforeEach
  void clinic() {
    clinic =
        new SmallClinic(root)
            .patient(1, "2021-01-15", "2023-12-31", "2022-05-05")
            .patient(2, "2022-05-05")
            .patient(3)
            .patient(4, "2022-05-05");
  }

  private Path job(Basis basis) {
    return clinic.job("visits", "a", "uni", basis);
  }

  private Membership release(Path job) {
    folder = clinic.release(job);
    Memberships all = clinic.memberships();
    List<Memberships.Published> published = all.published();
    return all.of(published.get(published.size() - 1));
  }

  private OptionalInt find(Membership membership, int patient) {
    Prf digests = clinic.memberships().key().subjects();
    byte[] id = SmallClinic.id(patient).getBytes(StandardCharsets.UTF_8);
    byte[] digest = new byte[Prf.SIZE];
    digests.compute(id, 0, id.length, digest, 0);
    return membership.find(Arrays.copyOf(digest, Membership.DIGEST));
  }

  private List<Integer> members(Membership membership) {
    return IntStream.rangeClosed(1, 4)
        .filter(patient -> find(membership, patient).isPresent())
        .boxed()
        .toList();
  }

  @Test
  void everyPersonOfWhomARowIsReleasedIsAMember() {
    Membership membership = release(job(Basis.DE_IDENTIFIED));

    assertThat(members(membership)).containsExactly(1, 2, 3, 4);
    assertThat(membership.size()).isEqualTo(4);
  }

  @Test
  void aPersonWhoIsExcludedIsNoMember() {
    clinic.withdraws(1).denies(4);

    assertThat(members(release(job(Basis.DE_IDENTIFIED)))).containsExactly(2, 3);
  }

  @Test
  void aPersonWhoseOwnRowIsNotReleasedIsNoMember() {
    clinic.permits(2, "*", "*", "VISIT|LAB");

    assertThat(members(release(job(Basis.DE_IDENTIFIED)))).containsExactly(1, 3, 4);
  }

  @Test
  void aPersonWhoseCodeMayBeInRecordsOfOthersIsAMember() {
    clinic.permits(2, "*", "*", "VISIT|LAB").withdraws(4);

    Membership membership = release(job(Basis.NAMING));

    assertThat(members(membership)).containsExactly(1, 2, 3);
    assertThat(membership.hasRecords(find(membership, 2).orElseThrow())).isFalse();
    assertThat(membership.hasRecords(find(membership, 1).orElseThrow())).isTrue();
  }

  @Test
  void aMembersCodeIsTheOneInTheData() throws IOException {
    Membership membership = release(job(Basis.DE_IDENTIFIED));

    List<String> recorded = new ArrayList<>();
    for (int member = 0; member < membership.size(); member++) {
      recorded.add(membership.code(member, 0).orElseThrow());
    }
    assertThat(recorded).containsExactlyInAnyOrderElementsOf(SmallClinic.codes(folder));
    String two = membership.code(find(membership, 2).orElseThrow(), 0).orElseThrow();
    assertThat(Files.readString(folder.resolve("data/visits.csv"))).containsOnlyOnce(two);
  }

  @Test
  void namesTheColumnsThatHaveACode() {
    assertThat(release(job(Basis.DE_IDENTIFIED)).head().codes())
        .containsExactly(
            new MembershipHead.Code(
                "patient", "P", List.of("patients.patient_id", "visits.patient_id")));
    assertThat(release(job(Basis.NAMING)).head().codes())
        .containsExactly(
            new MembershipHead.Code(
                "patient",
                "P",
                List.of("patients.patient_id", "visits.patient_id", "visits.referred_by")));
  }

  @Test
  void recordsNoOneTimeCode() {
    Membership membership = release(job(Basis.ONE_TIME));

    assertThat(membership.head().codes()).isEmpty();
    assertThat(members(membership)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void recordsTheFirstAndTheLastDayOfEachMembersRecords() {
    Membership membership = release(job(Basis.DE_IDENTIFIED));
    int one = find(membership, 1).orElseThrow();
    int two = find(membership, 2).orElseThrow();

    assertThat(day(membership.first(one, VISITS))).isEqualTo("2021-01-15");
    assertThat(day(membership.last(one, VISITS))).isEqualTo("2023-12-31");
    assertThat(day(membership.first(two, VISITS))).isEqualTo("2022-05-05");
    assertThat(day(membership.last(two, VISITS))).isEqualTo("2022-05-05");
  }

  @Test
  void recordsNoDaysOfAMemberWithoutRecords() {
    Membership membership = release(job(Basis.DE_IDENTIFIED));
    int three = find(membership, 3).orElseThrow();

    assertThat(membership.last(three, VISITS)).isLessThan(membership.first(three, VISITS));
    assertThat(membership.hasRecords(three)).isTrue();
  }

  @Test
  void recordsOnlyTheDaysOfReleasedRecords() {
    clinic.permits(1, "2022-01-01", "2022-12-31", "*");

    Membership membership = release(job(Basis.DE_IDENTIFIED));
    int one = find(membership, 1).orElseThrow();

    assertThat(day(membership.first(one, VISITS))).isEqualTo("2022-05-05");
    assertThat(day(membership.last(one, VISITS))).isEqualTo("2022-05-05");
  }

  @Test
  void recordsWhatConsentGrantedEachMember() {
    clinic.permits(1, "*", "*", "DEMOGRAPHIC|VISIT");

    Membership membership = release(job(Basis.DE_IDENTIFIED));

    assertThat(grants(membership, 2)).isEqualTo(grants(membership, 4));
    assertThat(grants(membership, 1)).isNotEqualTo(grants(membership, 2));
  }

  private static String day(int days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  private List<Integer> grants(Membership membership, int patient) {
    int[] words = membership.grants(find(membership, patient).orElseThrow());
    assertThat(Grants.of(words).words()).isEqualTo(words);
    return IntStream.of(words).boxed().toList();
  }

  @Test
  void describesEachTable() {
    assertThat(release(job(Basis.DE_IDENTIFIED)).head().tables())
        .containsExactly(
            new Table(
                "patients",
                RecordCategory.DEMOGRAPHIC.name(),
                Time.TIMELESS,
                Grain.NOTHING,
                List.of(),
                List.of()),
            new Table(
                "visits",
                RecordCategory.VISIT.name(),
                Time.EVENTS,
                Grain.YEAR,
                List.of("visit_year"),
                List.of(new Own("finding", "LAB"))));
  }

  @ParameterizedTest
  @CsvSource({
    "DE_IDENTIFIED, YEAR, visit_year",
    "LIMITED_DATA_SET, DAY, visited_on",
    "SHIFTED, NOTHING, ",
  })
  void recordsHowExactlyTheRecipientKnowsTheDays(Basis basis, Grain grain, String column) {
    Table visits = release(job(basis)).head().tables().get(VISITS);

    assertThat(visits.grain()).isEqualTo(grain);
    assertThat(visits.dates()).isEqualTo(Optional.ofNullable(column).stream().toList());
  }

  @Test
  void recordsNoDaysWhereDatesAreReleasedAsQuarters() {
    Path job = job(Basis.LIMITED_DATA_SET);
    clinic.edit(
        "mappings/days.yaml",
        "do: keep, as: visited_on, type: date",
        "do: generalize, to: quarter, as: visit_quarter, type: code");

    assertThat(release(job).head().tables().get(VISITS).grain()).isEqualTo(Grain.NOTHING);
  }

  @Test
  void takesTheFinestOfTwoColumnsOfOneDate() {
    Path job = job(Basis.LIMITED_DATA_SET);
    clinic.edit(
        "mappings/days.yaml",
        "visited_on: {role: quasi-identifier, do: keep, as: visited_on, type: date, why: needed}",
        """
        visited_on:
                - {role: quasi-identifier, do: generalize, to: year, as: y, type: integer, why: n}
                - {role: quasi-identifier, do: keep, as: d, type: date, why: n}\
        """);

    Table visits = release(job).head().tables().get(VISITS);

    assertThat(visits.grain()).isEqualTo(Grain.DAY);
    assertThat(visits.dates()).containsExactly("d");
  }

  @Test
  void takesTheCoarserOfTwoDatesOfARecord() {
    Path job = job(Basis.LIMITED_DATA_SET);
    clinic
        .edit("mappings/days.yaml", "recordDate: [visited_on]", "recordDate: [visited_on, left_on]")
        .append(
            "mappings/days.yaml",
            "      left_on: {role: quasi-identifier, do: generalize, to: year, as: left_year,"
                + " type: integer, why: needed}")
        .edit("clinic/visits.csv", ",finding", ",finding,left_on")
        .edit("clinic/visits.csv", ",ok", ",ok,2024-01-01");

    Table visits = release(job).head().tables().get(VISITS);

    assertThat(visits.grain()).isEqualTo(Grain.YEAR);
    assertThat(visits.dates()).containsExactly("left_year");
  }

  @Test
  void recordsWhatAnAccountingOfDisclosuresLists() {
    Membership membership =
        release(
            clinic.job(
                "visits",
                "a",
                "uni",
                Basis.WAIVER,
                "  description: Wounds and how they heal.",
                "  sponsor: {name: A Sponsor, address: 2 Way, phone: \"556\"}"));

    assertThat(membership.head().about())
        .containsEntry(Fact.STUDY.name(), "S-A")
        .containsEntry(Fact.TITLE.name(), "Study a")
        .containsEntry(Fact.DESCRIPTION.name(), "Wounds and how they heal.")
        .containsEntry(Fact.CRITERIA.name(), "every consented patient")
        .containsEntry(Fact.PURPOSE.name(), "CLINTRCH")
        .containsEntry(
            Fact.INFORMATION.name(),
            "patients (demographic): patient id, sex;"
                + " visits (visit): visit id, patient id, visited on, finding")
        .containsEntry(Fact.BOARD.name(), "A Board")
        .containsEntry(Fact.PROTOCOL.name(), "P-1")
        .containsEntry(Fact.RECIPIENT.name(), "Dr. >R<")
        .containsEntry(Fact.ORGANIZATION.name(), "University")
        .containsEntry(Fact.ADDRESS.name(), "1 Way")
        .containsEntry(Fact.SPONSOR.name(), "A Sponsor")
        .containsEntry(Fact.SPONSOR_ADDRESS.name(), "2 Way")
        .containsEntry(Fact.SPONSOR_PHONE.name(), "556")
        .containsEntry(Fact.PHONE.name(), "555-3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {any: {table: visits, where: {finding: [ok, bad]}}} \
          | a record in visits with finding ok or bad
          {any: {table: visits, from: 2020-01-01, to: 2024-12-31}} \
          | a record in visits from 2020-01-01 to 2024-12-31
          {any: [{table: visits, where: {finding: [ok]}}, {table: visits, from: 2020-01-01}]} \
          | a record in visits with finding ok or a record in visits from 2020-01-01
          {all: [{table: visits, where: {finding: [ok]}}, {table: visits, to: 2024-12-31}]} \
          | a record in visits with finding ok and a record in visits to 2024-12-31
          """)
  void recordsTheCohortInWords(String cohort, String words) {
    Path job = job(Basis.DE_IDENTIFIED);
    clinic.append(JOB, "cohort: " + cohort);

    assertThat(release(job).head().about()).containsEntry(Fact.CRITERIA.name(), words);
  }

  @Test
  void containsNoIdOfAnyPatient() throws IOException {
    clinic.withdraws(4);
    release(job(Basis.NAMING));

    byte[] file = Files.readAllBytes(clinic.state().membership("visits-1"));

    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void namesTheRunAndTheKeyOfTheLedger() {
    MembershipHead head = release(job(Basis.DE_IDENTIFIED)).head();

    assertThat(head.run()).isEqualTo("visits-1");
    assertThat(head.ledgerKey()).isEqualTo(clinic.memberships().key().fingerprint());
  }
}

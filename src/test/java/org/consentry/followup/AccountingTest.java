package org.consentry.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.consentry.config.Job.LegalBasis;
import org.consentry.export.ClinicContact;
import org.consentry.followup.Account.Disclosed;
import org.consentry.followup.Account.Form;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.policy.Authority;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Releases of a small clinic, accounted for to one of its patients. */
final class AccountingTest {

  private static final ClinicContact CLINIC = new ClinicContact("The Clinic", "3 Way", "555-0100");

  private static final Account NOTHING =
      new Account(
          LocalDate.parse("2020-01-01"),
          LocalDate.parse("2030-01-01"),
          List.of(),
          List.of(),
          List.of());

  private static final String CONTACTS =
      "  sponsor: {name: A Foundation, address: 2 Way, phone: 555-2}";
  private static final String PURPOSE =
      "  description: We study eyelids of patients seen since 2020.";

  @TempDir Path folder;

  private SmallClinic clinic;

  @BeforeEach
  void onePatient() throws IOException {
    clinic = new SmallClinic(folder.toRealPath());
    clinic.patient(1, "2021-03-01");
  }

  @Test
  void listsWhatABoardWaivedAndShowsTheOfficerTheRest() {
    clinic.release(clinic.job("a-waived", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.release(clinic.job("a-limited", "a", "uni-x", SmallClinic.Basis.LIMITED_DATA_SET));
    clinic.release(clinic.job("a-authorized", "a", "uni-x", SmallClinic.Basis.AUTHORIZATION));
    clinic.release(clinic.job("b-de-identified", "b", "uni-x", SmallClinic.Basis.DE_IDENTIFIED));

    Account account = account(1);

    assertThat(account.due())
        .singleElement()
        .satisfies(
            due -> {
              assertThat(due.form()).isEqualTo(Form.FULL);
              assertThat(due.basis()).isEqualTo(AccountingBasis.WAIVER);
              assertThat(due.releases()).containsExactly("a-waived/2026-11-23-r1");
              assertThat(due.fact(Fact.RECIPIENT)).isEqualTo("Dr. >R<");
            });
    assertThat(account.excepted().stream().map(one -> one.basis().reason()))
        .containsExactly(
            "it is a limited data set, so it is excepted (45 CFR 164.528(a)(1)(viii))",
            "the patient authorized it, so it is excepted (45 CFR 164.528(a)(1)(iv))",
            "it is de-identified, so it is no protected health information (45 CFR 164.502(d)(2))");
  }

  @Test
  void listsWhatNoExceptionNames() {
    assertThat(AccountingBasis.of("GDPR_CONSENT").isDue()).isTrue();
    assertThat(AccountingBasis.of("")).isEqualTo(AccountingBasis.UNKNOWN);
    assertThat(AccountingBasis.of("something new").isDue()).isTrue();
  }

  @Test
  void listsTheFirstTheNumberAndTheLastOfManyToOneRecipientForOnePurpose() {
    Path job = clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER);
    clinic.on("2024-01-10").release(job);
    clinic.on("2024-02-10").release(job);
    clinic.on("2024-03-10").release(job);

    Disclosed due = account(1).due().get(0);

    assertThat(due.form()).isEqualTo(Form.REPEATED);
    assertThat(AccountText.items(due))
        .containsEntry("Date", "2024-01-10")
        .containsEntry(
            "Number of disclosures", "3 between 2024-01-10 and 2024-03-10; the last on 2024-03-10");
  }

  @Test
  void listsOfSeveralTheFactsOfTheFirst() {
    clinic.on("2024-01-10").release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.on("2024-02-10").release(clinic.job("two", "a", "uni-x", SmallClinic.Basis.NAMING));

    Disclosed due = account(1).due().get(0);

    assertThat(due.form()).isEqualTo(Form.REPEATED);
    assertThat(AccountText.items(due))
        .containsEntry("Date", "2024-01-10")
        .containsEntry(
            "Information",
            "patients (demographic): patient id, sex; visits (visit): visit id, patient id, visited"
                + " on, finding")
        .containsEntry(
            "Number of disclosures", "2 between 2024-01-10 and 2024-02-10; the last on 2024-02-10");
  }

  @Test
  void theShortFormListsInformationAndPurposeOfAll() {
    clinic.patients(2, 50);
    Path one = clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER, PURPOSE);
    Path two =
        clinic.job("two", "a", "uni-x", SmallClinic.Basis.NAMING, "  description: We study brows.");
    clinic.on("2024-01-10").release(one);
    clinic.on("2024-02-10").release(one);
    clinic.on("2024-03-10").release(two);

    Disclosed due = account(1).due().get(0);

    assertThat(due.form()).isEqualTo(Form.SHORT);
    assertThat(AccountText.items(due))
        .containsEntry(
            "Description and purpose",
            "We study eyelids of patients seen since 2020. / We study brows. Research: Study a"
                + " (purpose of use CLINTRCH).")
        .containsEntry("Criteria for selecting records", "every consented patient")
        .containsEntry(
            "Type of information",
            "patients (demographic): patient id, sex; visits (visit): visit id, patient id, visited"
                + " on, finding / patients (demographic): patient id, sex; visits (visit): visit"
                + " id, patient id, visited on, referred by");
  }

  @Test
  void showsThatACodeMayBeInRecordsOfOthersWhereNoRecordWasReleased() {
    clinic.patients(2, 2).permits(2, "*", "*", "LAB");
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.NAMING));

    assertThat(AccountText.items(account(1).due().get(0))).doesNotContainKey("Extent");
    assertThat(AccountText.items(account(2).due().get(0)))
        .containsEntry(
            "Extent",
            "It has no record of the individual. A code of the individual may be"
                + " in records of others.");
  }

  @Test
  void countsNoPatientWithoutARecordTowardsTheShortForm() {
    clinic.patients(2, 50).permits(50, "*", "*", "LAB");
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.NAMING));

    Disclosed due = account(1).due().get(0);

    assertThat(due.individuals()).isEqualTo(49);
    assertThat(due.form()).isEqualTo(Form.FULL);
  }

  @Test
  void separatesReleasesWithRecordsFromThoseThatMayNameThePatient() {
    clinic.patients(2, 2);
    clinic.on("2024-01-10").release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.permits(2, "*", "*", "LAB");
    clinic.on("2024-02-10").release(clinic.job("two", "a", "uni-x", SmallClinic.Basis.NAMING));

    assertThat(account(2).due())
        .extracting(Disclosed::presence)
        .containsExactly(Account.Presence.RECORDS, Account.Presence.MAY_BE_NAMED);
  }

  @Test
  void separatesOneRecipientFromAnother() {
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.release(clinic.job("two", "a", "uni-y", SmallClinic.Basis.WAIVER));

    assertThat(account(1).due()).hasSize(2).allSatisfy(one -> assertThat(one.days()).hasSize(1));
  }

  @Test
  void takesTheFullFormForFortyNineIndividualsAndTheShortOneForFifty() {
    clinic.patients(2, 49);
    Path job = clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER, CONTACTS, PURPOSE);
    clinic.release(job);
    Disclosed fortyNine = account(1).due().get(0);

    clinic.patients(50, 50);
    clinic.release(clinic.job("two", "a", "uni-z", SmallClinic.Basis.WAIVER, CONTACTS, PURPOSE));
    Disclosed fifty = account(1).due().get(1);

    assertThat(fortyNine.individuals()).isEqualTo(49);
    assertThat(fortyNine.form()).isEqualTo(Form.FULL);
    assertThat(fifty.individuals()).isEqualTo(50);
    assertThat(fifty.form()).isEqualTo(Form.SHORT);
    assertThat(AccountText.items(fifty))
        .containsOnlyKeys(
            "Protocol or research activity",
            "Description and purpose",
            "Criteria for selecting records",
            "Type of information",
            "Date or period",
            "Researcher",
            "Sponsor",
            "Note")
        .containsEntry("Protocol or research activity", "Study a (A Board, protocol P-1)")
        .containsEntry("Sponsor", "A Foundation, 2 Way, telephone 555-2")
        .containsEntry("Researcher", "Dr. >R<, University, address 1 Way, telephone 555-3")
        .containsEntry(
            "Note",
            "The protected health information of the individual may or may not have been disclosed"
                + " for a particular protocol or other research activity.");
    assertThat(fifty.missing()).isEmpty();
  }

  @Test
  void countsTheIndividualsOfAPurposeOverItsReleasesOnce() {
    Path job = clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER);
    clinic.patients(2, 30);
    clinic.release(job);
    for (int patient = 2; patient <= 30; patient++) {
      clinic.vanishes(patient);
    }
    clinic.patients(31, 50);
    clinic.release(job);

    Disclosed due = account(1).due().get(0);

    assertThat(due.individuals()).isEqualTo(50);
    assertThat(due.form()).isEqualTo(Form.SHORT);
    assertThat(due.missing()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDueIsAskedOfTheJobBeforeTheRelease(LegalBasis basis) {
    assertThat(Authority.isAccounted(basis)).isEqualTo(AccountingBasis.of(basis.name()).isDue());
  }

  @Test
  void listsWhatTheShortFormAsksAndTheJobDoesNotState() {
    clinic.patients(2, 50);
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.AUTHORIZATION));

    assertThat(account(1).excepted().get(0).missing())
        .containsExactly(
            "telephone of the researcher (recipient.phone)",
            "plain-language description of the study (study.description)",
            "name of the sponsor (study.sponsor.name)",
            "address of the sponsor (study.sponsor.address)",
            "telephone of the sponsor (study.sponsor.phone)");
  }

  @Test
  void listsNothingBeforeTheFirstDay() {
    Path job = clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER);
    clinic.on("2024-01-10").release(job);
    clinic.on("2024-02-10").release(job);
    LocalDate until = LocalDate.of(2024, 12, 31);

    assertThat(accounting().of(SmallClinic.id(1), LocalDate.of(2024, 1, 11), until).due())
        .singleElement()
        .extracting(Disclosed::days)
        .isEqualTo(List.of(LocalDate.of(2024, 2, 10)));
    assertThat(accounting().of(SmallClinic.id(1), LocalDate.of(2024, 2, 11), until).due())
        .isEmpty();
  }

  @Test
  void leavesNoDisclosureOutThatWasMadeWhileTheClockWasAhead() {
    clinic.on("2025-02-15").release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    LocalDate before = LocalDate.of(2024, 1, 12);

    assertThat(accounting().of(SmallClinic.id(1), before.minusYears(6), before).due())
        .singleElement()
        .extracting(Disclosed::days)
        .isEqualTo(List.of(LocalDate.of(2025, 2, 15)));
  }

  @Test
  void datesADisclosureToTheDayItWentOutHoweverLateThatWasWrittenDown() {
    clinic.on("2024-01-10").release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    LedgerEntry out = clinic.ledger().entries(LedgerEntry.Kind.PUBLISHED).get(0);
    clinic
        .ledger()
        .append(
            Instant.parse("2024-06-01T12:00:00Z"),
            new LedgerEvent(
                LedgerEntry.Kind.PUBLISHED, out.run(), out.job(), out.study(), out.facts()));

    assertThat(account(1).due().get(0).days()).containsOnly(LocalDate.of(2024, 1, 10));
  }

  @Test
  void findsThePatientHoweverTheIdIsWritten() {
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));

    String written = "  " + SmallClinic.id(1).toLowerCase(java.util.Locale.ROOT) + " ";

    assertThat(account(written).due()).hasSize(1);
  }

  @Test
  void listsNothingWhereNothingWasDisclosed() {
    clinic.patients(2, 3);
    clinic.withdraws(3);
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));

    assertThatThrownBy(() -> account(3))
        .hasMessage(
            "patient: error UNKNOWN_PATIENT no release of this state folder has a patient of this"
                + " id; check the id letter by letter; if it is right, nothing of this patient was"
                + " disclosed");
    assertThat(AccountText.lines(NOTHING))
        .containsExactly(
            "accounting of disclosures (45 CFR 164.528) from 2020-01-01 to 2030-01-01",
            "",
            "due to the patient: 0",
            "",
            "not due, for the compliance officer: 0");
  }

  @Test
  void givesNoAccountThatMightLeaveADisclosureOut() throws IOException {
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.release(clinic.job("two", "a", "uni-y", SmallClinic.Basis.WAIVER));
    Files.delete(clinic.state().membership("two-2"));

    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> account(1));

    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            clinic.state().membership("two-2")
                + ": error MEMBERSHIP the list of who is in the release is gone; restore the"
                + " file from a backup of the state folder");
  }

  @Test
  void thePageIsOneEscapedFileWithoutScriptAndWithoutWhatIsNotOwed() {
    clinic.release(clinic.job("one", "a", "uni-x", SmallClinic.Basis.WAIVER));
    clinic.release(clinic.job("two", "b", "uni-y", SmallClinic.Basis.DE_IDENTIFIED));

    String page = new String(AccountPage.of(account(1), CLINIC), StandardCharsets.UTF_8);

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains(
            "The Clinic, 3 Way, telephone 555-0100",
            "<h2>Disclosure 1, on ",
            "Dr. &gt;R&lt;, University, address 1 Way")
        .doesNotContain("Disclosure 2", "<script", "src=", "href=", "Study b", SmallClinic.CANARY);
    assertThat(new String(AccountPage.of(NOTHING, CLINIC), StandardCharsets.UTF_8))
        .contains("<p>There were none.</p>");
  }

  private Account account(int patient) {
    return account(SmallClinic.id(patient));
  }

  private Account account(String patient) {
    return accounting().of(patient, LocalDate.of(2020, 1, 1), LocalDate.of(2030, 1, 1));
  }

  private Accounting accounting() {
    return new Accounting(clinic.memberships(), clinic.memberships().key(), ZoneOffset.UTC);
  }
}

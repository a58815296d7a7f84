package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.consentry.export.ClinicContact;
import org.consentry.export.StateSession;
import org.consentry.followup.Account;
import org.consentry.followup.AccountPage;
import org.consentry.followup.AccountText;
import org.consentry.followup.Accounting;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Records that a court orders: what is released, who approves, and what the account of the patient
 * has.
 */
final class LegalProcessTest {

  private static final String JOB = "legal-process";
  private static final LocalDate SUSPENDED = LocalDate.of(2039, 12, 31);

  private static final String PATIENT = "P000100";

  private static final ClinicContact CLINIC = new ClinicContact("The Clinic", "3 Way", "555-0100");

  @TempDir private static Path folder;
  private static Installation place;
  private static Installation.Answer staged;
  private static Installation.Answer published;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    place.append(place.clinic("visits"), "W1,P000100,2025-12-31,2026-01-01T00:30:00,surgery,X,");
    place.append(place.clinic("visits"), "W2,P000100,2025-12-30,2025-12-31T09:30:00,surgery,X,");
    Path mapping = place.root().resolve("mappings/clinic-legal.yaml");
    place.replace(mapping, "recordDate: [visited_on]", "recordDate: [visited_on, arrived_at]");
    Path job = place.job(JOB);
    place.replace(
        job,
        "  scope:\n",
        "  suspension: {until: "
            + SUSPENDED
            + ", official: Detective X, document: ../sample-data/requests/cv-2026-1182.txt}\n"
            + "  scope:\n");
    place.replace(job, "output: {", "approval: {required: 1}\noutput: {");
    place.pinApprovers("ann", "bob");
    staged = place.run(JOB);
    String run = place.newestRun().run();
    for (String name : List.of("ann", "bob")) {
      place.call("approve", run, "--key", "file:" + place.keyOf(name));
    }
    published = place.call("publish", run);
  }

  @Test
  void twoApproveEvenWhereTheJobAsksForOne() {
    assertThat(staged.exitCode()).as(staged.err()).isEqualTo(4);
    assertThat(staged.out()).contains("0 of 2 approvals given");
    assertThat(published.exitCode()).as(published.err()).isZero();
  }

  @Test
  void aRecordWithOneDateOutsideTheTimeStaysOut() {
    String visits = Installation.read(place.release(JOB).resolve("data/visits.csv"));

    assertThat(visits).contains("W2,P000100,2025-12-30").doesNotContain("W1,");
  }

  @Test
  void onlyNamedPersonsAndColumnsLeaveAndUnknownPersonsAreCounted() {
    assertThat(Installation.read(place.release(JOB).resolve("data/patients.csv")).lines())
        .hasSize(2)
        .first()
        .isEqualTo("patient_id,first_name,last_name,date_of_birth");
    assertThat(staged.err())
        .contains("3 lines of 4 in the file of people name no one in the source: lines 2, 3, 5")
        .doesNotContain("P999999");
  }

  @Test
  void theManifestStatesTheOrder() {
    String page = Installation.read(place.release(JOB).resolve("manifest.html"));

    assertThat(page)
        .contains("Court order CV-2026-1182 of Superior Court of Example County, dated 2026-10-28")
        .contains("Consent was not asked")
        .doesNotContain("From read to released");
  }

  @Test
  void theAccountHasTheDisclosureTheDayAfterItsSuspensionEnds() {
    Account last = account(SUSPENDED);
    Account after = account(SUSPENDED.plusDays(1));

    assertThat(last.due()).isEmpty();
    assertThat(last.suspended()).hasSize(1);
    assertThat(new String(AccountPage.of(last, CLINIC), StandardCharsets.UTF_8))
        .doesNotContain("CV-2026");
    assertThat(AccountText.lines(last))
        .anyMatch(line -> line.endsWith("[suspended until 2039-12-31]"));
    assertThat(after.suspended()).isEmpty();
    assertThat(after.due()).hasSize(1);
    assertThat(AccountText.items(after.due().get(0)).get("Purpose"))
        .startsWith(
            "Required by law: Court order CV-2026-1182 of Superior Court of Example County");
  }

  @Test
  void pagesShowASuspendedDisclosureToTheOfficerAndNotToThePatient() throws Exception {
    try (Site site =
        Site.start(
            place.root(),
            "clinic.name=The Clinic",
            "clinic.address=3 Way",
            "clinic.phone=555-0100")) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");
      Map<String, String> question = Map.of("patient", PATIENT);

      HttpResponse<String> account = compliance.post("/questions/accounting", question);
      HttpResponse<String> page = compliance.post("/questions/accounting/page", question);

      assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
      assertThat(account.body())
          .contains("due to the patient: 0", "not in the patient")
          .contains("[suspended until " + SUSPENDED + "]");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(page.body())
          .contains("There were none.")
          .doesNotContain("suspended", "CV-2026", "Superior Court", SUSPENDED.toString());
    }
  }

  private static Account account(LocalDate until) {
    try (StateSession session =
        Sessions.ask(new StateFolder(place.home()), Installation.silent())) {
      return new Accounting(session.memberships(), session.memberships().key(), ZoneOffset.UTC)
          .of(PATIENT, LocalDate.of(2020, 1, 1), until);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dated: 2026-10-28, dated: 2031-10-28, REQUEST_NOT_YET",
    "requests/cv-2026-1182.txt, requests/none.txt, NO_SUCH_FILE",
    "'visit_type]', 'note]', OUT_OF_SCOPE",
    "clinic-legal.yaml, clinic-insurer.yaml, KIND_OF_MAPPING"
  })
  void whatTheOrderDoesNotCarryIsRefusedBeforeARowIsRead(String from, String to, String code) {
    Path job = place.root().resolve("jobs/refused.yaml");
    Installation.write(job, Installation.read(place.job(JOB)).replace(from, to));

    Installation.Answer refused = place.call("validate", job.toString());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.out() + refused.err()).contains("error " + code);
  }

  @Test
  void recallDoesNotAskForItBackAndTheRegisterShowsItsKind() {
    assertThat(place.call("recall").exitCode()).isZero();
    assertThat(place.call("register", "--csv").out()).contains(",legal-process,");
    assertThat(place.call("register").out())
        .contains(", request CV-2026-1182, ")
        .doesNotContain("study CV-2026-1182");
    assertThat(place.call("status").out())
        .contains("job       legal-process, request CV-2026-1182");
  }
}

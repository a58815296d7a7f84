package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.data.DayWords;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compliance officer gets on pages what the commands give. */
final class AskedOnPagesTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String[] CLINIC = {
    "clinic.name=The Clinic", "clinic.address=3 Way", "clinic.phone=555-0100"
  };

  private static final String RECIPIENT = "Dr. &gt;R&lt;, University, address 1 Way";

  private static final String NO_RECORD = "the patient has no such record";

  /** Words that only the short form has. */
  private static final String SHORT_FORM =
      "The protected health information of the individual may or may not have been disclosed";

  @TempDir private Path folder;

  private Installation released() throws Exception {
    Installation place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isZero();
    return place;
  }

  /** A clinic that disclosed records of its patients under a waiver, which is due. */
  private SmallClinic waived(int patients) throws IOException {
    SmallClinic clinic = new SmallClinic(folder.toRealPath()).patients(1, patients);
    Path job = clinic.job("waived", "a", "uni-x", SmallClinic.Basis.WAIVER);
    clinic.append("jobs/waived.yaml", "zone: America/Phoenix");
    Installation.Answer made =
        Installation.execute(
            List.of("run", job.toString(), "--home", clinic.state().home().toString()));
    assertThat(made.exitCode()).as(made.err()).isZero();
    return clinic;
  }

  private static LedgerEntry published(StateFolder state) {
    return Ledger.read(state).entries(LedgerEntry.Kind.PUBLISHED).get(0);
  }

  /** Makes the release one of a version that did not ask a job for the recipient's telephone. */
  private static void forgetPhone(StateFolder state) throws IOException {
    Path members = state.membership(published(state).run());
    String text = Files.readString(members, StandardCharsets.ISO_8859_1);
    assertThat(text).containsOnlyOnce("\"PHONE\"");
    byte[] changed = text.replace("\"PHONE\"", "\"OTHER\"").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(members, changed);
    new LedgerForger(state)
        .rewrite(
            facts -> {
              facts.replace(LedgerFact.MEMBERSHIP_SHA256, Sha256.hex(changed));
              return facts;
            });
  }

  private static HttpResponse<String> account(Visitor compliance, String path) throws Exception {
    return compliance.post(path, Map.of("patient", SmallClinic.id(1)));
  }

  private static long asked(Installation place, LedgerEntry.Kind kind) {
    return Ledger.read(new StateFolder(place.home())).entries(kind).size();
  }

  @Test
  void thePageForThePatientHasTheContentOfTheLawAndIsStoredNowhere() throws Exception {
    Installation place = released();
    try (Site site = Site.start(place.root(), CLINIC)) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> page =
          compliance.post("/questions/accounting/page", Map.of("patient", Person.RELEASED.id()));
      HttpResponse<String> inAddress =
          compliance.post("/questions/accounting/page?patient=x", Map.of("patient", "x"));

      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'")
          .doesNotContain("script-src 'self'");
      assertThat(page.body())
          .contains("Accounting of disclosures of health information", "45 CFR 164.528")
          .contains("The Clinic, 3 Way, telephone 555-0100", "There were none.")
          .doesNotContain("not due", JOB);
      assertThat(inAddress.statusCode()).isEqualTo(400);
      assertThat(inAddress.body())
          .contains("The ledger records who asked before a question is answered.");
      assertThat(Ledger.read(new StateFolder(place.home())).entries(LedgerEntry.Kind.ACCOUNTED))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.fact(LedgerFact.ASKED_BY))
                    .contains(Site.OWNER + " for compliance");
                assertThat(entry.fact(LedgerFact.PAGE_SHA256))
                    .contains(Sha256.hex(page.body().getBytes(StandardCharsets.UTF_8)));
              });
      assertThat(Leaks.in(page.body() + site.audit())).isEmpty();
    }
    assertThat(Leaks.under(place.home())).isEmpty();
  }

  @Test
  void anAccountListsADisclosureToTheOfficerWithItsReleaseAndToThePatientWithout()
      throws Exception {
    SmallClinic clinic = waived(2);
    String release = published(clinic.state()).fact(LedgerFact.RELEASE).orElseThrow();
    String day = release.substring(0, "yyyy-MM-dd".length());
    try (Site site = Site.start(clinic.root(), CLINIC)) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> account = account(compliance, "/questions/accounting");
      HttpResponse<String> page = account(compliance, "/questions/accounting/page");

      assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
      assertThat(account.body())
          .contains("due to the patient: 1", "Date: " + day, RECIPIENT)
          .contains("[releases waived/" + release + "]", "(45 CFR 164.512(i)), so it is due]");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(page.body())
          .contains("<h2>Disclosure 1, on " + DayWords.of(LocalDate.parse(day)) + "</h2>")
          .contains(RECIPIENT, "Research: Study a")
          .doesNotContain("There were none.", "Disclosure 2", release, SHORT_FORM);
      assertThat(account.body() + page.body() + site.audit()).doesNotContain(SmallClinic.CANARY);
    }
  }

  @Test
  void ofResearchWithFiftyPeopleThePageHasTheShortForm() throws Exception {
    SmallClinic clinic = waived(50);
    try (Site site = Site.start(clinic.root(), CLINIC)) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> account = account(compliance, "/questions/accounting");
      HttpResponse<String> page = account(compliance, "/questions/accounting/page");

      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(List.of(account.body(), page.body()))
          .allSatisfy(
              shown ->
                  assertThat(shown)
                      .contains(SHORT_FORM, RECIPIENT, "Study a (A Board, protocol P-1)")
                      .contains("A study of visits.", "A Sponsor, 2 Way, telephone 555-2"));
    }
  }

  @Test
  void aPageThatLacksWhatTheLawAsksIsRefusedAndTheQuestionIsInTheLedger() throws Exception {
    SmallClinic clinic = waived(50);
    String release = published(clinic.state()).fact(LedgerFact.RELEASE).orElseThrow();
    forgetPhone(clinic.state());
    try (Site site = Site.start(clinic.root(), CLINIC)) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> account = account(compliance, "/questions/accounting");
      HttpResponse<String> page = account(compliance, "/questions/accounting/page");

      assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
      assertThat(account.body())
          .contains("due to the patient: 1")
          .containsOnlyOnce("[missing: telephone of the researcher (recipient.phone)]");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(422);
      assertThat(page.body())
          .contains("ACCOUNT_INCOMPLETE", "disclosure waived/" + release)
          .contains("45 CFR 164.528(b) asks for the telephone of the researcher (recipient.phone)")
          .contains("no page was written", "The ledger records who asked")
          .doesNotContain(RECIPIENT, SmallClinic.CANARY);
      assertThat(Ledger.read(clinic.state()).entries(LedgerEntry.Kind.ACCOUNTED))
          .hasSize(2)
          .allSatisfy(entry -> assertThat(entry.fact(LedgerFact.PAGE_SHA256)).isEmpty());
    }
  }

  @Test
  void aLogForProgramsHasNothingOfThePatientWhoIsAskedAbout() throws Exception {
    Installation place = released();
    Path log = folder.resolve("asked.log");
    for (String[] words :
        new String[][] {
          {"accounting", "--patient", Person.RELEASED.id()},
          {"explain", "--patient", Person.RELEASED.id(), place.job(JOB).toString()}
        }) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--log-file", log.toString(), "--log-format", "json"));
      assertThat(place.call(all.toArray(String[]::new)).exitCode()).isZero();
    }

    String events = Installation.read(log);
    assertThat(events).contains("\"event\":\"start\"", "\"event\":\"end\"");
    assertThat(Leaks.in(events)).isEmpty();
  }

  @Test
  void withoutTheNameOfTheClinicThereIsNoPageAndNoQuestion() throws Exception {
    Installation place = released();
    try (Site site = Site.start(place.root())) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> page =
          compliance.post("/questions/accounting/page", Map.of("patient", Person.RELEASED.id()));

      assertThat(page.statusCode()).isEqualTo(422);
      assertThat(page.body()).contains("add clinic.name, clinic.address and clinic.phone");
      assertThat(asked(place, LedgerEntry.Kind.ACCOUNTED)).isZero();
    }
  }

  @Test
  void aRecordIsExplainedTooAndAnUnknownTableIsNoQuestion() throws Exception {
    Installation place = released();
    String record = visit(Person.RELEASED);
    String command =
        place
            .call(
                "explain",
                "--patient",
                Person.RELEASED.id(),
                "--record",
                record,
                place.job(JOB).toString())
            .out();
    String ofRecord = command.substring(command.lastIndexOf("VISIT"));
    long before = asked(place, LedgerEntry.Kind.EXPLAINED);
    try (Site site = Site.start(place.root())) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> with = explain(compliance, record);
      HttpResponse<String> without = explain(compliance, "");
      HttpResponse<String> unknown = explain(compliance, "canary:1");

      assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
      assertThat(with.body()).contains(ofRecord.lines().findFirst().orElseThrow());
      assertThat(without.body()).doesNotContain(ofRecord.lines().findFirst().orElseThrow());
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("the job releases no such table");
      assertThat(asked(place, LedgerEntry.Kind.EXPLAINED)).isEqualTo(before + 2);
    }
  }

  @Test
  void aRecordOfAnotherPatientIsExplainedAsOneThatThereIsNot() throws Exception {
    Installation place = released();
    try (Site site = Site.start(place.root())) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");

      HttpResponse<String> own = explain(compliance, visit(Person.RELEASED));
      HttpResponse<String> other = explain(compliance, visit(Person.NEIGHBOUR));
      HttpResponse<String> none = explain(compliance, "visits:none");

      assertThat(own.body()).contains("VISIT").doesNotContain(NO_RECORD);
      assertThat(List.of(other, none))
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains(NO_RECORD).doesNotContain("VISIT");
              });
      assertThat(Leaks.in(other.body())).isEqualTo(Leaks.in(none.body()));
    }
  }

  /** How the person who asks names the visit of a patient. */
  private static String visit(Person person) {
    return "visits:" + person.word("visits", "visit_id");
  }

  private static HttpResponse<String> explain(Visitor compliance, String record) throws Exception {
    return compliance.post(
        "/questions/explanation",
        Map.of("patient", Person.RELEASED.id(), "job", JOB, "record", record));
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compliance officer gets on pages what the commands give. */
final class AskedOnPagesTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String[] CLINIC = {
    "clinic.name=The Clinic", "clinic.address=3 Way", "clinic.phone=555-0100"
  };

  @TempDir private Path folder;

  private Installation released() throws Exception {
    Installation place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isZero();
    return place;
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
    CSVRecord visit =
        RecontactClinic.rows(place.clinic("visits")).stream()
            .filter(row -> row.get("patient_id").equals(Person.RELEASED.id()))
            .findFirst()
            .orElseThrow();
    String record = "visits:" + visit.get("visit_id");
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

  private static HttpResponse<String> explain(Visitor compliance, String record) throws Exception {
    return compliance.post(
        "/questions/explanation",
        Map.of("patient", Person.RELEASED.id(), "job", JOB, "record", record));
  }
}

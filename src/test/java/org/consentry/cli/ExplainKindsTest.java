package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the clinic is answered about a patient where it is not consent to research that decides. */
final class ExplainKindsTest {

  private static final String NAMED = "P000100";

  @TempDir private static Path folder;
  private static Installation place;
  private static RecontactClinic clinic;

  @BeforeAll
  static void makeAReleaseForResearch() throws IOException {
    clinic = RecontactClinic.in(folder.toRealPath());
    place = clinic.place();
    place.append(place.clinic("visits"), "W1,P000100,2023-12-31,2023-12-31T10:30:00,surgery,X,");
    place.append(place.clinic("visits"), "W2,P000100,2025-12-30,2025-12-31T09:30:00,surgery,X,");
    place.replace(
        place.job("legal-process"), "keys/legal-process", "keys/outcomes-limited-data-set");
    place.replace(place.job("recontact"), "keys/recontact", "keys/outcomes-limited-data-set");
    place.replace(place.job("mailing"), "  services: [15822, 15823]\n", "");
    place.replace(place.job("mailing"), "keys/mailing", "keys/outcomes-limited-data-set");
  }

  private static Answer explain(String job, String patient, String... more) {
    return place.call(
        Stream.concat(
                Stream.of("explain", "--patient", patient, place.job(job).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void anOrderIsExplainedByItsLinesAndItsScope() {
    Answer named = explain("legal-process", NAMED);
    Answer other = explain("legal-process", "P000140");

    assertThat(named.exitCode()).as(named.err()).isZero();
    assertThat(named.out())
        .startsWith("Records of this patient may be released, as of ")
        .contains("No consent is asked, because the law or a court demands the records")
        .containsPattern(
            "Line \\d+ of \\S+ names the patient and asks for records of every category, from ")
        .contains("The document names, of table visits: ")
        .contains("request CV-2026-1182")
        .doesNotContain("form of this patient", "consent line");
    assertThat(other.exitCode()).isZero();
    assertThat(other.out())
        .startsWith("No record of this patient may be released, as of ")
        .contains("(OUT: NOT_ASKED)", " names the patient.")
        .doesNotContain("permits");
    assertThat(place.call("ledger", "list").out() + Installation.read(entries()))
        .contains("EXPLAINED")
        .doesNotContain(NAMED);
  }

  @Test
  void anExplanationOfASuspendedOrderIsNotForThePatient() {
    String job = Installation.read(place.job("legal-process"));
    Installation.write(
        place.job("legal-process"),
        job.replace(
            "  scope:\n",
            "  suspension: {until: 2040-01-31, official: Detective X, document:"
                + " ../sample-data/requests/cv-2026-1182.txt}\n  scope:\n"));

    String answer = explain("legal-process", NAMED).out();

    Installation.write(place.job("legal-process"), job);
    assertThat(answer)
        .contains("Up to 2040-01-31 the patient must not be informed of this request")
        .contains("do not read this to the patient");
  }

  private static Path entries() {
    return place.home().resolve("ledger/entries.jsonl");
  }

  @Test
  void aRecordOutsideTheTimeOfTheOrderIsExplained() {
    assertThat(explain("legal-process", NAMED, "--record", "visits:W1").out())
        .contains("VISIT 2023-12-31 to 2023-12-31: OUT: RECORD_NOT_ASKED");
    assertThat(explain("legal-process", NAMED, "--record", "visits:W2").out())
        .contains("VISIT 2025-12-30 to 2025-12-30: IN");
  }

  @Test
  void whoHasDiedIsOnNoList() throws IOException {
    List<String> answers =
        RecontactClinic.rows(place.clinic("patients")).stream()
            .filter(row -> !row.get("deceased_on").isEmpty())
            .map(row -> explain("mailing", row.get("patient_id")).out())
            .toList();

    assertThat(answers).noneMatch(answer -> answer.contains("(IN)"));
    assertThat(answers)
        .anyMatch(answer -> answer.contains("The patient has died, and a contact list names"));
  }

  /** Only what two people approved shows whether a code is a patient's. */
  @Test
  void aRequestForCodesIsExplainedOnceItsListIsPublished() throws IOException {
    List<String> codes = clinic.codes().subList(0, 200);
    clinic.ask(clinic.release(), codes);
    String before = explain("recontact", NAMED).out();
    assertThat(before)
        .contains("No list of request RC-2026-3 is published.")
        .doesNotContain("NOT_ASKED", "A code of the request");

    Path list = clinic.list(codes);

    int on = 0;
    int asked = 0;
    int notAsked = 0;
    for (CSVRecord person : RecontactClinic.rows(place.clinic("patients")).subList(0, 60)) {
      String answer = explain("recontact", person.get("patient_id")).out();
      boolean isOn = answer.contains("The patient is on that list.");
      on += isOn ? 1 : 0;
      asked += answer.contains("A code of the request of list ") ? 1 : 0;
      notAsked += answer.contains("OUT: NOT_ASKED") ? 1 : 0;
      assertThat(isOn && !answer.contains("(IN)")).isFalse();
      if (isOn) {
        assertThat(RecontactClinic.rows(list.resolve("data/patients.csv")))
            .anyMatch(row -> row.get("last_name").equals(person.get("last_name")));
      }
      assertThat(clinic.codes()).noneMatch(answer::contains);
    }
    assertThat(on).isPositive().isLessThan(asked);
    assertThat(notAsked).isPositive();
    assertThat(askedOnAPage("recontact")).containsPattern("of list |NOT_ASKED");
  }

  private static String askedOnAPage(String job) {
    try (Site site = Site.start(place.root())) {
      Visitor compliance = site.signedIn(Role.COMPLIANCE);
      compliance.get("/questions");
      HttpResponse<String> answer =
          compliance.post("/questions/explanation", Map.of("patient", NAMED, "job", job));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("the service does not answer", failed);
    }
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.sample.SampleStories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program reports of consent, and what consent to something else never leads to. */
final class ConsentReportTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir Path folder;

  private Installation clinic;

  @BeforeEach
  void install() {
    clinic = Installation.in(folder);
    String key = clinic.root().resolve("keys/eyelid-outcomes.key").toString();
    assertThat(clinic.call("keys", "new", "study", key).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WITHDRAWN", "MINOR", "NO_CONSENT", "PURPOSE"})
  void explainsWhyConsentKeepsAPatientOut(String reason) {
    Installation.Answer answer = explain(patientOf(reason));

    assertThat(answer.out())
        .as(answer.err())
        .contains("\nOUT: " + reason + "  (study IRB-2026-014, recipient uni-x)\n");
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void explainsThatAPermittedPatientIsNotInTheCohort() {
    clinic.replace(clinic.job(JOB), "from: 2020-01-01", "from: 2199-01-01");

    assertThat(explain(patientOf("IN")).out())
        .startsWith("This patient may not be released, though the patient permits it, as of ")
        .contains(
            "  On 1 January 2040: withdrawal C000002 begins; a release after it must obey it.\n")
        .contains(
            "\nOUT: NOT_IN_COHORT, though consent permits"
                + "  (study IRB-2026-014, recipient uni-x)\n");
  }

  @Test
  void reportsBadConsentLinesByFileAndLineWithoutTheirContent() {
    String[] lines = Installation.read(clinic.clinic("consents")).split("\n", -1);
    String twice = lines[1];
    clinic.append(clinic.clinic("consents"), twice);

    Installation.Answer answer = plan();

    assertThat(answer.err())
        .contains("consents.csv:" + lines.length + ": warning DUPLICATE_LINE_ID")
        .containsPattern("consent lines read; .*DUPLICATE_LINE_ID [12]")
        .doesNotContain(twice.split(",", -1)[0])
        .doesNotContain(twice.split(",", -1)[1]);
  }

  @Test
  void releasesNothingOnConsentToMarketingInsuranceOrTreatment() {
    for (String purpose : new String[] {"HMARKT", "COVERAGE|HPAYMT", "TREAT"}) {
      everyoneConsents(purpose, "*");

      assertThat(plan().out()).as(purpose).contains(", would be released 0\n");
    }
    everyoneConsents("HRESCH", "*");
    assertThat(plan().out()).doesNotContain(", would be released 0\n");
  }

  @Test
  void asksTheClinicsOwnResearchersForConsentLikeAnyone() {
    clinic.replace(clinic.job(JOB), "id: uni-x", "id: clinic-own-research");
    everyoneConsents("HRESCH", "uni-x");
    assertThat(plan().out()).contains(", would be released 0\n");

    everyoneConsents("HRESCH", "clinic-own-research");
    assertThat(plan().out()).doesNotContain(", would be released 0\n");
  }

  private Installation.Answer explain(String patient) {
    return clinic.call("explain", "--patient", patient, clinic.job(JOB).toString());
  }

  private Installation.Answer plan() {
    Installation.Answer answer = clinic.call("plan", clinic.job(JOB).toString());
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    return answer;
  }

  private static String patientOf(String outcome) {
    return SampleStories.outcomes().entrySet().stream()
        .filter(entry -> entry.getValue().equals(outcome))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Every patient signs one form for this purpose and these recipients, and nothing else. */
  private void everyoneConsents(String purpose, String recipients) {
    StringBuilder lines = new StringBuilder();
    lines.append(Installation.read(Path.of("sample-data/clinic/consents.csv")).split("\n", 2)[0]);
    lines.append('\n');
    int number = 0;
    for (String patient : SampleStories.outcomes().keySet()) {
      number++;
      lines
          .append("L" + number + "," + patient + ",PERMIT,ACTIVE,2024-07-04T11:36:00,")
          .append("2024-07-05T07:36:00,2024-07-04,2045-12-31,,HIPAA_AUTH,RES-AUTH,3.1,")
          .append("a".repeat(64) + ",PATIENT,,NA," + purpose + ",,*," + recipients)
          .append(",*,*,*,,,,AZ,paper\n");
    }
    Installation.write(clinic.clinic("consents"), lines.toString());
  }
}

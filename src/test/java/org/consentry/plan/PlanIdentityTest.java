package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.ConsentRequest.Obligation;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two plans are the same, and what a job asks of every consent. */
final class PlanIdentityTest {

  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);

  @TempDir private Path folder;

  private SmallPlans files() throws IOException {
    return new SmallPlans(folder);
  }

  @Test
  void thePlanIsTheSameWhateverIsInTheRows() throws IOException {
    String before = files().plan().digest();

    assertThat(
            files()
                .write("data/labs.csv", "lab,visit,patient,day,value\n")
                .write("data/consents.csv", "line_id\nL1\n")
                .plan()
                .digest())
        .isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          job.yaml           | requestedBy: steward  | requestedBy: other
          job.yaml           | format: both          | format: csv
          map.yaml           | version: 1            | version: 2
          map.yaml           | why: outcome          | why: result
          data/visits.csv    | visit,patient,kind    | kind,visit,patient
          """)
  void thePlanIsAnotherWhenAFileOrAHeaderIs(String file, String words, String instead)
      throws IOException {
    String before = files().plan().digest();

    assertThat(files().edit(file, words, instead).plan().digest()).isNotEqualTo(before);
  }

  @Test
  void thePlanIsAnotherOnAnotherReferenceDate() throws IOException {
    String before = files().plan().digest();

    assertThat(files().plan(LocalDate.of(2026, 11, 22)).digest()).isNotEqualTo(before);
    assertThat(
            files()
                .edit("job.yaml", "requestedBy", "referenceDate: 2026-11-23\nrequestedBy")
                .plan()
                .referenceDate())
        .isEqualTo(SmallPlans.TODAY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id: S1,                 | id: S2,
          purpose: CLINTRCH       | purpose: HRESCH
          diseases: [H02.4]       | diseases: [H02.5]
          id: uni-x               | id: uni-y
          organization: University X | organization: University X, country: DE
          organization: University X | organization: University X, profit: non-profit
          organization: University X | organization: University X, use: non-commercial
          path: data/consents.csv | path: data/consents.csv, minors: hipaa-continues
          path: data/consents.csv | path: data/consents.csv, assentAge: 9
          path: data/consents.csv | "path: data/consents.csv, majority: {default: 21}"
          """)
  void theRequestIsAnotherWhenItAsksForSomethingElse(String words, String instead)
      throws IOException {
    String before = files().plan().requestDigest();

    assertThat(files().edit("job.yaml", words, instead.replace("\"", "")).plan().requestDigest())
        .isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title: A study          | title: Another title
          requestedBy: steward    | requestedBy: other
          name: Dr. A. Example    | name: Dr. B. Example
          format: both            | format: csv
          """)
  void theRequestIsTheSameWhereConsentIsNotConcerned(String words, String instead)
      throws IOException {
    String before = files().plan().requestDigest();

    assertThat(files().edit("job.yaml", words, instead).plan().requestDigest()).isEqualTo(before);
  }

  @Test
  void theOrderOfDiseasesIsNoOtherRequest() throws IOException {
    String one = files().edit("job.yaml", "[H02.4]", "[H02.4, L90.5]").plan().requestDigest();

    assertThat(files().edit("job.yaml", "[H02.4]", "[L90.5, H02.4]").plan().requestDigest())
        .isEqualTo(one);
  }

  @Test
  void whatTheJobStatesIsAsked() throws IOException {
    ConsentRequest request =
        files()
            .edit(
                "job.yaml",
                "organization: University X",
                "organization: University X, country: US, profit: non-profit, use: non-commercial,"
                    + " classes: [universities], users: [ann], institutions: [uni-x]")
            .edit(
                "job.yaml",
                "diseases: [H02.4]",
                "diseases: [H02.4], methodsResearch: yes, board: {name: B, protocol: P,"
                    + " approvedOn: 2026-01-01, expiresOn: 2027-01-01}")
            .edit(
                "job.yaml",
                "requestedBy: steward",
                "requestedBy: steward\nagreement: {id: D, signedOn: 2026-01-01, expiresOn:"
                    + " 2027-01-01, permittedUses: [u], permittedUsers: [v], obligations:"
                    + " [publishes, returns]}")
            .edit(
                "job.yaml",
                "path: data/consents.csv",
                "path: data/consents.csv, minors: hipaa-continues, assentAge: 10, stewardDecision:"
                    + " SD-1, majority: {default: 20, TX: 17}")
            .plan()
            .request(NOON);

    assertThat(request.study()).isEqualTo("S1");
    assertThat(request.now()).isEqualTo(NOON);
    assertThat(request.recipient().profit()).isEqualTo(Profit.NON_PROFIT);
    assertThat(request.recipient().use()).isEqualTo(Use.NON_COMMERCIAL);
    assertThat(request.recipient().country()).isEqualTo("US");
    assertThat(request.recipient().classes()).isEqualTo(Set.of("universities"));
    assertThat(request.recipient().users()).isEqualTo(Set.of("ann"));
    assertThat(request.recipient().institutions()).isEqualTo(Set.of("uni-x"));
    assertThat(request.boardApprovedUntil()).contains(LocalDate.of(2027, 1, 1));
    assertThat(request.obligations()).isEqualTo(Set.of(Obligation.PUBLISHES, Obligation.RETURNS));
    assertThat(request.stewardDecision()).contains("SD-1");
    assertThat(request.minors().parentalPermit()).isEqualTo(ParentalPermit.HIPAA_CONTINUES);
    assertThat(request.minors().defaultMajority()).isEqualTo(20);
    assertThat(request.minors().majority()).containsEntry("TX", 17).containsEntry("AL", 19);
    assertThat(request.minors().assentAge()).isEqualTo(10);
  }

  @Test
  void aBoardWhoseApprovalDoesNotEndApprovedForever() throws IOException {
    ConsentRequest request =
        files()
            .edit(
                "job.yaml",
                "diseases: [H02.4]",
                "diseases: [H02.4], board: {name: B, protocol: P, approvedOn: 2026-01-01}")
            .plan()
            .request(NOON);

    assertThat(request.boardApprovedUntil()).contains(LocalDate.MAX);
  }
}

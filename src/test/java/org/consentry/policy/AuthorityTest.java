package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.config.Job;
import org.consentry.config.JobFile;
import org.consentry.config.JobFileTest;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorityTest {

  @TempDir Path folder;

  private Job job(String text) throws IOException {
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("job.yaml"), text);
    Optional<JobFile> read = JobFile.read(file, "job.yaml", problems);
    assertThat(problems.list()).isEmpty();
    return read.orElseThrow().job();
  }

  private static List<String> authority(Job job, String day) {
    return Authority.check(job, Policies.SHIPPED, LocalDate.parse(day)).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void allowsAReleaseUnderValidAgreementsAndApprovals() throws IOException {
    assertThat(authority(job(JobFileTest.EYELID), "2026-11-23")).isEmpty();
    assertThat(authority(job(JobFileTest.EYELID), "2027-01-31")).isEmpty();
  }

  @Test
  void refusesWhatExpired() throws IOException {
    assertThat(authority(job(JobFileTest.EYELID), "2028-03-02"))
        .containsExactly(
            "job.yaml:9:85: error BOARD_EXPIRED the board's approval ended on 2027-01-31, before"
                + " the day of the run, 2028-03-02; have it renewed, then write the new date",
            "job.yaml:15:58: error AGREEMENT_EXPIRED the agreement ended on 2027-03-01, before the"
                + " day of the run, 2028-03-02; have it renewed, then write the new date",
            "job.yaml:15:132: error AGREEMENT_EXPIRED the data was to be destroyed by 2028-03-01,"
                + " before the day of the run, 2028-03-02; have it renewed, then write the new"
                + " date");
  }

  /** What is signed or ends on a day is valid on that day. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-02-28|AGREEMENT_NOT_YET ATTESTATION_NOT_YET",
        "2026-03-01|''",
        "2027-01-31|''",
        "2027-02-01|BOARD_EXPIRED",
        "2027-03-01|BOARD_EXPIRED",
        "2027-03-02|BOARD_EXPIRED AGREEMENT_EXPIRED",
        "2028-03-01|BOARD_EXPIRED AGREEMENT_EXPIRED",
        "2028-03-02|BOARD_EXPIRED AGREEMENT_EXPIRED AGREEMENT_EXPIRED"
      })
  void isValidFromItsFirstDayToItsLast(String day, String codes) throws IOException {
    assertThat(codes(job(JobFileTest.EYELID), day)).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2026-11-24|''", "2026-11-25|''", "2026-11-26|ATTESTATION_EXPIRED"})
  void anAttestationMayEnd(String day, String codes) throws IOException {
    String text =
        JobFileTest.EYELID.replace("on: 2026-03-01}", "on: 2026-03-01, expiresOn: 2026-11-25}");

    assertThat(codes(job(text), day)).isEqualTo(codes);
    assertThat(authority(job(text), day).stream().filter(line -> line.contains("EXPIRED")))
        .allMatch(
            line ->
                line.endsWith(
                    "error ATTESTATION_EXPIRED the attestation ended on 2026-11-25, before the day"
                        + " of the run, 2026-11-26; have it renewed, then write the new date"));
  }

  /** 45 CFR 164.508, 164.512(i), 164.514(a), (b), (e) and GDPR article 6(1)(a). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization|safe-harbor, limited-data-set, expert-determination",
        "waiver|safe-harbor, limited-data-set, expert-determination",
        "de-identified|safe-harbor, expert-determination",
        "limited-data-set|limited-data-set",
        "gdpr-consent|gdpr-pseudonymised"
      })
  void aLegalBasisIsServedByTheseTargetsAndNoOther(String basis, String served) throws IOException {
    for (String target : Policies.SHIPPED.targets()) {
      String text =
          JobFileTest.EYELID
              .replace("legalBasis: de-identified", "legalBasis: " + basis)
              .replace("target: safe-harbor", "target: " + target);

      assertThat(
              authority(job(text), "2026-11-23").stream()
                  .filter(line -> line.contains("BASIS_TARGET")))
          .as(target)
          .isEqualTo(
              List.of(served.split(", ")).contains(target)
                  ? List.of()
                  : List.of(
                      "job.yaml:13:9: error BASIS_TARGET legal basis "
                          + basis
                          + " is not served by target "
                          + target
                          + "; one of: "
                          + served));
    }
  }

  @Test
  void aTargetThatIsNotInTheCatalogueIsReportedElsewhere() throws IOException {
    String text = JobFileTest.EYELID.replace("target: safe-harbor", "target: no-target");

    assertThat(authority(job(text), "2026-11-23")).isEmpty();
  }

  @Test
  void onlyTheTargetsThatAskForAnAttestationGetOne() throws IOException {
    String without = JobFileTest.EYELID.replaceAll("(?m)^attestation:.*\n", "");
    for (Policy policy : Policies.SHIPPED.all()) {
      String target = policy.target().word();
      String text = without.replace("target: safe-harbor", "target: " + target);

      assertThat(codes(job(text), "2026-11-23").contains("ATTESTATION_MISSING"))
          .as(target)
          .isEqualTo(target.equals("safe-harbor") || target.equals("expert-determination"));
    }
  }

  @Test
  void neitherABoardNorAnAgreementIsNeededForDeIdentifiedData() throws IOException {
    String text =
        JobFileTest.EYELID
            .replaceAll("(?m)^  board:.*\n", "")
            .replaceAll("(?m)^agreement:.*\n", "");

    assertThat(authority(job(text), "2026-11-23")).isEmpty();
  }

  @Test
  void aCompleteWaiverIsEnough() throws IOException {
    String text =
        JobFileTest.EYELID
            .replace("legalBasis: de-identified", "legalBasis: waiver")
            .replace(
                "expiresOn: 2027-01-31}",
                "expiresOn: 2027-01-31, review: expedited, phiDescription: dates, signedBy:"
                    + " chair}");

    assertThat(authority(job(accounted(text)), "2026-11-23")).isEmpty();
  }

  /** What the patients' account of a waiver has. */
  private static String accounted(String text) {
    return text.replace(
            "  board:",
            """
              description: a study of eyelids
              sponsor: {name: A Foundation, address: 2 Way, phone: 555-2}
              board:\
            """)
        .replace("address: 1 Main St,", "address: 1 Main St, phone: 555-3,");
  }

  @Test
  void whatIsAccountedForToPatientsIsStatedBeforeTheRelease() throws IOException {
    String text =
        JobFileTest.EYELID
            .replace("legalBasis: de-identified", "legalBasis: gdpr-consent")
            .replace("target: safe-harbor", "target: gdpr-pseudonymised");

    assertThat(authority(job(text.replace("address: 1 Main St, ", "")), "2026-11-23"))
        .containsExactly(
            missing("10:1", "recipient.address"),
            missing("10:1", "recipient.phone"),
            missing("2:1", "study.description"),
            missing("2:1", "study.sponsor.name"),
            missing("2:1", "study.sponsor.address"),
            missing("2:1", "study.sponsor.phone"));
    assertThat(
            authority(
                job(accounted(text).replace(", address: 2 Way, phone: 555-2", "")), "2026-11-23"))
        .containsExactly(
            missing("10:3", "study.sponsor.address"), missing("10:3", "study.sponsor.phone"));
  }

  private static String missing(String place, String key) {
    return "job.yaml:"
        + place
        + ": error ACCOUNTING_MISSING disclosures under gdpr-consent are accounted for to patients,"
        + " and the account has the "
        + key
        + " (45 CFR 164.528(b)); add "
        + key;
  }

  private static String codes(Job job, String day) {
    return Authority.check(job, Policies.SHIPPED, LocalDate.parse(day)).stream()
        .map(Problem::code)
        .collect(Collectors.joining(" "));
  }

  @Test
  void refusesWhatIsNotYetSigned() throws IOException {
    assertThat(authority(job(JobFileTest.EYELID), "2026-01-31"))
        .containsExactly(
            "job.yaml:9:62: error BOARD_NOT_YET the board's approval begins on 2026-02-01, after"
                + " the day of the run, 2026-01-31; wait, or correct the date",
            "job.yaml:15:35: error AGREEMENT_NOT_YET the agreement is signed only on 2026-03-01,"
                + " after the day of the run, 2026-01-31; wait, or correct the date",
            "job.yaml:14:67: error ATTESTATION_NOT_YET the attestation is given only on 2026-03-01,"
                + " after the day of the run, 2026-01-31; wait, or correct the date");
  }

  @Test
  void aLegalBasisMustFitItsTarget() throws IOException {
    String text =
        JobFileTest.EYELID.replace("legalBasis: de-identified", "legalBasis: limited-data-set");

    assertThat(authority(job(text), "2026-11-23"))
        .containsExactly(
            "job.yaml:13:9: error BASIS_TARGET legal basis limited-data-set is not served by target"
                + " safe-harbor; one of: limited-data-set");
  }

  @Test
  void safeHarborNeedsAnAttestation() throws IOException {
    String text = JobFileTest.EYELID.replaceAll("(?m)^attestation:.*\n", "");

    assertThat(authority(job(text), "2026-11-23"))
        .containsExactly(
            "job.yaml:13:9: error ATTESTATION_MISSING safe-harbor needs a person's word that there"
                + " is no actual knowledge (45 CFR 164.514(b)(2)(ii)); add attestation: {text, by,"
                + " on}");
  }

  @Test
  void aLimitedDataSetNeedsAnAgreement() throws IOException {
    String text =
        JobFileTest.EYELID
            .replaceAll("(?m)^agreement:.*\n", "")
            .replace("legalBasis: de-identified", "legalBasis: limited-data-set")
            .replace("target: safe-harbor", "target: limited-data-set");

    assertThat(authority(job(text), "2026-11-23"))
        .containsExactly(
            "job.yaml:12:13: error AGREEMENT_MISSING a limited data set needs a data use agreement"
                + " (45 CFR 164.514(e)(4)); add agreement");
  }

  @Test
  void aWaiverNeedsItsBoard() throws IOException {
    String waiver =
        accounted(JobFileTest.EYELID.replace("legalBasis: de-identified", "legalBasis: waiver"));

    assertThat(authority(job(waiver), "2026-11-23"))
        .containsExactly(
            "job.yaml:11:3: error BOARD_MISSING a waiver names how it was reviewed (45 CFR"
                + " 164.512(i)(2)); add review: normal or expedited",
            "job.yaml:11:3: error BOARD_MISSING a waiver describes the information that is needed"
                + " (45 CFR 164.512(i)(2)); add phiDescription",
            "job.yaml:11:3: error BOARD_MISSING a waiver names who signed it (45 CFR"
                + " 164.512(i)(2)); add signedBy");
    assertThat(authority(job(waiver.replaceAll("(?m)^  board:.*\n", "")), "2026-11-23"))
        .containsExactly(
            "job.yaml:2:1: error BOARD_MISSING a waiver names the board that granted it (45 CFR"
                + " 164.512(i)(2)(i)); add study.board");
  }
}

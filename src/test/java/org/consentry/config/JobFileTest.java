package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.CohortRule.CohortRecord;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class JobFileTest {

  /** A job without a fault. */
  public static final String EYELID =
      """
      job: eyelid-outcomes
      study:
        id: IRB-2026-014
        title: Outcomes of upper eyelid surgery
        purpose: CLINTRCH
        state: open
        diseases: [H02.4]
        methodsResearch: no
        board: {name: Western IRB, protocol: 2026-014, approvedOn: 2026-02-01, expiresOn: 2027-01-31}
      recipient: {id: uni-x, name: Dr. A. Example, organization: University X, address: 1 Main St, country: US, profit: non-profit, use: non-commercial}
      requestedBy: steward@clinic
      legalBasis: de-identified
      target: safe-harbor
      attestation: {text: no actual knowledge, by: privacy officer, on: 2026-03-01}
      agreement: {id: DUA-77, signedOn: 2026-03-01, expiresOn: 2027-03-01, permittedUses: [analysis], permittedUsers: [team], destroyBy: 2028-03-01}
      referenceDate: 2026-11-01
      source: {type: csv, path: ../sample-data/clinic, encoding: utf-8}
      consent: {type: csv, path: ../sample-data/clinic/consents.csv, minors: reconsent, majority: {default: 18, AL: 19}}
      cohort:
        any: {table: procedures, where: {cpt_code: [15822, 15823]}, from: 2020-01-01}
      mapping: ../mappings/clinic-safe-harbor.yaml
      tables: [patients, visits, procedures]
      rejects: {share: 0.001}
      output: {format: parquet, directory: ../releases}
      keys: {study: "file:../keys/eyelid-outcomes.key", signing: "file:../keys/manifest-signing.pem"}
      """;

  @TempDir Path folder;

  private Optional<JobFile> read(String text, Problems problems) throws IOException {
    Path file = Files.writeString(folder.resolve("job.yaml"), text);
    return JobFile.read(file, "job.yaml", problems);
  }

  private Job job(String text) throws IOException {
    Problems problems = new Problems();
    Optional<JobFile> file = read(text, problems);
    assertThat(problems.list()).isEmpty();
    return file.orElseThrow().job();
  }

  private List<String> problems(String text) throws IOException {
    Problems problems = new Problems();
    assertThat(read(text, problems)).isEmpty();
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void readsEverythingOfAJob() throws IOException {
    Job job = job(EYELID);

    assertThat(job.study().id()).isEqualTo("IRB-2026-014");
    assertThat(job.study().methodsResearch()).isEqualTo(Study.YesNo.NO);
    assertThat(job.study().board().orElseThrow().protocol()).isEqualTo("2026-014");
    assertThat(job.source().type().value()).isEqualTo("csv");
    assertThat(job.source().settings().byKey().keySet()).containsExactly("path", "encoding");
    assertThat(job.consent().ages())
        .isEqualTo(Map.of("default", 18, "AL", 19, "NE", 19, "MS", 21, "PR", 21));
    assertThat(job.consent().assentAge()).isEqualTo(7);
    CohortRecord cohort = job.cohort().orElseThrow().any().get(0);
    assertThat(cohort.where().values())
        .extracting(p -> p.value().toString())
        .containsExactly("[15822, 15823]");
    assertThat(cohort.from().orElseThrow().value()).isEqualTo("2020-01-01");
    assertThat(job.rejects().orElseThrow().share()).isEqualTo(0.001);
    assertThat(job.keys().study().toString()).doesNotContain("eyelid");
  }

  @Test
  void findsEveryMistakeInOnePassAndNeverShowsAKey() throws IOException {
    String text =
        EYELID
                .replace("state: open", "state: opened")
                .replace("methodsResearch: no", "methodsResearch: false")
                .replace("expiresOn: 2027-01-31", "expiresOn: 2026-01-31")
                .replace("country: US", "country: USA")
                .replace("on: 2026-03-01}", "on: 2026-3-1}")
                .replace("permittedUses: [analysis], ", "")
                .replace("minors: reconsent, majority: {default: 18, AL: 19}", "majority: {AL: 19}")
                .replace("any: {table: procedures,", "some: {table: procedures,")
                .replace("share: 0.001", "share: 1.5")
                .replace("\"file:../keys/eyelid-outcomes.key\"", "2b7e151628aed2a6abf7158809cf4f3c")
            + "scan: {}\nnotify: nightly\nnightly: notify\n";

    List<String> problems = problems(text);

    assertThat(problems)
        .containsExactly(
            "job.yaml:27:1: error NOT_IMPLEMENTED 'notify' is not implemented in this version;"
                + " remove it; nothing would be done",
            "job.yaml:28:1: error UNKNOWN_KEY unknown key 'nightly'; one of: job, kind, study,"
                + " recipient, requestedBy, legalBasis, target, attestation, agreement,"
                + " referenceDate, zone, source, consent, cohort, mapping, tables, rejects, quality,"
                + " risk, scan, ... (26 in all)",
            "job.yaml:6:10: error UNKNOWN_WORD expected one of open, closed but found 'opened'; did"
                + " you mean 'open'?",
            "job.yaml:8:20: error UNKNOWN_WORD expected one of yes, no but found 'false'",
            "job.yaml:9:85: error INVALID_VALUE expiresOn must not be before approvedOn",
            "job.yaml:10:103: error INVALID_VALUE country must be a code of ISO 3166-1 in"
                + " two capital letters, such as US, CA, GB or DE",
            "job.yaml:14:67: error WRONG_TYPE expected a date such as 2026-01-31 but found"
                + " '2026-3-1'",
            "job.yaml:15:1: error MISSING_KEY the key 'permittedUses' is missing; permittedUses:"
                + " what the recipient may do with the data",
            "job.yaml:18:74: error INVALID_VALUE majority must have an age for 'default'",
            "job.yaml:20:3: error UNKNOWN_KEY unknown key 'some'; one of: any, all",
            "job.yaml:23:18: error INVALID_VALUE share must be 0 to below 1",
            "job.yaml:26:1: error MISSING_KEY the key 'identifiers' is missing; identifiers:"
                + " identifiers of which people: those of the source, or none",
            "job.yaml:26:1: error MISSING_KEY the key 'patterns' is missing; patterns: forms of"
                + " identifiers, such as telephone numbers: those of the USA, or none",
            "job.yaml:25:15: error WRONG_TYPE expected a reference to a key, file:PATH, env:NAME or"
                + " exec:PROGRAM, never the key itself");
    assertThat(problems).noneMatch(line -> line.contains("2b7e"));
  }
}

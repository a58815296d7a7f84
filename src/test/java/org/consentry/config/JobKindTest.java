package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobKindTest {

  private static final String PARTS =
      """
      requestedBy: steward@clinic
      source: {type: csv, path: ../sample-data/clinic, encoding: utf-8}
      mapping: ../mappings/m.yaml
      output: {format: csv, directory: ../releases}
      keys: {study: "file:../keys/k.key", signing: "file:../keys/manifest-signing.pem"}
      """;

  private static final String CONSENT = "consent: {type: csv, path: ../consents.csv}\n";

  private static final String OFFICE =
      "recipient: {id: clinic, name: Front office, organization: Clinic, address: 1 Main St}\n";

  private static final Map<JobKind, String> OWN = new LinkedHashMap<>();

  static {
    OWN.put(
        JobKind.INSURER_RESPONSE,
        CONSENT
            + "request: {id: CLM-1, insurer: {id: aetna, name: Aetna, address: 1 Main St}, purpose:"
            + " COVERAGE, receivedOn: 2026-11-02, asks: asks.csv}\n");
    OWN.put(
        JobKind.LEGAL_PROCESS,
        OFFICE
            + "process: {type: court-order, id: CV-1, issuer: Court, dated: 2026-10-28, document:"
            + " order.pdf, scope: {visits: [visit_id]}, persons: persons.csv, from: 2024-01-01,"
            + " to: 2024-12-31}\n");
    OWN.put(
        JobKind.MAILING,
        CONSENT
            + OFFICE
            + "mailing: {id: M-1, title: News, services: [15822], channel: preferred}\n");
    OWN.put(
        JobKind.RECONTACT,
        CONSENT
            + OFFICE
            + "recontact: {id: R-1, release: eyelid/2026-11-28-r1, codes: codes.csv, reason: why,"
            + " letter: letter.md}\n");
  }

  @TempDir Path folder;

  private static String text(JobKind kind) {
    return "job: some-job\nkind: " + kind.word() + "\n" + PARTS + OWN.get(kind);
  }

  private Optional<JobFile> read(String text, Problems problems) throws IOException {
    Path file = Files.writeString(folder.resolve("job.yaml"), text);
    return JobFile.read(file, "job.yaml", problems);
  }

  private List<String> codes(String text) throws IOException {
    Problems problems = new Problems();
    assertThat(read(text, problems)).isEmpty();
    return problems.list().stream().map(Problem::code).toList();
  }

  @Test
  void everyKindHasAFormOfItsOwn() throws IOException {
    for (JobKind kind : OWN.keySet()) {
      Problems problems = new Problems();
      JobFile file = read(text(kind), problems).orElseThrow();

      assertThat(problems.list()).isEmpty();
      assertThat(file.job().kind()).isEqualTo(kind);
      assertThat(file.job().approval().map(Job.Approval::required).orElse(0))
          .isEqualTo(kind.approvals());
    }
  }

  @Test
  void aWordOfAnotherKindIsAnError() throws IOException {
    for (JobKind kind : OWN.keySet()) {
      for (JobKind other : OWN.keySet()) {
        String word = OWN.get(other).lines().reduce((first, last) -> last).orElseThrow();
        if (kind != other) {
          assertThat(codes(text(kind) + word))
              .as("%s with %s", kind, other)
              .contains("UNKNOWN_KEY");
        }
      }
      for (String word :
          List.of(
              "study: {id: S-1}",
              "legalBasis: de-identified",
              "target: safe-harbor",
              "tables: [patients]",
              "risk: {identity: [patients.sex]}",
              "scan: {identifiers: source}",
              "referenceDate: 2026-01-01",
              "skipUnchanged: yes")) {
        assertThat(codes(text(kind) + word + "\n"))
            .as("%s with %s", kind, word)
            .contains("UNKNOWN_KEY");
      }
      String word = OWN.get(kind).lines().reduce((first, last) -> last).orElseThrow();
      assertThat(codes(JobFileTest.EYELID + word + "\n"))
          .as("research with %s", kind)
          .contains("UNKNOWN_KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment",
        "required-by-law",
        "marketing-authorization",
        "recontact-authorization"
      })
  void researchCannotWriteTheBasisOfAnotherKind(String basis) throws IOException {
    assertThat(codes(JobFileTest.EYELID.replace("de-identified", basis)))
        .containsExactly("UNKNOWN_WORD");
  }

  @Test
  void researchCannotLeaveConsentOut() throws IOException {
    assertThat(
            codes(
                JobFileTest.EYELID.replaceFirst(
                    "consent: \\{type: csv, path: [^,]*", "consent: {type: none")))
        .contains("UNKNOWN_WORD");
  }

  @Test
  void anUnknownKindIsRefusedWithTheWordsThereAre() throws IOException {
    Problems problems = new Problems();

    assertThat(read(text(JobKind.MAILING).replace("kind: mailing", "kind: mailng"), problems))
        .isEmpty();
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "job.yaml:2:7: error UNKNOWN_WORD expected one of research, insurer-response,"
                + " legal-process, mailing, recontact but found 'mailng'; did you mean 'mailing'?");
  }

  @Test
  void refusedWordsOfAKindAreAnsweredWithTheWordsAllowed() throws IOException {
    Problems problems = new Problems();

    read(text(JobKind.MAILING).replace("channel: preferred", "channel: smoke"), problems);
    read(text(JobKind.LEGAL_PROCESS).replace("type: court-order", "type: wish"), problems);
    assertThat(problems.list())
        .extracting(Problem::message)
        .containsExactly(
            "expected one of preferred but found 'smoke'",
            "expected one of court-order, subpoena, statute, law-enforcement but found 'wish'");
  }

  @Test
  void aSubpoenaNeedsAnAssuranceAndAnOrderHasNone() throws IOException {
    String subpoena = text(JobKind.LEGAL_PROCESS).replace("court-order", "subpoena");

    assertThat(codes(subpoena)).containsExactly("INVALID_VALUE");
    Problems problems = new Problems();
    String assured =
        subpoena.replace(
            "to: 2024-12-31}",
            "to: 2024-12-31, assurance: {type: protective-order, document: stipulation.pdf}}");
    assertThat(read(assured, problems)).isPresent();
    assertThat(codes(assured.replace("type: subpoena", "type: statute")))
        .containsExactly("INVALID_VALUE");
  }
}

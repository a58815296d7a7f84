package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The finished files are searched for identifiers of every person of the source. */
final class ScanStageTest {

  private static final String SCAN = "scan: {identifiers: source, patterns: none";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;
  private int clinics;

  /** A clinic whose patients have a telephone number, and one visit each. */
  @BeforeEach
  void clinic() {
    finding("ok");
  }

  /** The finding of the third visit, which is released as it is. */
  private void finding(String finding) {
    List<Visit> visits = new ArrayList<>();
    for (int patient = 0; patient < 20; patient++) {
      visits.add(new Visit(patient, "2021-03-04", patient == 2 ? finding : "F" + patient % 3));
    }
    clinic = new SmallClinic(root.resolve("clinic-" + clinics++)).patients(20, visits);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    phones();
  }

  private void phones() {
    Path patients = clinic.root().resolve("clinic/patients.csv");
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(patients)) {
        lines.add(line + (lines.isEmpty() ? ",phone" : "," + phone(lines.size() - 1)));
      }
      Files.write(patients, lines);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    clinic.edit(
        "mappings/years.yaml",
        "      sex: {role",
        "      phone: {role: direct-identifier, do: drop}\n      sex: {role");
  }

  private static String phone(int patient) {
    return "(602) 555-%04d".formatted(4100 + 17 * patient);
  }

  private StageRun run(String rule) throws IOException {
    Files.writeString(job, rule + "\n", StandardOpenOption.APPEND);
    return new StageRun(clinic, job);
  }

  private static List<String> problems(StageRun run) {
    try {
      run.seal();
      return List.of();
    } catch (ProblemException refused) {
      assertThat(refused.category()).isEqualTo(Category.DISCLOSURE_CHECK);
      return refused.problems().stream().map(Problem::toString).toList();
    }
  }

  private static JsonNode manifest(Path file) {
    return new JsonMapper().readTree(file.toFile()).path("predicate");
  }

  private static final String FOUND =
      "data/visits.csv: error SCAN_FINDING 'finding' has an identifier of a person of the source"
          + " (%1$s) in 1 place, the first in row N; nothing was released; change the mapping; or"
          + " acknowledge it in the job under scan: acknowledge: [{column: visits.finding, kind:"
          + " %1$s, reason: ..., by: ..., until: ...}]";

  private static List<String> found(String... kinds) {
    return Stream.of(kinds).map(FOUND::formatted).toList();
  }

  /** Rows are in the order of codes, which are drawn for every run. */
  private static List<String> withoutRows(List<String> messages) {
    return messages.stream().map(text -> text.replaceAll("in row \\d+", "in row N")).toList();
  }

  @Test
  void blocksAPhoneNumberThatIsReleasedAsACode() throws IOException {
    finding("602.555.4134");

    List<String> problems = problems(run(SCAN + "}"));

    assertThat(withoutRows(problems)).isEqualTo(found("local-phone", "number"));
  }

  @Test
  void blocksTheIdOfAPatientWhoIsNotReleased() throws IOException {
    finding("see " + SmallClinic.id(11));
    Path consents = clinic.root().resolve("clinic/consents.csv");
    List<String> lines = Files.readAllLines(consents);
    lines.removeIf(line -> line.startsWith("L11,"));
    Files.write(consents, lines);

    assertThat(withoutRows(problems(run(SCAN + "}")))).isEqualTo(found("record-number"));
  }

  @Test
  void passesWithoutFindingsAndTheManifestListsWhatWasSearchedFor() throws IOException {
    StageRun run = run(SCAN + "}");

    run.seal();

    Path release = run.staging().release();
    JsonNode manifest = manifest(release.resolve("manifest.json"));
    assertThat(manifest.path("scan").asString()).isEqualTo("passed");
    assertThat(manifest.path("scanned").toString())
        .isEqualTo(
            "{\"searchedFor\":[\"identifiers of every person of the source, released or not\","
                + "\"dates finer than a year, ages over 89, ZIP codes of more than three digits\"],"
                + "\"identifiersOfTheSource\":{\"number\":\"fewer than 100\",\"local-phone\":"
                + "\"fewer than 100\",\"record-number\":\"fewer than 100\"},"
                + "\"notSearched\":[\"words of free text of the source\",\"names of fewer than four"
                + " letters and numbers of fewer than six digits\","
                + "\"the digits alone of the key of a record that has letters\","
                + "\"single names, numbers that a count or a time may equal by chance, digests and"
                + " signatures in the files"
                + " beside the data\",\"the dates of each person\",\"forms of identifiers\"],"
                + "\"findings\":[]}");
    assertThat(Files.readString(release.resolve("README.md")).replaceAll("\\s+", " "))
        .contains("Search of the finished files for identifiers of patients: passed.");
    assertThat(Files.readString(release.resolve("manifest.html")))
        .contains(
            "searched the finished files for identifiers of patients. Result:"
                + " <strong>passed</strong>.");
  }

  @Test
  void theClinicsEditionHasTheNumbersOfIdentifiers() throws IOException {
    StageRun run = run(SCAN + "}");

    run.seal();

    JsonNode manifest =
        manifest(clinic.state().manifests("run-1").resolve("manifest.internal.json"));
    assertThat(manifest.at("/scanned/identifiersOfTheSource").toString())
        .isEqualTo("{\"number\":20,\"local-phone\":20,\"record-number\":10}");
  }

  @Test
  void aJobWithoutAScanIsReleasedAndTheManifestReportsIt() throws IOException {
    finding("602.555.4134");
    StageRun run = new StageRun(clinic, job);

    run.seal();

    JsonNode manifest = manifest(run.staging().release().resolve("manifest.json"));
    assertThat(manifest.path("scan").asString()).isEqualTo("not requested");
    assertThat(manifest.has("scanned")).isFalse();
  }

  @Test
  void reportsAFindingInTheManifestWithoutRowsAndSmallCounts() throws IOException {
    finding("602.555.4134");
    StageRun run = run(SCAN + ", onFinding: report}");

    run.seal();

    JsonNode recipients = manifest(run.staging().release().resolve("manifest.json"));
    assertThat(recipients.path("scan").asString()).isEqualTo("findings reported");
    assertThat(recipients.at("/scanned/findings/1").toString())
        .isEqualTo(
            "{\"file\":\"data/visits.csv\",\"column\":\"finding\",\"kind\":\"number\","
                + "\"evidence\":\"identifier\",\"places\":\"<11\"}");
    JsonNode clinics =
        manifest(clinic.state().manifests("run-1").resolve("manifest.internal.json"));
    assertThat(clinics.at("/scanned/findings/1/places").asInt()).isEqualTo(1);
    assertThat(clinics.at("/scanned/findings/1/firstRow").asInt()).isBetween(1, 20);
    assertThat(withoutRows(run.notes()))
        .contains(
            found("number")
                .get(0)
                .replace("error", "warning")
                .replace("; nothing was released", ""));
  }

  @Test
  void releasesWhatAPersonAcknowledgedAndTheManifestNamesThePerson() throws IOException {
    finding("602.555.4134");
    String answer =
        "{column: visits.finding, kind: %s, reason: the line of the ward, by: officer,"
            + " until: 2026-12-31}";
    StageRun run =
        run(
            SCAN
                + ", acknowledge: ["
                + answer.formatted("number")
                + ", "
                + answer.formatted("local-phone")
                + "]}");

    run.seal();

    JsonNode manifest = manifest(run.staging().release().resolve("manifest.json"));
    assertThat(manifest.path("scan").asString()).isEqualTo("findings acknowledged");
    assertThat(manifest.at("/scanned/findings/0").toString())
        .endsWith(
            "\"acknowledged\":\"the line of the ward\",\"by\":\"officer\","
                + "\"until\":\"2026-12-31\"}");
  }

  @Test
  void anAnswerToAnotherColumnOrKindDoesNotCount() throws IOException {
    finding("602.555.4134");

    List<String> problems =
        problems(
            run(
                SCAN
                    + ", acknowledge: [{column: visits.visit_year, kind: number, reason: a, by: b,"
                    + " until: 2026-12-31}, {column: visits.finding, kind: email, reason: a, by: b,"
                    + " until: 2026-12-31}]}"));

    assertThat(withoutRows(problems)).isEqualTo(found("local-phone", "number"));
  }

  @Test
  void anAnswerThatExpiredRefusesTheRun() throws IOException {
    Files.writeString(
        job,
        SCAN
            + ", acknowledge: [{file: README.md, kind: number, reason: a, by: b, until:"
            + " 2026-11-22}]}\n",
        StandardOpenOption.APPEND);

    assertThatThrownBy(() -> new StageRun(clinic, job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error ACK_EXPIRED the job acknowledges findings of kind 'number' until 2026-11-22;"
                + " look at it again; then name another day, or remove it");
  }

  @Test
  void reportsAnAnswerToWhatWasNotFound() throws IOException {
    StageRun run =
        run(
            SCAN
                + ", acknowledge: [{column: visits.finding, kind: number, reason: a, by: b, until:"
                + " 2026-12-31}]}");

    run.seal();

    assertThat(run.notes().get(run.notes().size() - 1))
        .endsWith(
            "warning ACK_UNUSED the job acknowledges a finding that the scan does not have; remove"
                + " it");
  }

  @Test
  void refusesAnAnswerToAColumnThatIsNotReleased() throws IOException {
    Files.writeString(
        job,
        SCAN
            + ", acknowledge: [{column: visits.findings, kind: number, reason: a, by: b, until:"
            + " 2026-12-31}]}\n",
        StandardOpenOption.APPEND);

    assertThatThrownBy(() -> new StageRun(clinic, job))
        .hasMessageContaining(
            "error SCAN_COLUMN no released column is named 'visits.findings'; did you mean"
                + " 'visits.finding'?");
  }

  @Test
  void searchesForIdentifiersOfASplitThatWasDoneBeforeARestart() throws IOException {
    finding("602.555.4134");
    StageRun killed = run(SCAN + "}");
    killed.workers().stopAfter(1);
    assertThatThrownBy(killed::seal).hasMessage("stopped");
    StageRun resumed = new StageRun(clinic, job);

    List<String> problems = problems(resumed);

    assertThat(killed.workers().begun()).containsExactly("extract-0 patients-0");
    assertThat(resumed.workers().begun()).doesNotContain("extract-0 patients-0");
    assertThat(withoutRows(problems)).isEqualTo(found("local-phone", "number"));
  }

  @Test
  void readsASplitAgainWhoseIdentifiersAreNotWhatWasStored() throws IOException {
    finding("602.555.4134");
    problems(run(SCAN + "}"));
    Path identifiers = new StageRun(clinic, job).staging().work().resolve("patients-0.identifiers");
    byte[] bytes = Files.readAllBytes(identifiers);
    bytes[bytes.length - 1] ^= 1;
    Files.write(identifiers, bytes);
    StageRun again = new StageRun(clinic, job);

    List<String> problems = problems(again);

    assertThat(again.workers().begun()).startsWith("extract-0 patients-0");
    assertThat(withoutRows(problems)).isEqualTo(found("local-phone", "number"));
  }

  @Test
  void blocksTheIdOfAPersonWhoIsInNoTableOfPeople() throws IOException {
    finding("see X0009731");
    letter("L1,X0009731,any");

    assertThat(withoutRows(problems(run(SCAN + "}")))).isEqualTo(found("number", "record-number"));
  }

  @Test
  void readsTablesThatAreNotReleasedForTheirIdentifiers() throws IOException {
    finding("see V13-HIDDEN");
    letter("V13-HIDDEN," + SmallClinic.id(3) + ",any");
    StageRun run = run(SCAN + "}");

    List<String> problems = problems(run);

    assertThat(run.workers().begun()).contains("extract-identifiers letters-0");
    assertThat(withoutRows(problems)).isEqualTo(found("record-number"));
  }

  /** A table of letters, which is not released. */
  private void letter(String row) throws IOException {
    clinic.edit("jobs/visits.yaml", "output:", "tables: [patients, visits]\noutput:");
    Files.writeString(
        clinic.root().resolve("clinic/letters.csv"), "letter_id,patient_id,comment\n" + row + "\n");
    clinic.append(
        "mappings/years.yaml",
        "  letters:",
        "    subject: patient_id",
        "    key: [letter_id]",
        "    category: NOTE",
        "    columns:",
        "      letter_id: {role: linkage-key, do: drop}",
        "      patient_id: {role: linkage-key, do: drop}",
        "      comment: {role: free-text, do: drop}");
  }

  @Test
  void storesNoIdentifierInClearText() throws IOException {
    finding("602.555.4134");
    StageRun run = run(SCAN + "}");

    problems(run);

    try (Stream<Path> files = Files.list(run.staging().work())) {
      for (Path file : files.filter(path -> path.toString().contains(".identifiers")).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("602.555", "5554134", SmallClinic.CANARY);
      }
    }
  }

  @Test
  void aSafeHarborJobWithoutAScanIsWarned() {
    LocalDate today = clinic.now().toLocalDate();

    assertThat(Planner.check(job, today).stream().map(Problem::toString))
        .containsExactly(
            job
                + ":11:9: warning SCAN_MISSING the finished files are not searched for identifiers"
                + " of patients; add scan: {identifiers: source, patterns: us, onFinding: block}");
  }

  @Test
  void theWarningIsAcknowledgedInTheJobAndListedInTheManifest() throws IOException {
    StageRun run =
        run("acknowledge: [{code: SCAN_MISSING, reason: scanned elsewhere, until: 2026-12-31}]");

    run.seal();

    assertThat(run.plan().warnings()).isEmpty();
    assertThat(
            manifest(run.staging().release().resolve("manifest.json"))
                .at("/acknowledged")
                .toString())
        .isEqualTo(
            "[{\"code\":\"SCAN_MISSING\",\"warning\":\"the finished files are not searched for"
                + " identifiers of patients\",\"citation\":\"45 CFR 164.514(b)(2)\","
                + "\"reason\":\"scanned elsewhere\",\"until\":\"2026-12-31\"}]");
  }
}

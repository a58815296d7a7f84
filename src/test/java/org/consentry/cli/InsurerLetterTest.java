package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an insurer learns of the people whom it asks for. */
final class InsurerLetterTest {

  private static final String JOB = "insurer-response";

  /** Patients with a permit of this insurer, of another one, a withdrawn one, and with none. */
  private static final String PERMITTED = "P000140";

  private static final String OTHER_INSURER = "P000110";
  private static final String WITHDRAWN = "P000120";
  private static final String NO_PERMIT = "P000130";
  private static final String VISITS_ONLY = "P000150";

  @TempDir private static Path folder;
  private static Installation place;
  private static Installation.Answer answer;

  @BeforeAll
  static void answerOnce() throws IOException {
    place = clinic(folder.toRealPath().resolve("one"));
    Installation.write(
        requests(place),
        """
        patient_id,categories,from,to
        %s,*,*,*
        %s,*,*,*
        %s,*,*,*
        %s,*,*,*
        P999999,*,*,*
        %s,DEMOGRAPHIC|VISIT|PROCEDURE,1990-01-01,1990-12-31
        %s,DEMOGRAPHIC|VISIT|PROCEDURE,1990-01-01,1990-12-31
        """
            .formatted(PERMITTED, OTHER_INSURER, WITHDRAWN, NO_PERMIT, PERMITTED, VISITS_ONLY));
    answer = place.run(JOB);
  }

  private static Installation clinic(Path root) {
    Installation clinic = SmallSample.in(root);
    Path consents = clinic.clinic("consents");
    clinic.append(consents, permit("L1", PERMITTED, "desert-mutual", "*"));
    clinic.append(consents, permit("L2", OTHER_INSURER, "other-mutual", "*"));
    clinic.append(consents, permit("L3", WITHDRAWN, "desert-mutual", "*"));
    clinic.append(
        consents, permit("L4", WITHDRAWN, "desert-mutual", "*").replace("PERMIT", "WITHDRAW"));
    clinic.append(consents, permit("L5", VISITS_ONLY, "desert-mutual", "VISIT"));
    return clinic;
  }

  private static String permit(String line, String patient, String insurer, String categories) {
    return "%s,%s,PERMIT,ACTIVE,2024-10-29T14:17:00,2024-10-30T10:17:00,2024-10-29,2045-12-31,,"
            .formatted(line, patient)
        + "HIPAA_AUTH,INS-REL,3.1,"
        + "23d8c50df7cd47d6b4b451c046637a317b1c3572976d6af8e7af4aba796d95f1"
        + ",PATIENT,,NA,HPAYMT|COVERAGE,,*,%s,*,*,%s,,,,AZ,tablet".formatted(insurer, categories);
  }

  private static Path requests(Installation clinic) {
    return clinic.root().resolve("sample-data/requests/clm-2026-77.csv");
  }

  @Test
  void whoMayNotBeNamedAndWhoIsNotKnownHaveOneAnswer() {
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Installation.read(place.release(JOB).resolve("letter.csv")))
        .isEqualTo(
            """
            line,answer
            2,records enclosed
            3,no consent on file
            4,no consent on file
            5,no consent on file
            6,no consent on file
            7,no records of the kind and dates asked for
            8,no consent on file
            """
                .replace("\n", "\r\n"));
    assertThat(Installation.read(place.release(JOB).resolve("letter.html")))
        .contains("Answer to request CLM-2026-77")
        .doesNotContain("P000")
        .doesNotContain("P999");
  }

  @Test
  void theClinicReadsWhichLinesNameNoPatient() {
    assertThat(answer.err())
        .contains("1 line of 7 in the file of people names no one in the source: line 6")
        .doesNotContain("P999999");
  }

  @Test
  void theRecipientsManifestCountsWhatIsReleasedAndNothingElse() {
    JsonNode manifest = manifest(place.release(JOB)).path("predicate");

    assertThat(manifest.path("consent").path("subjects").propertyNames())
        .containsExactly("released");
    assertThat(manifest.path("consent").path("subjects").path("released").asInt()).isEqualTo(1);
    for (JsonNode table : manifest.path("tables")) {
      assertThat(table.path("rows").propertyNames()).containsExactly("released");
    }
    assertThat(manifest.path("reasons")).isEmpty();
    assertThat(place.release(JOB).resolve("flow.csv")).doesNotExist();
    assertThat(manifest.path("authority").path("request").path("receivedOn").asString())
        .isEqualTo("2026-11-02");
  }

  @Test
  void noContactOfAPatientIsInTheRelease() {
    List<String> contacts = List.of("example.org", "555-01", "55501", "Desert Willow");
    for (Path file : Installation.files(place.release(JOB).resolve("data"))) {
      assertThat(Installation.read(file)).doesNotContain(contacts);
    }
  }

  @Test
  void aClinicWithoutAnyConsentAnswersWithALetterAndEmptyTables() throws IOException {
    Installation none = SmallSample.in(folder.toRealPath().resolve("none"));
    Installation.write(requests(none), "patient_id,categories,from,to\nP000130,*,*,*\n");

    Installation.Answer run = none.run(JOB);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Installation.read(none.release(JOB).resolve("letter.csv")))
        .isEqualTo("line,answer\r\n2,no consent on file\r\n");
    assertThat(Installation.read(none.release(JOB).resolve("data/visits.csv")).lines()).hasSize(1);
  }

  /** The days of the second line are between two days of which the others enclose records. */
  @Test
  void aLineIsAnsweredByItsOwnRecordsAlone() throws IOException {
    Installation clinic = clinic(folder.toRealPath().resolve("own"));
    clinic.append(clinic.clinic("visits"), "W1,%s,2024-03-01,,check,X,".formatted(PERMITTED));
    clinic.append(clinic.clinic("visits"), "W2,%s,2024-03-20,,check,X,".formatted(PERMITTED));
    Installation.write(
        requests(clinic),
        """
        patient_id,categories,from,to
        %1$s,DEMOGRAPHIC|VISIT,2024-03-01,2024-03-01
        %1$s,DEMOGRAPHIC|VISIT,2024-03-02,2024-03-19
        %1$s,DEMOGRAPHIC|VISIT,2024-03-20,2024-03-20
        %1$s,DEMOGRAPHIC,2024-03-02,2024-03-19
        """
            .formatted(PERMITTED));

    Installation.Answer run = clinic.run(JOB);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Installation.read(clinic.release(JOB).resolve("letter.csv")).lines().skip(1))
        .containsExactly(
            "2,records enclosed",
            "3,no records of the kind and dates asked for",
            "4,records enclosed",
            "5,records enclosed");
  }

  /** The letter is for who has the key, as the records are. */
  @Test
  void theLetterBesideEncryptedRecordsIsEncryptedToo() throws Exception {
    assumeTrue(Program.isInstalled("age"), "skipped: age is not installed");
    Installation clinic = clinic(folder.toRealPath().resolve("key"));
    Path key = folder.toRealPath().resolve("insurer.key");
    Program.of("age-keygen", "-o", key.toString()).run();
    String recipient = Program.of("age-keygen", "-y", key.toString()).run().out().strip();
    clinic.replace(clinic.job(JOB), "internal: yes", "key: " + recipient);
    Installation.write(
        requests(clinic), "patient_id,categories,from,to\n" + PERMITTED + ",*,*,*\n");

    Installation.Answer run = clinic.run(JOB);

    assertThat(run.exitCode()).as(run.err()).isZero();
    Path release =
        clinic.root().resolve("office/insurer-response").toFile().listFiles()[0].toPath();
    assertThat(release.resolve("letter.html")).doesNotExist();
    assertThat(release.resolve("letter.csv")).doesNotExist();
    Installation.files(release)
        .forEach(
            file ->
                assertThat(new String(bytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("records enclosed"));
    assertThat(
            Program.of("age", "-d", "-i", key.toString(), "letter.csv.age").in(release).run().out())
        .isEqualTo("line,answer\r\n2,records enclosed\r\n");
    assertThat(clinic.call("verify", release.toString()).exitCode()).isIn(0, 3);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void aLineThatCannotBeAnsweredTruthfullyIsRefused() throws IOException {
    Installation clinic = SmallSample.in(folder.toRealPath().resolve("lines"));
    Installation.write(
        requests(clinic),
        """
        patient_id,categories,from,to
        P000140,LAB,*,*
        P000140,PROCEDURE,*,*
        P000140,DEMOGRAPHIC|VISIT|DIAGNOSIS,*,*
        """);

    Installation.Answer run = clinic.run(JOB);

    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err())
        .contains("csv:2: error PEOPLE_CATEGORY the mapping has no records of category LAB")
        .contains("csv:3: error PEOPLE_CATEGORY the line asks for records that leave only with")
        .contains("those of category DEMOGRAPHIC, VISIT;")
        .contains("csv:4: error PEOPLE_CATEGORY", "those of category PROCEDURE;")
        .doesNotContain("P000140");
    Installation.write(requests(clinic), "patient_id,categories,from,to\nP000140,Jane Doe,*,*\n");
    assertThat(clinic.run(JOB).err())
        .contains("csv:2: error PEOPLE_CATEGORY")
        .doesNotContain("Jane");
  }

  @Test
  void anExplanationNamesTheLineThatAsks() {
    Installation.Answer asked =
        place.call("explain", "--patient", PERMITTED, place.job(JOB).toString());
    Installation.Answer other =
        place.call("explain", "--patient", "P000160", place.job(JOB).toString());

    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(asked.out())
        .contains("What is asked of this patient:\n  Line 2 of ")
        .contains("names the patient and asks for records of every category, of every day.")
        .contains("records of DEMOGRAPHIC, VISIT, PROCEDURE, from 1990-01-01 to 1990-12-31.");
    assertThat(other.out()).contains("No line of ", " names the patient.");
  }

  /** For all asked patients without consent: no byte depends on whether they are patients. */
  @Test
  void nothingDiffersBetweenNoConsentAndNoPatient() throws IOException {
    long seed = 20261129;
    Random random = new Random(seed);
    Installation with = clinic(folder.toRealPath().resolve("with"));
    List<String> patients =
        Installation.read(with.clinic("patients"))
            .lines()
            .map(line -> line.split(",", 2)[0])
            .filter(id -> id.matches("P\\d{6}") && !id.equals(PERMITTED) && !id.equals(VISITS_ONLY))
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> asked =
        List.of(patients.get(random.nextInt(patients.size())), OTHER_INSURER, WITHDRAWN, NO_PERMIT);
    Installation.write(
        requests(with),
        "patient_id,categories,from,to\n"
            + PERMITTED
            + ",*,*,*\n"
            + asked.stream().distinct().map(id -> id + ",*,*,*\n").collect(Collectors.joining()));
    Installation without = Installation.in(folder.toRealPath().resolve("without"));
    Installation.copy(with.root().resolve("sample-data"), without.root().resolve("sample-data-2"));
    Installation.delete(without.root().resolve("sample-data"));
    Installation.copy(
        without.root().resolve("sample-data-2"), without.root().resolve("sample-data"));
    for (String table : List.of("patients", "visits", "procedures", "consents")) {
      remove(without.clinic(table), asked);
    }

    assertThat(with.run(JOB).exitCode()).isZero();
    Installation.copy(with.root().resolve("keys"), without.root().resolve("keys"));
    Installation.Answer run = without.run(JOB);
    assertThat(run.exitCode()).as(run.err()).isZero();

    assertThat(texts(without.release(JOB))).as("seed " + seed).isEqualTo(texts(with.release(JOB)));
  }

  /** Takes people out of a file; records may have line breaks between quotes. */
  private static void remove(Path file, List<String> people) {
    StringBuilder left = new StringBuilder();
    StringBuilder record = new StringBuilder();
    boolean isQuoted = false;
    for (char letter : Installation.read(file).toCharArray()) {
      record.append(letter);
      isQuoted ^= letter == '"';
      if (letter == '\n' && !isQuoted) {
        if (people.stream().noneMatch(id -> record.indexOf(id) >= 0)) {
          left.append(record);
        }
        record.setLength(0);
      }
    }
    Installation.write(file, left.append(record).toString());
  }

  /** The files of a release without moments, run ids, digests and signatures. */
  private static Map<String, String> texts(Path release) {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : Installation.files(release)) {
      String name = release.relativize(file).toString();
      texts.put(
          name,
          name.endsWith(".sig")
              ? ""
              : Installation.read(file)
                  .replaceAll("[0-9a-f]{64}", "DIGEST")
                  .replaceAll("insurer-response-\\d{8}-\\d{6}-[0-9a-f]{4}", "RUN")
                  .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "MOMENT")
                  .replaceAll("\\d{4}-\\d\\d-\\d\\d,? \\d\\d:\\d\\d", "MOMENT"));
    }
    return texts;
  }

  private static JsonNode manifest(Path release) {
    return JsonMapper.shared().readTree(Installation.read(release.resolve("manifest.json")));
  }
}

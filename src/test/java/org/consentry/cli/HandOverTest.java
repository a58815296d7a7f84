package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.consentry.followup.Register;
import org.consentry.followup.RegisterTable;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases in the register, their hand-over, and what recipients confirm. */
final class HandOverTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir private static Path folder;
  private static Installation place;
  private static String release;

  @BeforeAll
  static void publish() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    assertThat(place.run(JOB).exitCode()).isEqualTo(3);
    release = JOB + "/" + place.release(JOB).getFileName();
    place.keepCopy();
  }

  @BeforeEach
  void begin() {
    place.restoreCopy();
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static Path write(String name, String text) {
    Installation.write(file(name), text);
    return file(name);
  }

  /** A key pair of age; the file has both halves. */
  private static String ageKey(Path file) throws Exception {
    Files.deleteIfExists(file);
    String made = Program.of("age-keygen", "-o", file.toString()).run().text();
    return made.strip().substring(made.indexOf("age1"));
  }

  @Test
  void theRegisterListsTheReleaseWithoutAPatient() throws Exception {
    Answer listed = place.call("register");

    assertThat(listed.exitCode()).as(listed.err()).isZero();
    assertThat(listed.out())
        .contains(
            release + " to Outcomes Inc. (outcomes-inc), study IRB-2026-021, limited-data-set, ")
        .contains("agreement ends 2039-12-31, board approval ends 2039-12-31")
        .contains("to be destroyed by 2040-06-30")
        .contains("1 release. Every release.");
    for (CSVRecord patient :
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(place.clinic("patients")))) {
      assertThat(listed.out()).doesNotContain(patient.get("patient_id"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--recipient outcomes-inc 1",
        "--recipient OUTCOMES 1",
        "--recipient sample 1",
        "--recipient uni-x 0",
        "--study IRB-2026-021 1",
        "--study IRB-2026-02 0",
        "--basis limited-data-set 1",
        "--basis waiver 0",
        "--kind research 1",
        "--kind mailing 0",
        "--year 1999 0",
        "--ending 60d 0",
        "--ending 9999d 1"
      })
  void itIsNarrowed(String words) {
    String[] word = words.split(" ", -1);

    assertThat(place.call("register", word[0], word[1]).out())
        .contains(word[2].equals("1") ? "1 release. " : "0 releases. ");
  }

  @Test
  void csvHasAColumnForEachFact() throws IOException {
    String csv = place.call("register", "--csv").out();

    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(rows).hasSize(1);
    CSVRecord row = rows.get(0);
    assertThat(row.toMap())
        .containsEntry("release", release)
        .containsEntry("kind", "research")
        .containsEntry("recipient", "outcomes-inc")
        .containsEntry("agreement", "DUA-77")
        .containsEntry("destroy_by", "2040-06-30")
        .containsEntry("people", people())
        .containsEntry("requested_by", "steward@clinic")
        .containsEntry("destroyed", "");
  }

  /** How many people the files of the release have. */
  private static String people() throws IOException {
    try (Stream<String> lines = Files.lines(data("patients"))) {
      return Long.toString(lines.count() - 1);
    }
  }

  /** The first data file of a table. */
  private static Path data(String table) throws IOException {
    try (Stream<Path> files = Files.walk(place.release(JOB))) {
      return files
          .filter(file -> file.toString().matches(".*" + table + "[^/]*\\.csv"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void thePageCanBeReadWithoutScriptAndRunsOnlyItsOwn() throws IOException {
    Path pages = file("pages-" + System.nanoTime());

    Answer answer = place.call("register", "--html", pages.toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    String page = Installation.read(pages.resolve("index.html"));
    assertThat(page)
        .contains("\">" + release + "</a>")
        .contains("href=\"releases/" + release + ".html\"")
        .contains("script-src &#39;sha256-")
        .containsOnlyOnce("<script>");
    assertThat(Installation.read(pages.resolve("register.csv"))).contains("DUA-77");
    assertThat(Installation.read(pages.resolve("releases/" + release + ".html")))
        .contains("href=\"../../index.html\"")
        .contains("People by what became of them");
    assertThat(Installation.read(pages.resolve("calendar.html"))).contains("Agreement DUA-77 ends");
    assertThat(Installation.read(pages.resolve("ledger.html"))).contains("published");
    assertThat(Installation.files(pages.resolve("recipients"))).hasSize(2);
    assertThat(place.call("register", "--html", pages.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void aPackageOpensWithAgeAndUnzipAndHasTheWholeRelease() throws Exception {
    assumeTrue(Program.isInstalled("age-keygen"), "skipped: age is not installed");
    Path key = file("recipient.key");
    Path packed = file("release.zip.age");
    Files.deleteIfExists(packed);

    Answer answer =
        place.call("package", release, "--to", ageKey(key), "--output", packed.toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    Path zip = file("release.zip");
    Files.deleteIfExists(zip);
    assertThat(
            Program.of("age", "-d", "-i", key.toString(), "-o", zip.toString(), packed.toString())
                .run()
                .exitCode())
        .isZero();
    Path opened = file("opened-" + System.nanoTime());
    unzip(zip, opened);
    Path inside = opened.resolve(place.release(JOB).getFileName());
    assertThat(Installation.digests(inside)).isEqualTo(Installation.digests(place.release(JOB)));
    assertThat(Program.of("sha256sum", "-c", "--quiet", "SHA256SUMS").in(inside).run().exitCode())
        .isZero();
    assertThat(place.call("register", "--csv").out()).contains(LocalDate.now(zone()).toString());
    assertThat(place.call("ledger", "verify", "--full").exitCode()).isZero();
  }

  private static ZoneId zone() {
    return ZoneId.of("America/Phoenix");
  }

  private static void unzip(Path zip, Path target) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path to = target.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        Files.copy(in, to);
      }
    }
  }

  private static final String KEY =
      "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

  @Test
  void nothingIsPackagedOnceConsentIsWithdrawn() throws IOException {
    Path consents = place.clinic("consents");
    String before = Installation.read(consents);
    Path packed = file("withdrawn.zip.age");
    try {
      Installation.write(consents, withdrawingEveryone(before));

      Answer answer = place.call("package", release, "--to", KEY, "--output", packed.toString());

      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
      assertThat(answer.err()).contains("CONSENT_CHANGED").contains("no longer covers");
      assertThat(packed).doesNotExist();
    } finally {
      Installation.write(consents, before);
    }
  }

  @Test
  void nothingIsPackagedWhileARestrictionNamesAnUnknownPatient() throws IOException {
    Path consents = place.clinic("consents");
    String before = Installation.read(consents);
    try {
      Installation.write(consents, before + withdrawalOf("CANARY00O123"));

      Answer packed = place.call("package", release, "--to", KEY);
      Answer recalled = place.call("recall");

      assertThat(packed.exitCode()).as(packed.err()).isEqualTo(10);
      assertThat(packed.err()).contains("RESTRICTION_OF_UNKNOWN_PATIENT").doesNotContain("CANARY");
      assertThat(recalled.exitCode()).as(recalled.err()).isEqualTo(10);
      assertThat(recalled.err()).doesNotContain("CANARY");
    } finally {
      Installation.write(consents, before);
    }
  }

  /** A withdrawal in the form of the sample's lines. */
  private static String withdrawalOf(String patient) throws IOException {
    List<String> lines = Files.readAllLines(place.clinic("consents"));
    List<String> names = List.of(lines.get(0).split(",", -1));
    String[] cells = new String[names.size()];
    Arrays.fill(cells, "");
    cells[names.indexOf("line_id")] = "L-CANARY";
    cells[names.indexOf("patient_id")] = patient;
    cells[names.indexOf("decision")] = "WITHDRAW";
    cells[names.indexOf("status")] = "ACTIVE";
    cells[names.indexOf("signed_at")] = "2026-01-02";
    return String.join(",", cells) + "\n";
  }

  @Test
  void aReleaseWhoseStatementEndedIsNotPackaged() {
    String job = Installation.read(place.job(JOB));
    try {
      Installation.write(
          place.job(JOB),
          job.replace(
              "consent:\n",
              "attestation: {text: none, by: privacy officer, on: 2026-01-01, expiresOn:"
                  + " 2026-01-02}\nconsent:\n"));

      Answer answer = place.call("package", release, "--to", KEY);

      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(12);
      assertThat(answer.err()).contains("ATTESTATION_EXPIRED");
    } finally {
      Installation.write(place.job(JOB), job);
    }
  }

  /** The same lines without a permit. */
  private static String withdrawingEveryone(String lines) {
    return lines.replace(",PERMIT,ACTIVE,", ",PERMIT,INACTIVE,");
  }

  @Test
  void aChangedReleaseIsNotPackaged() throws IOException {
    Path data = data("visits");
    byte[] before = Files.readAllBytes(data);
    Path packed = file("changed.zip.age");
    try {
      Files.writeString(data, "x", StandardOpenOption.APPEND);

      Answer answer = place.call("package", release, "--to", KEY, "--output", packed.toString());

      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(20);
      assertThat(packed).doesNotExist();
    } finally {
      Files.write(data, before);
    }
  }

  @Test
  void whatWasToBeDestroyedIsOverdueFromTheNextDayOn() {
    StateFolder state = new StateFolder(place.home());
    Register register = Register.of(state, Ledger.read(state), zone());

    assertThat(register.overdue(LocalDate.of(2040, 6, 30)).disclosures()).isEmpty();
    List<Register.Disclosed> overdue = register.overdue(LocalDate.of(2040, 7, 1)).disclosures();
    assertThat(overdue).extracting(Register.Disclosed::name).containsExactly(release);
    assertThat(RegisterTable.toDo(overdue.get(0), LocalDate.of(2040, 7, 1)))
        .containsExactly(
            "overdue: was to be destroyed by 2040-06-30, which is not confirmed",
            "the agreement ended on 2039-12-31");
  }

  @Test
  void aRenewedAgreementCountsForWhatLeftBeforeAndAReplacedReleaseStays() {
    String job = Installation.read(place.job(JOB));
    String name = release.substring(release.indexOf('/') + 1);
    try {
      Installation.write(
          place.job(JOB),
          job.replace("expiresOn: 2039-12-31\n  permitted", "expiresOn: 2040-03-31\n  permitted"));
      assertThat(
              place
                  .call("run", "--replaces", name, "--threads", "2", place.job(JOB).toString())
                  .exitCode())
          .isEqualTo(3);
    } finally {
      Installation.write(place.job(JOB), job);
    }

    assertThat(place.call("register").out().lines())
        .filteredOn(line -> line.contains("agreement ends 2040-03-31"))
        .hasSize(2);
    assertThat(place.call("register", "--csv").out()).contains(name.replace("-r1", "-r2"));
    assertThat(place.call("package", release, "--to", KEY).err())
        .contains("it is not handed over: it is replaced by " + name.replace("-r1", "-r2"));
  }

  @Test
  void withoutTheExactManifestNothingIsListedOrHandedOver() {
    Installation.delete(place.home().resolve("manifests"));

    assertThat(place.call("register").exitCode()).isEqualTo(20);
    assertThat(place.call("package", release, "--to", KEY).exitCode()).isEqualTo(20);
  }

  @Test
  void aReleaseGetsNoFileOfOurs() {
    Path inside = place.release(JOB).resolve("release.zip.age");

    Answer answer = place.call("package", release, "--to", KEY, "--output", inside.toString());

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("PACKAGE_INSIDE");
    assertThat(inside).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age1wrong",
        "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ",
        "ssh-ed25519",
        "key.asc"
      })
  void otherKeysAreRefusedAndNotRepeated(String key) {
    Answer answer = place.call("package", release, "--to", key);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .contains("RECIPIENT_KEY")
        .doesNotContain(key + " ")
        .doesNotContain("QQQ");
  }

  @Test
  void aRecalledReleaseIsNotPackaged() throws IOException {
    Path consents = place.clinic("consents");
    String before = Installation.read(consents);
    try {
      Installation.write(consents, withdrawingEveryone(before));
      assertThat(place.call("recall").exitCode()).isZero();
    } finally {
      Installation.write(consents, before);
    }

    Answer answer = place.call("package", release, "--to", KEY);

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err()).contains("it is not handed over: a recall of it is open");
    assertThat(place.call("register").out()).contains("a recall is open");
  }

  /** A new key of OpenSSH that signed a document as a receipt, beside it as {@code .sig}. */
  private static Path signed(Path document) throws Exception {
    Path key = file("id-" + document.getFileName());
    for (Path old : List.of(key, Path.of(key + ".pub"), Path.of(document + ".sig"))) {
      Files.deleteIfExists(old);
    }
    Program.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).run();
    Program.of(
            "ssh-keygen",
            "-q",
            "-Y",
            "sign",
            "-n",
            "consentry-receipt",
            "-f",
            key.toString(),
            document.toString())
        .run();
    return key;
  }

  @Test
  void aSignedReceiptAndTheDestructionAreNoted() throws Exception {
    Path document = write("receipt.txt", "Received, B. Sample");
    Path key = signed(document);

    Answer received =
        place.call(
            "confirm",
            release,
            "received",
            "--document",
            document.toString(),
            "--signature",
            document + ".sig",
            "--key",
            key + ".pub");
    Answer destroyed =
        place.call("confirm", release, "destroyed", "--document", document.toString());

    assertThat(received.exitCode()).as(received.err()).isZero();
    assertThat(received.out()).contains("signed by SHA256:");
    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(place.call("register", "--ending", "9999d").out()).contains("0 releases");
    assertThat(place.call("package", release, "--to", KEY).exitCode()).isEqualTo(12);
    assertThat(
            place
                .call("confirm", release, "destroyed", "--document", document.toString())
                .exitCode())
        .isEqualTo(2);
    assertThat(
            place
                .call("confirm", release, "mistaken", "--document", document.toString())
                .exitCode())
        .isZero();
    assertThat(place.call("register", "--ending", "9999d").out()).contains("1 release.");
    assertThat(place.call("ledger", "verify", "--full").exitCode()).isZero();
  }

  @Test
  void theRecallOfADestroyedReleaseEnds() throws IOException {
    Path document = write("destroyed.txt", "All is destroyed");
    Path consents = place.clinic("consents");
    String before = Installation.read(consents);
    try {
      Installation.write(consents, withdrawingEveryone(before));
      assertThat(place.call("recall").out()).contains("1 list written");

      assertThat(
              place
                  .call("confirm", release, "destroyed", "--document", document.toString())
                  .exitCode())
          .isZero();

      assertThat(place.call("recall").out()).contains("nothing new to recall");
      assertThat(place.call("status").out()).doesNotContain("recall    ");
    } finally {
      Installation.write(consents, before);
    }
  }

  @Test
  void aSignatureOfAnotherDocumentIsRefused() throws Exception {
    Path document = write("other.txt", "Received");
    Path key = signed(document);
    Files.write(document, "Destroyed".getBytes(StandardCharsets.UTF_8));

    Answer answer =
        place.call(
            "confirm",
            release,
            "received",
            "--document",
            document.toString(),
            "--signature",
            document + ".sig",
            "--key",
            key + ".pub");

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(place.call("register", "--csv").out()).doesNotContain("signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001-01-01", "2199-01-01"})
  void aDayOnWhichItCannotHaveHappenedIsRefused(String day) {
    Path document = write("day.txt", "Received");

    Answer answer =
        place.call("confirm", release, "received", "--document", document.toString(), "--on", day);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("CONFIRMED_DAY");
  }
}

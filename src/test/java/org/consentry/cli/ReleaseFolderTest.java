package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.consentry.cli.SampleReleases.EYELID;
import static org.consentry.cli.SampleReleases.LIMITED;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.connector.Connectors;
import org.consentry.ledger.Attacker;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.Trust;
import org.consentry.release.Verification;
import org.consentry.testing.Browser;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The sample's release folders as their recipients meet them. */
final class ReleaseFolderTest {

  private static final SampleReleases RELEASES = SampleReleases.get();

  @TempDir Path place;

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void noCountOfWhatIsLeftOutCanBeComputedFromAllFilesOfTheRelease(String job) {
    List<Attacker.Unknown> unknowns = Attacker.attack(RELEASES.release(job));

    assertThat(unknowns).hasSizeGreaterThan(40);
    assertThat(unknowns).allMatch(unknown -> unknown.high() > unknown.low() || unknown.high() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void everyFileAndFolderOfTheReleaseHasTheTimeStampOfTheManifest(String job) throws IOException {
    Instant moment =
        Instant.parse(RELEASES.recipientManifest(job).path("release").path("createdAt").asString())
            .truncatedTo(ChronoUnit.SECONDS);

    try (Stream<Path> walk = Files.walk(RELEASES.release(job))) {
      assertThat(walk.map(ReleaseFolderTest::time)).hasSizeGreaterThan(20).containsOnly(moment);
    }
  }

  private static Instant time(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void theManifestOfTheSampleIsPrintedOnFourSheetsAndItsCodebookOnFew() throws Exception {
    Browser browser = new Browser(place);
    assumeThat(browser.isHere()).as("skipped: there is no chromium on this machine").isTrue();
    Path release = RELEASES.release(EYELID);

    assertThat(browser.sheets(Files.readAllBytes(release.resolve("manifest.html"))))
        .isBetween(2, 4);
    assertThat(browser.sheets(Files.readAllBytes(release.resolve("codebook.html"))))
        .isBetween(2, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theDataPackageKeepsTheRulesOfDataPackageVersion2(String job) {
    String text = Installation.read(RELEASES.release(job).resolve("datapackage.json"));
    String rules = Installation.read(Path.of("src/test/resources/data-package/rules-2.0.json"));

    assertThat(violations(rules, text)).isEmpty();
    assertThat(violations(rules, text.replace("sha256:", ""))).isNotEmpty();
    assertThat(violations(rules, text.replace("\"resources\"", "\"files\""))).isNotEmpty();
    assertThat(violations(rules, text.replace("\"type\" : \"string\"", "\"type\" : \"code\"")))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theDataPackageIsValidByItsPublishedProfile(String job) {
    Path profile =
        Path.of(System.getProperty("consentry.shared.data", "absent"))
            .resolve("datapackage/profiles/2.0/datapackage.json");
    assumeThat(profile).as("skipped: the published profile is not on this machine").exists();

    String text = Installation.read(RELEASES.release(job).resolve("datapackage.json"));

    assertThat(violations(Installation.read(profile), text)).isEmpty();
  }

  private static List<String> violations(String rules, String text) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(rules, InputFormat.JSON);
    return schema.validate(text, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  @Test
  void theEighteenIdentifiersAreListedWithTheirColumns() {
    JsonNode manifest = RELEASES.recipientManifest(EYELID);

    Map<String, String> listed = new TreeMap<>();
    for (JsonNode identifier : manifest.get("identifiers")) {
      List<String> columns = new ArrayList<>();
      for (JsonNode column : identifier.get("columns")) {
        columns.add(column.get("table").asString() + "." + column.get("column").asString());
      }
      listed.put(identifier.get("letter").asString(), String.join(" ", columns));
    }
    assertThat(listed.keySet()).containsExactly("ABCDEFGHIJKLMNOPQR".split(""));
    assertThat(listed).containsEntry("E", "").containsEntry("G", "patients.ssn");
    assertThat(listed.get("B")).contains("patients.zip");
    assertThat(listed.get("C")).contains("patients.date_of_birth").contains("visits.visited_on");
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void aFlippedByteInAnyFileIsNoticed(String job) throws IOException {
    Path copy = copy(job);
    for (Path file : Installation.files(copy)) {
      byte[] bytes = Files.readAllBytes(file);
      byte[] damaged = bytes.clone();
      damaged[bytes.length / 3] ^= 4;
      Files.write(file, damaged);

      assertThat(verify(copy, job).assurance())
          .as(file.toString())
          .isEqualTo(Verification.Assurance.BROKEN);

      Files.write(file, bytes);
    }
    assertThat(verify(copy, job).findings()).isEmpty();
  }

  @Test
  void whatIsWrongFitsOnOneScreen() throws IOException {
    Path copy = copy(LIMITED);
    for (int i = 0; i < 40; i++) {
      Installation.write(copy.resolve("surplus-" + (10 + i)), "x");
    }

    Answer answer = RELEASES.place().call("verify", copy.toString());

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err().lines()).hasSize(13);
    assertThat(answer.err().lines())
        .first()
        .isEqualTo("surplus-10: error SURPLUS the file is not part of the release; remove it");
    assertThat(answer.err().lines())
        .last()
        .isEqualTo("and 28 more findings; --json lists them all");
    assertThat(answer.out().lines()).hasSizeLessThan(10).first().isEqualTo("not verified");
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theLinesForPandasOpenEveryTable(String job) throws Exception {
    String needs = job.equals(EYELID) ? "import pandas, pyarrow" : "import pandas";
    assumeThat(output(place, "python3", "-c", needs))
        .as("skipped: python3 with %s is not on this machine", needs)
        .contains("exit 0");

    Path release = RELEASES.release(job);
    String script = Installation.read(release.resolve("load/load.py"));
    String print =
        "visits = tables['visits']\n"
            + "print(len(tables['patients']), len(visits), visits['visit_id'].dtype != 'float64')";
    Installation.write(place.resolve("load.py"), script + print + "\n");

    assertThat(output(release, "python3", place.resolve("load.py").toString()))
        .isEqualTo(rows(job, "patients") + " " + rows(job, "visits") + " True\nexit 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theLinesForROpenEveryTable(String job) throws Exception {
    String needs = job.equals(EYELID) ? "library(arrow)" : "1";
    assumeThat(output(place, "Rscript", "-e", needs))
        .as("skipped: R with %s is not on this machine", needs)
        .contains("exit 0");

    Path release = RELEASES.release(job);
    String script = Installation.read(release.resolve("load/load.R"));
    String print =
        "cat(nrow(tables$patients), nrow(tables$visits), is.character(tables$visits$visit_id))";
    Installation.write(place.resolve("load.R"), script + print + "\n");

    assertThat(output(release, "Rscript", place.resolve("load.R").toString()))
        .isEqualTo(rows(job, "patients") + " " + rows(job, "visits") + " TRUE\nexit 0");
  }

  /**
   * The page's own policy lets its one style through; a browser would complain of anything else.
   */
  @Test
  void aBrowserTakesThePageByItsOwnPolicyAndPrintsIt() throws Exception {
    assumeThat(output(place, "chromium", "--version"))
        .as("skipped: there is no chromium on this machine")
        .contains("exit 0");
    String page = Installation.read(RELEASES.release(EYELID).resolve("manifest.html"));
    Installation.write(place.resolve("page.html"), page);
    Installation.write(
        place.resolve("other.html"), page.replaceFirst("--ink:#1a2230", "--ink:red"));

    assertThat(printed("page")).doesNotContain("CONSOLE").endsWith("exit 0");
    assertThat(printed("other")).contains("CONSOLE").contains("Content Security Policy");

    String codebook = Installation.read(RELEASES.release(EYELID).resolve("codebook.html"));
    Installation.write(place.resolve("codebook.html"), codebook);
    assertThat(printed("codebook")).doesNotContain("CONSOLE").endsWith("exit 0");

    byte[] paper = Files.readAllBytes(place.resolve("page.pdf"));
    assertThat(new String(paper, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  private String printed(String page) throws InterruptedException {
    return output(
        place,
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--enable-logging=stderr",
        "--user-data-dir=" + place.resolve("browser"),
        "--no-pdf-header-footer",
        "--print-to-pdf=" + place.resolve(page + ".pdf"),
        place.resolve(page + ".html").toUri().toString());
  }

  private static long rows(String job, String table) {
    return SampleReleases.table(RELEASES.internalManifest(job), table)
        .get("rows")
        .get("released")
        .asLong();
  }

  /** What a command prints, and its exit code; {@code absent} when there is no such command. */
  private static String output(Path folder, String... command) throws InterruptedException {
    try {
      Program.Ended ended = Program.of(command).in(folder).run();
      return ended.text().strip() + "\nexit " + ended.exitCode();
    } catch (IOException absent) {
      return "absent";
    }
  }

  private Path copy(String job) throws IOException {
    Path copy = Files.createDirectory(place.resolve("copy-of-" + job)).toRealPath();
    for (Path file : Installation.files(RELEASES.release(job))) {
      Path target = copy.resolve(RELEASES.release(job).relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return copy;
  }

  private static Verification verify(Path folder, String job) {
    String pinned =
        RELEASES.recipientManifest(job).get("inputs").get("keys").get("signing key").asString();
    return ReleaseVerifier.verify(
        folder, new Trust.Fingerprint(pinned), Connectors.SHIPPED::content);
  }
}

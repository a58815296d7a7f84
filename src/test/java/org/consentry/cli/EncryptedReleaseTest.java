package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.consentry.data.PartContent;
import org.consentry.plan.Catalogue;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Releases whose data files are encrypted to the recipient, who opens them with age itself. */
final class EncryptedReleaseTest {

  private static final String JOB = "eyelid-outcomes";

  /** Shorter cells, and words without a digit, are in pages by chance. */
  private static final int LONG_ENOUGH = 6;

  @TempDir private static Path folder;
  private static Installation place;
  private static Path release;
  private static Path key;

  @BeforeAll
  static void publish() throws Exception {
    assumeTrue(Program.isInstalled("age"), "skipped: age is not installed");
    place = SmallSample.in(folder.toRealPath());
    key = folder.toRealPath().resolve("recipient.txt");
    Program.of("age-keygen", "-o", key.toString()).run();
    place.replace(place.job(JOB), "\nrecipient:\n", "\nrecipient:\n  key: " + publicKey() + "\n");
    place.replace(place.job(JOB), "format: parquet", "format: both");
    Answer answer = place.run(JOB);
    assertThat(answer.exitCode()).as(answer.err()).isIn(0, 3);
    release = place.release(JOB);
    place.keepCopy();
  }

  @BeforeEach
  void begin() {
    place.restoreCopy();
  }

  private static String publicKey() throws Exception {
    return Program.of("age-keygen", "-y", key.toString()).run().out().strip();
  }

  private static JsonNode json(String name) {
    return JsonMapper.shared().readTree(Installation.read(release.resolve(name)));
  }

  /** A copy of the release in which the command of its README was run. */
  private static Path decrypted() throws Exception {
    Path copy = folder.toRealPath().resolve("decrypted");
    if (!Files.exists(copy)) {
      Installation.copy(release, copy);
      String command =
          Installation.read(release.resolve("README.md"))
              .lines()
              .filter(line -> line.startsWith("find ."))
              .findFirst()
              .orElseThrow()
              .replace("KEY", key.toString());
      Program.Ended ended = Program.shell(command).in(copy).run();
      assertThat(ended.exitCode()).as(ended.text()).isZero();
    }
    return copy;
  }

  @Test
  void everyDataFileIsAFileOfAgeAndNoneIsPlain() {
    List<Path> files = Installation.files(release.resolve("data"));

    assertThat(files).hasSize(8);
    for (Path file : files) {
      assertThat(file.toString()).endsWith(".age");
      assertThat(first(file, 22)).isEqualTo("age-encryption.org/v1\n");
    }
  }

  private static String first(Path file, int bytes) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void theCommandOfTheReadmeOpensWhatTheManifestStates() throws Exception {
    Path open = decrypted();

    int files = 0;
    for (JsonNode table : json("manifest.json").path("predicate").path("tables")) {
      List<String> columns =
          table
              .path("columns")
              .valueStream()
              .filter(column -> column.path("released").isObject())
              .map(column -> column.path("released").path("name").asString())
              .toList();
      for (JsonNode file : table.path("files")) {
        assertThat(file.path("encryption").asString()).isEqualTo("age");
        String name = file.path("name").asString();
        Path plain = open.resolve(name.substring(0, name.length() - ".age".length()));
        if (file.path("format").asString().equals("csv")) {
          List<CSVRecord> rows = rows(plain);
          assertThat(rows.get(0).toList()).isEqualTo(columns);
          assertThat(rows).hasSize((int) file.path("rows").asLong() + 1);
        } else {
          PartContent content = Catalogue.SHIPPED.content(plain, "parquet").orElseThrow();
          assertThat(content.names()).isEqualTo(columns);
          assertThat(content.rows()).isEqualTo(file.path("rows").asLong());
        }
        files++;
      }
    }
    assertThat(files).isEqualTo(8);
  }

  private static List<CSVRecord> rows(Path csv) throws IOException {
    try (CSVParser parser = CSVFormat.RFC4180.parse(Files.newBufferedReader(csv))) {
      return parser.getRecords();
    }
  }

  @Test
  void theFilesBesideTheDataHaveNoCellAndNoFigureOfAColumn() throws Exception {
    Set<String> cells = new TreeSet<>();
    for (Path csv : Installation.files(decrypted().resolve("data"))) {
      if (csv.toString().endsWith(".csv")) {
        List<CSVRecord> rows = rows(csv);
        rows.subList(1, rows.size()).forEach(row -> row.forEach(cells::add));
      }
    }
    Set<String> stated = new TreeSet<>();
    json("datapackage.json")
        .findValues("enum")
        .forEach(list -> list.forEach(v -> stated.add(v.asString())));
    cells.removeAll(stated);
    cells.removeIf(cell -> cell.length() < LONG_ENOUGH || !cell.matches("(?s).*[0-9].*"));
    assertThat(cells).hasSizeGreaterThan(100);

    for (Path file : Installation.files(release)) {
      if (!file.startsWith(release.resolve("data"))) {
        String text = Installation.read(file);
        assertThat(cells.stream().filter(text::contains).toList()).as("%s", file).isEmpty();
      }
    }
    assertThat(json("datapackage.json").findValues("consentry:figures")).isEmpty();
    assertThat(Installation.read(release.resolve("codebook.html"))).doesNotContain("quantile");
  }

  @Test
  void verifyPassesAndReportsWhatItCannotCount() {
    Answer answer = place.call("verify", release.toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("verified: nothing was changed since a trusted signer signed it\n")
        .contains("\nrows and columns were not checked in 8 files, encrypted to the recipient\n")
        .contains("\nscan: passed\n");
  }

  @Test
  void verifyFindsAChangedFileAndADecryptedOne() throws Exception {
    Path one = release.resolve("data/visits.csv.age");
    Files.write(one, "x".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    Installation.write(release.resolve("data/visits.csv"), "a\n");

    Answer answer = place.call("verify", release.toString());

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .contains("data/visits.csv.age: error DIGEST ")
        .contains("data/visits.csv: error SURPLUS ");
  }

  @Test
  void theDataPackageNamesTheFilesAndHowTheyAreOpened() {
    List<JsonNode> resources = json("datapackage.json").path("resources").valueStream().toList();

    assertThat(resources).hasSize(8);
    JsonNode visits =
        resources.stream()
            .filter(one -> one.path("name").asString().equals("visits"))
            .findFirst()
            .orElseThrow();
    assertThat(visits.path("path").asString()).isEqualTo("data/visits.csv.age");
    assertThat(visits.path("mediatype").asString()).isEqualTo("application/age");
    assertThat(visits.path("format").asString()).isEqualTo("age");
    assertThat(visits.path("consentry:encrypted").path("mediatype").asString())
        .isEqualTo("text/csv");
    assertThat(visits.path("consentry:encrypted").path("decryptBy").asString())
        .startsWith("find . -name '*.age' ");
    assertThat(release.resolve("croissant.json")).doesNotExist();
    assertThat(Installation.read(release.resolve("README.md"))).doesNotContain("croissant");
  }

  @Test
  void scriptsReadWhatWasDecryptedAndSaySo() {
    for (String script :
        List.of("load.R", "load.py", "load.sql", "load.do", "load.sps", "load.sas")) {
      assertThat(Installation.read(release.resolve("load").resolve(script)))
          .as(script)
          .contains("The files are encrypted: decrypt them first, by the command in README.md")
          .doesNotContain(".age");
    }
  }

  @Test
  void theDataPackageIsValidByItsPublishedProfile() {
    Path profile =
        Path.of(System.getProperty("consentry.shared.data", "absent"))
            .resolve("datapackage/profiles/2.0/datapackage.json");
    assumeTrue(Files.exists(profile), "skipped: the published profile is not on this machine");
    Schema rules =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Installation.read(profile), InputFormat.JSON);

    String text = Installation.read(release.resolve("datapackage.json"));

    assertThat(rules.validate(text, InputFormat.JSON)).isEmpty();
  }

  @Test
  void aScriptLoadsWhatWasDecrypted() throws Exception {
    Path open = decrypted();
    String script =
        Installation.read(open.resolve("load/load.sql")).replace("'data/", "'" + open + "/data/");

    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(script);
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM visits")) {
        count.next();
        JsonNode visits = json("manifest.json").at("/predicate/tables/1");
        assertThat(visits.path("name").asString()).isEqualTo("visits");
        assertThat(count.getLong(1)).isEqualTo(visits.at("/rows/released").asLong()).isPositive();
      }
    }
  }

  @Test
  void scanReportsThatItCannotReadThem() {
    Answer answer = place.call("scan", release.toString(), "--against", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(answer.out() + answer.err())
        .contains("data/visits.csv.age")
        .contains("the file could not be searched (encrypted)");
  }

  @Test
  void theSameDataIsNotReleasedAgain() {
    place.replace(place.job(JOB), "\nscan:", "\nskipUnchanged: yes\nscan:");
    try {
      Answer again = place.run(JOB);

      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("no release");
      assertThat(place.releases(JOB)).hasSize(1);
    } finally {
      place.replace(place.job(JOB), "\nskipUnchanged: yes\nscan:", "\nscan:");
    }
  }

  @Test
  void theNextReleaseStatesWhetherTheDataChanged() {
    assertThat(place.run(JOB).exitCode()).isIn(0, 3);
    Path next = place.release(JOB);

    Answer diff = place.call("diff", release.toString(), next.toString());

    assertThat(diff.out()).contains("Same data as " + release.getFileName());
    assertThat(Installation.read(next.resolve("CHANGES.md")))
        .contains("Same data as " + release.getFileName());
    assertThat(Installation.digests(next.resolve("data")))
        .isNotEqualTo(Installation.digests(release.resolve("data")));
  }

  @Test
  void programsOfTheRecipientBreakWhenFilesAreNotEncryptedAnyMore() throws Exception {
    String line = "  key: " + publicKey() + "\n";
    place.replace(place.job(JOB), line, "");
    try {
      Answer plain = place.run(JOB);

      assertThat(plain.exitCode()).isEqualTo(13);
      assertThat(plain.err()).contains("format of files removed: csv.age");
    } finally {
      place.replace(place.job(JOB), "\nrecipient:\n", "\nrecipient:\n" + line);
    }
  }
}

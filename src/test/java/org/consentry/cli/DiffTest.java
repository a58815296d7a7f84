package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.data.Change;
import org.consentry.data.EnumWord;
import org.consentry.export.RunKeys;
import org.consentry.followup.Runs;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ComparedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What changed since the last release, and what needs a person's word. */
final class DiffTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String ZIP_RULE =
      """
            zip:
              role: quasi-identifier
              do: generalize
              to: zip3
              list: census-2020
              as: zip3
              type: code
              onInvalid: blank
              why: distance from the clinic, roughly
              label: First three digits of the ZIP code; 000 where 20,000 people or fewer live, or no person was counted
      """;

  @TempDir Path root;
  private Installation clinic;

  @BeforeEach
  void release() throws IOException {
    clinic = SmallSample.in(root.toRealPath());
    assertThat(run("--create-keys").exitCode()).isZero();
  }

  private Installation.Answer run(String... options) {
    return clinic.call(
        Stream.concat(Stream.of("run", clinic.job(JOB).toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private List<Path> releases() throws IOException {
    try (Stream<Path> list = Files.list(clinic.root().resolve("releases").resolve(JOB))) {
      return list.filter(one -> !one.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private Path mapping() {
    return clinic.root().resolve("mappings/clinic-safe-harbor.yaml");
  }

  private void replace(Path file, String old, String now) {
    String text = Installation.read(file);
    assertThat(text).contains(old);
    Installation.write(file, text.replace(old, now));
  }

  /** In the mapping and wherever the job needs the column. */
  private void dropZip() {
    replace(
        mapping(), ZIP_RULE, "      zip: {role: quasi-identifier, do: drop, why: not needed}\n");
    replace(mapping(), "version: 1\n", "version: 2\n");
    replace(clinic.job(JOB), ", patients.zip3]", "]");
  }

  @Test
  void theFirstReleaseHasNoChangesAndTheSecondNamesTheSameData() throws IOException {
    Installation.Answer second = run();

    List<Path> releases = releases();
    String name = releases.get(0).getFileName().toString();
    assertThat(releases.get(0).resolve("CHANGES.md")).doesNotExist();
    assertThat(Installation.read(releases.get(0).resolve("README.md")))
        .doesNotContain("CHANGES.md");
    String words =
        "Same data as "
            + name
            + ", except for codes that are valid in one release only (visits, procedures, proms).";
    assertThat(second.err()).contains(words);
    assertThat(Installation.read(releases.get(1).resolve("CHANGES.md")))
        .startsWith("# Changes since release " + name + "\n\n" + words + "\n")
        .contains("Nothing else changed.");
    assertThat(Installation.read(releases.get(1).resolve("README.md")))
        .contains("`CHANGES.md` lists what changed since release " + name + ".");
    assertThat(Installation.read(releases.get(1).resolve("SHA256SUMS"))).contains("  CHANGES.md\n");
    assertThat(Installation.read(releases.get(1).resolve("manifest.html"))).contains(words);
    assertThat(clinic.call("verify", releases.get(1).toString()).exitCode()).isZero();
    Installation.Answer diff =
        clinic.call("diff", releases.get(0).toString(), releases.get(1).toString());
    assertThat(diff.exitCode()).isZero();
    assertThat(diff.out()).contains(words);
  }

  @Test
  void anotherVisitOfTheSameRowIsOtherData() throws IOException {
    Map<String, String> visits = new HashMap<>(); // a visit of each patient
    Installation.read(clinic.clinic("visits"))
        .lines()
        .map(row -> row.split(",", -1))
        .filter(row -> row.length > 1 && row[0].matches("V\\d+"))
        .forEach(row -> visits.put(row[1], row[0]));
    String procedures = Installation.read(clinic.clinic("procedures"));
    String moved =
        procedures
            .lines()
            .map(
                row -> {
                  String[] cells = row.split(",", -1);
                  return cells.length > 3 && visits.containsKey(cells[2])
                      ? row.replace("," + cells[1] + ",", "," + visits.get(cells[2]) + ",")
                      : row;
                })
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(moved).isNotEqualTo(procedures);
    Installation.write(clinic.clinic("procedures"), moved);

    run();

    assertThat(Installation.read(releases().get(1).resolve("CHANGES.md")))
        .contains("Changed data: procedures.");
  }

  @Test
  void aColumnThatGoesNeedsAPersonsWord() throws IOException {
    dropZip();

    Installation.Answer refused = run();
    Installation.Answer planned = clinic.call("plan", clinic.job(JOB).toString());
    Installation.Answer validated = clinic.call("validate", clinic.job(JOB).toString());
    Installation.Answer accepted = run("--accept-breaking", "zip3 left the protocol");

    String name = releases().get(0).getFileName().toString();
    String problem =
        "BREAKING_CHANGE since release "
            + name
            + " the recipient would find: column removed: code; programs that load the data may"
            + " fail: undo it, or consentry run --accept-breaking REASON with a reason that the"
            + " recipient reads";
    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err())
        .contains("patients.zip3: error " + problem)
        .doesNotContain("deciding");
    assertThat(planned.err()).contains("patients.zip3: warning " + problem);
    assertThat(validated.out()).contains("patients.zip3: warning " + problem);
    assertThat(accepted.exitCode()).isZero();
    assertThat(Installation.read(releases().get(1).resolve("CHANGES.md")))
        .contains("- patients.zip3: column removed: code\n")
        .contains("The clinic's reason: zip3 left the protocol\n");
    assertThat(Installation.read(releases().get(1).resolve("manifest.json")))
        .contains("\"acceptedBecause\" : \"zip3 left the protocol\"");
    LedgerEntry entry = entries(LedgerEntry.Kind.ACCEPTED).get(0);
    assertThat(entry.fact(LedgerFact.REASON)).contains("zip3 left the protocol");
    assertThat(entry.fact(LedgerFact.BREAKING)).contains("patients.zip3: column removed: code");
    assertThat(run().exitCode()).isZero();
  }

  private List<LedgerEntry> entries(LedgerEntry.Kind kind) {
    return Ledger.read(new StateFolder(clinic.home())).entries(kind);
  }

  @Test
  void anUnchangedReleaseIsSkippedWhereTheJobAsks() throws IOException {
    replace(clinic.job(JOB), "zone: America/Phoenix", "zone: America/Phoenix\nskipUnchanged: yes");
    String name = releases().get(0).getFileName().toString();

    Installation.Answer skipped = run();

    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.out())
        .isEqualTo("no release: same data as " + name + ", so that no release was made\n");
    assertThat(releases()).hasSize(1);
    assertThat(new RunRecords(new StateFolder(clinic.home())).all())
        .filteredOn(record -> record.state() == RunRecord.State.UNCHANGED)
        .singleElement()
        .extracting(RunRecord::exitCode)
        .isEqualTo(0);
    assertThat(entries(LedgerEntry.Kind.UNCHANGED)).hasSize(1);
    assertThat(entries(LedgerEntry.Kind.PUBLISHED)).hasSize(1);
    assertThat(clinic.call("ledger", "verify").exitCode()).isZero();
    assertThat(run("--replaces", name).out()).startsWith("released ");
  }

  @Test
  void newTermsAreReleasedWithTheSameData() throws IOException {
    replace(clinic.job(JOB), "zone: America/Phoenix", "zone: America/Phoenix\nskipUnchanged: yes");
    replace(clinic.job(JOB), "expiresOn: 2039-12-31", "expiresOn: 2040-12-31");

    assertThat(run().out()).startsWith("released ");

    assertThat(Installation.read(releases().get(1).resolve("CHANGES.md")))
        .contains("- board: expires on 2039-12-31 -> 2040-12-31\n");
  }

  @Test
  void withoutTheLastManifestWhatBreaksIsNotKnown() throws IOException {
    Path first = releases().get(0);
    String run = entries(LedgerEntry.Kind.PUBLISHED).get(0).run();
    Files.delete(new StateFolder(clinic.home()).manifests(run).resolve("manifest.json"));
    Files.move(first, clinic.root().resolve("moved"));

    Installation.Answer refused = run();

    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err())
        .contains(
            "manifest published -> not in the state folder, nor where it was published, so that"
                + " changes are not known");
  }

  @Test
  void aBrokenReleaseIsNotCompared() throws IOException {
    run();
    Path first = releases().get(0);
    Installation.write(first.resolve("README.md"), "changed");

    Installation.Answer refused =
        clinic.call("diff", first.toString(), releases().get(1).toString());

    assertThat(refused.exitCode()).isEqualTo(20);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains(first + ": README.md: error DIGEST");
  }

  @Test
  void aKeyThatRepeatsEndsTheRunLaterAndResumeTakesTheReason() throws IOException {
    String name = releases().get(0).getFileName().toString();
    String visits = Installation.read(clinic.clinic("visits"));
    Installation.write(
        clinic.clinic("visits"), visits + visits.substring(visits.indexOf('\n') + 1));

    Installation.Answer refused = run();
    String run = clinic.newestRun().run();
    Installation.Answer again = clinic.call("resume", run);
    Installation.Answer accepted =
        clinic.call("resume", "--accept-breaking", "the source numbers visits again", run);

    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.err()).contains("visits: error BREAKING_CHANGE since release " + name);
    assertThat(again.exitCode()).isEqualTo(13);
    assertThat(accepted.exitCode()).as(accepted.err()).isLessThanOrEqualTo(3);
    assertThat(accepted.out()).startsWith("released ");
    assertThat(entries(LedgerEntry.Kind.ACCEPTED))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.run()).isEqualTo(run);
              assertThat(entry.fact(LedgerFact.REASON)).contains("the source numbers visits again");
              assertThat(entry.fact(LedgerFact.BREAKING).orElse("")).startsWith("visits: key ");
            });
    assertThat(Installation.read(releases().get(1).resolve("CHANGES.md")))
        .contains("The clinic's reason: the source numbers visits again\n");
  }

  /** What a process leaves that is killed after the ledger's entry and before anything else. */
  @Test
  void aKillAfterTheEntryOfAnUnchangedReleaseIsCompletedByTheNextStart() throws IOException {
    replace(clinic.job(JOB), "zone: America/Phoenix", "zone: America/Phoenix\nskipUnchanged: yes");
    assertThat(run().exitCode()).isZero();
    RunRecords records = new RunRecords(new StateFolder(clinic.home()));
    RunRecord ended = clinic.newestRun();
    records.write(ended.with(RunRecord.State.RUNNING, ended.updated(), "", 0));
    Staging staging = Staging.of(Path.of(ended.output()), ended.run());
    staging.prepare();
    Path key = RunKeys.oneTimeFile(staging);
    Installation.write(key, "a key");

    Installation.Answer next = run();

    assertThat(next.out()).contains("no release: same data as ");
    RunRecord settled = Runs.find(new StateFolder(clinic.home()), ended.run());
    assertThat(settled.state()).isEqualTo(RunRecord.State.UNCHANGED);
    assertThat(settled.message()).isEqualTo(ended.message());
    assertThat(settled.exitCode()).isEqualTo(ended.exitCode());
    assertThat(key).doesNotExist();
    assertThat(staging.folder()).doesNotExist();
    assertThat(entries(LedgerEntry.Kind.UNCHANGED)).as("one of each run").hasSize(2);
    assertThat(releases()).hasSize(1);
    Installation.Answer resumed = clinic.call("resume", ended.run());
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains("RUN_ENDED the run is UNCHANGED and cannot be resumed");
  }

  @Test
  void adoptedReleasesAreComparedAndTheNextOneWithTheNewestOfThem() throws IOException {
    replace(clinic.job(JOB), "expiresOn: 2039-12-31", "expiresOn: 2040-12-31");
    run();
    String home = root.toRealPath().resolve("another").toString();
    String signer =
        SigningKey.read(new KeyReference.InFile(clinic.root().resolve("keys/manifest-signing.pem")))
            .publicKey()
            .fingerprint();
    Path all = clinic.root().resolve("releases").resolve(JOB);
    List<Path> releases = releases();

    Installation.Answer adopted =
        Installation.execute(
            List.of("adopt", all.toString(), "--fingerprint", signer, "--home", home));
    Installation.Answer diff =
        Installation.execute(
            List.of(
                "diff", releases.get(0).toString(), releases.get(1).toString(), "--home", home));
    Installation.Answer next =
        Installation.execute(
            List.of(
                "run",
                "--accept-missing-restrictions",
                "the state folder was lost",
                "--home",
                home,
                clinic.job(JOB).toString()));

    assertThat(adopted.exitCode()).as(adopted.err()).isZero();
    assertThat(diff.exitCode()).as(diff.err()).isZero();
    assertThat(diff.out()).contains("board: expires on 2039-12-31 -> 2040-12-31");
    assertThat(next.exitCode()).as(next.err()).isLessThanOrEqualTo(3);
    assertThat(Installation.read(releases().get(2).resolve("CHANGES.md")))
        .startsWith("# Changes since release " + releases.get(1).getFileName());
  }

  @Test
  void programsGetWhatTheSchemaDescribes() throws IOException {
    replace(clinic.job(JOB), "expiresOn: 2039-12-31", "expiresOn: 2040-12-31");
    run();
    Path old = clinic.root().resolve("old.yaml");
    Installation.write(old, Installation.read(mapping()));
    dropZip();

    JsonNode releases = diff(releases().get(0), releases().get(1));
    JsonNode mappings = diff(old, mapping());
    JsonNode same = diff(old, old);

    for (JsonNode result : List.of(releases, mappings, same)) {
      assertThat(Events.errors(result.toString())).isEmpty();
    }
    assertThat(releases.path("changes").findValuesAsString("after")).contains("2040-12-31");
    assertThat(mappings.path("mayBreak").asBoolean()).isTrue();
    assertThat(same.path("differ").asBoolean()).isFalse();
    for (String wrong : List.of("shape", "kind", "differ", "changes", "data")) {
      ObjectNode without = releases.asObject().deepCopy();
      without.remove(wrong);
      assertThat(Events.errors(without.toString())).as(wrong).isNotEmpty();
    }
    assertThat(Events.errors(mappings.asObject().deepCopy().put("data", "x").toString()))
        .isNotEmpty();
  }

  private JsonNode diff(Path earlier, Path later) {
    return clinic.call("diff", "--json", earlier.toString(), later.toString()).results().get(0);
  }

  @Test
  void theSchemaHasEveryWordThatACommandPrints() {
    JsonNode schema = JsonMapper.shared().readTree(OutputSchema.text());
    JsonNode change = schema.at("/$defs/change/properties");

    assertThat(words(change.at("/part/enum")))
        .containsExactlyElementsOf(Stream.of(Change.Part.values()).map(EnumWord::of).toList());
    assertThat(words(change.at("/weight/enum")))
        .containsExactlyElementsOf(Stream.of(Change.Weight.values()).map(EnumWord::of).toList());
    assertThat(words(schema.at("/$defs/differences/properties/kind/enum")))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("release"),
                    Stream.of(ComparedFiles.Kind.values())
                        .map(kind -> kind.words().substring("a ".length())))
                .toList());
  }

  private static List<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void thingsOfDifferentKindsAreWrongUsage() throws IOException {
    Installation.Answer mixed =
        clinic.call("diff", releases().get(0).toString(), mapping().toString());

    assertThat(mixed.exitCode()).isEqualTo(2);
    assertThat(mixed.err())
        .contains(releases().get(0) + " is a release and " + mapping() + " is a mapping");
  }

  @Test
  void mappingsAreComparedInMeaning() {
    Path old = clinic.root().resolve("old.yaml");
    Installation.write(old, Installation.read(mapping()));
    dropZip();
    replace(mapping(), "unmapped: stop\n", "# a comment\n");

    Installation.Answer diff = clinic.call("diff", old.toString(), mapping().toString());
    Installation.Answer code =
        clinic.call("diff", "--exit-code", old.toString(), mapping().toString());
    Installation.Answer same = clinic.call("diff", "--exit-code", old.toString(), old.toString());

    assertThat(diff.exitCode()).isZero();
    assertThat(diff.out())
        .isEqualTo(
            """
            mapping: version 1 -> 2
            patients.zip: rule generalize (to zip3, list census-2020) -> drop (may break programs)
            patients.zip: why distance from the clinic, roughly -> not needed
            """);
    assertThat(code.exitCode()).isEqualTo(1);
    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).isEqualTo("no difference\n");
  }
}

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
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

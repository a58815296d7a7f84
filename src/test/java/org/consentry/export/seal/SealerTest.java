package org.consentry.export.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.data.Sha256;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release is called, what the ledger records of it, and what is left after it. */
final class SealerTest {

  private static final String JOB = "jobs/visits.yaml";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private LedgerEntry published() {
    return clinic.ledger().lastPublished("S-A").orElseThrow();
  }

  private String fact(LedgerFact fact) {
    return published().fact(fact).orElse("absent");
  }

  @Test
  void countsTheReleasesOfAJob() {
    assertThat(clinic.release(job)).isEqualTo(root.resolve("releases/visits/2026-11-23-r1"));
    assertThat(clinic.release(job)).isEqualTo(root.resolve("releases/visits/2026-11-23-r2"));
    clinic.on("2026-11-30");
    assertThat(clinic.release(job)).isEqualTo(root.resolve("releases/visits/2026-11-30-r3"));
  }

  @Test
  void countsForEachJob() {
    clinic.release(job);

    assertThat(clinic.release(clinic.job("other", "a", "uni", Basis.DE_IDENTIFIED)))
        .isEqualTo(root.resolve("releases/other/2026-11-23-r1"));
  }

  @Test
  void neverTakesAFolderThatIsThere() throws IOException {
    Files.createDirectories(root.resolve("releases/visits/2026-11-23-r1"));
    Files.createSymbolicLink(root.resolve("releases/visits/2026-11-23-r2"), Path.of("nowhere"));

    assertThat(clinic.release(job)).isEqualTo(root.resolve("releases/visits/2026-11-23-r3"));
  }

  @Test
  void neverTakesANameThatAStagedReleaseWasPromised() {
    clinic.append(JOB, "approval: {required: 1}");
    Path staged = clinic.release(job);
    clinic.edit(JOB, "approval: {required: 1}\n", "");

    Path published = clinic.release(job);

    assertThat(staged).isEqualTo(root.resolve("releases/visits/2026-11-23-r1")).doesNotExist();
    assertThat(published).isEqualTo(root.resolve("releases/visits/2026-11-23-r2")).isDirectory();
  }

  @Test
  void recordsAStagedReleaseWithItsTargetAndApprovers() {
    clinic.append(JOB, "approval: {required: 2}");

    clinic.release(job);

    LedgerEntry staged = clinic.ledger().entries(LedgerEntry.Kind.STAGED).get(0);
    assertThat(staged.fact(LedgerFact.TARGET))
        .contains(root.resolve("releases/visits/2026-11-23-r1").toString());
    assertThat(staged.fact(LedgerFact.REQUIRED)).contains("2");
    assertThat(staged.fact(LedgerFact.RELEASES_BEFORE)).contains("0");
    assertThat(staged.fact(LedgerFact.OPERATORS).orElseThrow()).contains("operator");
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.PUBLISHED)).isEmpty();
  }

  @Test
  void recordsWhoReceivedWhatForWhichPurpose() {
    clinic.release(job);

    assertThat(published().job()).isEqualTo("visits");
    assertThat(published().study()).isEqualTo("S-A");
    assertThat(fact(LedgerFact.RELEASE)).isEqualTo("2026-11-23-r1");
    assertThat(fact(LedgerFact.RECIPIENT)).isEqualTo("uni");
    assertThat(fact(LedgerFact.PURPOSE)).isEqualTo("CLINTRCH");
    assertThat(fact(LedgerFact.LEGAL_BASIS)).isEqualTo("DE_IDENTIFIED");
    assertThat(fact(LedgerFact.REQUESTED_BY)).isEqualTo("steward");
    assertThat(fact(LedgerFact.PUBLISHED_BY)).isEqualTo("operator");
    assertThat(fact(LedgerFact.CREATED_AT)).isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void recordsHowManySubjectsAndRowsWereReleased() {
    clinic.withdraws(1).denies(2);

    clinic.release(job);

    assertThat(fact(LedgerFact.SUBJECTS)).isEqualTo("18");
    assertThat(fact(LedgerFact.ROWS)).isEqualTo("36");
    assertThat(fact(LedgerFact.REJECTED)).isEqualTo("0");
  }

  @Test
  void countsRejectedRowsOfAllTables() {
    clinic
        .append(JOB, "rejects: {share: 0.5}")
        .append("clinic/visits.csv", "V-1,few", "V-2,few", "V-3,few");

    clinic.release(job);

    assertThat(fact(LedgerFact.REJECTED)).isEqualTo("3");
  }

  @Test
  void recordsTheDigestsOfWhatItSealed() throws IOException {
    Path folder = clinic.release(job);

    assertThat(fact(LedgerFact.MANIFEST_SHA256)).isEqualTo(digest(folder.resolve("manifest.json")));
    assertThat(fact(LedgerFact.SUMS_SHA256)).isEqualTo(digest(folder.resolve("SHA256SUMS")));
    assertThat(fact(LedgerFact.INTERNAL_MANIFEST_SHA256))
        .isEqualTo(digest(clinic.state().manifests("visits-1").resolve("manifest.internal.json")));
    assertThat(fact(LedgerFact.MEMBERSHIP_SHA256))
        .isEqualTo(digest(clinic.state().membership("visits-1")));
    assertThat(fact(LedgerFact.FIGURES_SHA256))
        .isEqualTo(digest(clinic.state().figures("visits-1")));
  }

  private static String digest(Path file) throws IOException {
    return Sha256.hex(Files.readAllBytes(file));
  }

  @Test
  void recordsTheNameOfTheReplacedReleaseOnlyWhenOneIs() {
    clinic.release(job);
    assertThat(fact(LedgerFact.REPLACES)).isEqualTo("absent");

    clinic.release(job, Optional.of("2026-11-23-r1"));

    assertThat(fact(LedgerFact.REPLACES)).isEqualTo("2026-11-23-r1");
  }

  @Test
  void recordsNoVaultWhereCodesAreMadeOnce() {
    clinic.release(clinic.job("visits", "a", "uni", Basis.ONE_TIME));
    assertThat(fact(LedgerFact.VAULT)).isEqualTo("absent");

    clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED));

    assertThat(fact(LedgerFact.VAULT)).contains("patient");
  }

  @Test
  void theLedgerContainsNoPatient() {
    clinic.denies(3).release(job);

    assertThat(SmallClinic.everything(clinic.state().home().resolve("ledger")))
        .doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void leavesNothingInStagingAndNoOneTimeKey() throws IOException {
    clinic.release(clinic.job("visits", "a", "uni", Basis.ONE_TIME));

    try (Stream<Path> left = Files.list(root.resolve("releases"))) {
      assertThat(left.filter(path -> !path.endsWith("visits")))
          .allSatisfy(
              path -> {
                try (Stream<Path> files = Files.walk(path)) {
                  assertThat(files.filter(Files::isRegularFile)).isEmpty();
                }
              });
    }
  }

  @Test
  void pinsTheSignerOfTheFirstRelease() throws IOException {
    assertThat(clinic.state().trustedSigners()).doesNotExist();

    clinic.release(job);
    String pinned = Files.readString(clinic.state().trustedSigners());
    clinic.release(job);

    assertThat(pinned.lines()).hasSize(1);
    assertThat(clinic.state().trustedSigners()).hasContent(pinned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@sum"})
  void refusesFormulasWhereTheJobStopsAtThem(String text) {
    clinic.edit(JOB, "format: csv", "format: csv, csv: {formulas: stop}");
    clinic.edit(
        "clinic/visits.csv",
        SmallClinic.id(3) + ",2022-05-05,ok",
        SmallClinic.id(3) + ",2022-05-05," + text);

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageEndingWith(
            "visits.yaml:18:39: error FORMULA_CELLS 1 cell of the released column 'finding' of"
                + " table 'visits' would run as a formula in a spreadsheet: the text begins with =,"
                + " +, -, @, a tab or a line break; recode or drop the column, repair the source,"
                + " or write formulas: report or escape")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void passesOverFormulasInRowsThatAreNotReleased() {
    clinic.withdraws(3);
    clinic.edit(JOB, "format: csv", "format: csv, csv: {formulas: stop}");
    clinic.edit(
        "clinic/visits.csv",
        SmallClinic.id(3) + ",2022-05-05,ok",
        SmallClinic.id(3) + ",2022-05-05,=1");

    assertThat(clinic.release(job)).isDirectory();
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of patients are those that a run would release, and the ledger knows who saw them. */
final class RealSampleTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root);
    clinic.patient(1, "2021-01-01", "2021-02-02").patient(2, "2022-02-02").patient(3, "2023-03-03");
    job = clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.append("jobs/visits.yaml", "zone: UTC");
  }

  private List<SampleRows> sample(int most) {
    ExportPlan plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
    try (StateSession session =
        StateSession.open(Environments.of(clinic, clinic::instant, new ArrayList<>()))) {
      return RealSample.of(plan, most, session);
    }
  }

  private static List<String> days(List<SampleRows> sample) {
    return sample.get(1).rows().stream().map(row -> row.get(2)).toList();
  }

  @Test
  void showsTheFirstRowsAsTheyWouldLeave() {
    List<SampleRows> sample = sample(2);

    assertThat(sample).extracting(SampleRows::table).containsExactly("patients", "visits");
    assertThat(sample.get(0).rows()).hasSize(2);
    assertThat(sample.get(1).columns())
        .containsExactly("visit_id", "patient_id", "visited_on", "finding");
    assertThat(days(sample)).containsExactly("2021-01-01", "2021-02-02");
    assertThat(sample.toString()).as("codes in place of ids").doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void consentDecidesAsInARun() {
    clinic.denies(1).permits(2, "2000-01-01", "2001-01-01", "*");

    List<SampleRows> sample = sample(10);

    assertThat(days(sample)).containsExactly("2023-03-03");
  }

  @Test
  void theLedgerHasWhoSawHowManyRowsOfWhichJobAndNoValue() {
    sample(2);

    LedgerEntry entry = Ledger.read(clinic.state()).entries(LedgerEntry.Kind.SAMPLED).get(0);
    assertThat(entry.job()).isEqualTo("visits");
    assertThat(entry.study()).isEqualTo("S-A");
    assertThat(entry.moment()).isEqualTo(clinic.instant());
    assertThat(entry.facts().keySet())
        .containsExactlyInAnyOrder(LedgerFact.ASKED_BY, LedgerFact.ROWS);
    assertThat(entry.fact(LedgerFact.ASKED_BY)).contains("operator");
    assertThat(entry.fact(LedgerFact.ROWS)).contains("4");
  }

  @Test
  void aLostRestrictionRefusesAsInARun() {
    clinic.denies(2).release(job);
    record("visits-1");
    clinic.withdraws(2);

    assertThatThrownBy(() -> sample(2)).hasMessageContaining("RESTRICTIONS_MISSING");
    assertThat(Ledger.read(clinic.state()).entries(LedgerEntry.Kind.SAMPLED)).isEmpty();
  }

  @Test
  void aForgottenMemoryOfRestrictionsRefusesAsInARun() throws IOException {
    clinic.denies(2).release(job);
    record("visits-1");
    assertThat(sample(2)).hasSize(2);
    DurableFiles.delete(clinic.state().restrictions());

    assertThatThrownBy(() -> sample(2))
        .hasMessageContaining("error RESTRICTIONS_FORGOTTEN the study has released before")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
    assertThat(Ledger.read(clinic.state()).entries(LedgerEntry.Kind.SAMPLED)).hasSize(1);
  }

  @Test
  void aRestoredStateRefusesAsInARun() {
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));

    assertThatThrownBy(() -> sample(2)).hasMessageContaining("error RESTRICTIONS_OLD");
    assertThat(Ledger.read(clinic.state()).entries(LedgerEntry.Kind.SAMPLED)).isEmpty();
  }

  private void record(String run) {
    String then = clinic.instant().toString();
    new RunRecords(clinic.state())
        .write(
            new RunRecord(
                run,
                "visits",
                "S-A",
                job.toString(),
                root.resolve("releases").toString(),
                RunRecord.State.PUBLISHED,
                then,
                then,
                clinic.now().toLocalDate().toString(),
                "",
                "",
                "",
                "",
                0,
                Map.of(),
                List.of("operator")));
  }

  @Test
  void givesNoRowThatTheLedgerCannotRecord() {
    ExportPlan plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
    LedgerForger forger = new LedgerForger(clinic.state());
    try (StateSession session =
        StateSession.open(Environments.of(clinic, clinic::instant, new ArrayList<>()))) {
      forger.refuseEntries();

      assertThatThrownBy(() -> RealSample.of(plan, 2, session)).hasMessageContaining("LEDGER");
    }
  }
}

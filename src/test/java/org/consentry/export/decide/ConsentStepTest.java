package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.export.Accepted;
import org.consentry.export.Parallel;
import org.consentry.export.RestrictionMemory;
import org.consentry.export.RunContext;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.consentry.testing.Notes;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run decides on a whole file of consent lines, or stops and reports what is missing. */
final class ConsentStepTest {

  private static final String JOB = "jobs/visits.yaml";
  private static final String CONSENTS = "clinic/consents.csv";

  @TempDir private Path root;
  private SmallClinic clinic;
  private final Notes notes = new Notes();

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20).denies(3);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private DecisionStep.ConsentResult decide() {
    return decide(Optional.empty());
  }

  private DecisionStep.ConsentResult decide(Optional<String> acceptedMissing) {
    ExportPlan plan = plan();
    Staging staging = Staging.of(plan.output(), "run-1");
    RunContext context =
        new RunContext(
            "run-1",
            "operator",
            List.of("operator"),
            Optional.empty(),
            new Accepted(acceptedMissing, Optional.empty()),
            clinic.state(),
            staging,
            clinic.ledger(),
            new Publisher(clinic.ledger(), clinic::instant),
            clinic::instant,
            ZoneOffset.UTC,
            "test",
            notes);
    Parallel parallel = Parallel.onCallingThread();
    DecisionStep step = new DecisionStep(plan.decide());
    return ConsentStep.decide(
        plan, step, step.sources(plan.consents(), parallel), context, parallel);
  }

  private ExportPlan plan() {
    return Planner.plan(
        root.resolve(JOB),
        clinic.now().toLocalDate(),
        clinic.now().toLocalDate(),
        Optional.empty());
  }

  @Test
  void decidesWhoPermits() {
    DecisionStep.ConsentResult consented = decide();

    assertThat(consented.subjects().keys().size()).isEqualTo(20);
    assertThat(consented.reading().lines()).isEqualTo(20);
    assertThat(consented.decisions().exclusionCodes()).hasSize(20);
  }

  @Test
  void refusesAFileThatLostADenial() {
    decide();
    clinic.edit(CONSENTS, ",DENY,", ",PERMIT,");

    assertThatThrownBy(this::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error RESTRICTIONS_MISSING")
        .hasMessageContaining("last seen on lines 15;")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void refusesItAgainUntilSomeoneAcceptsIt() {
    decide();
    clinic.withdraws(3);

    assertThatThrownBy(this::decide).hasMessageContaining("RESTRICTIONS_MISSING");
    assertThatThrownBy(this::decide).hasMessageContaining("RESTRICTIONS_MISSING");
    decide(Optional.of("the patient signed a new form"));

    assertThat(decide().reading().lines()).isEqualTo(19);
  }

  @Test
  void recordsWhoAcceptedWhatForWhichReason() {
    decide();
    clinic.withdraws(3);

    decide(Optional.of("the patient signed a new form"));

    LedgerEntry entry = clinic.ledger().entries(LedgerEntry.Kind.ACCEPTED).get(0);
    assertThat(entry.fact(LedgerFact.ASKED_BY)).contains("operator");
    assertThat(entry.fact(LedgerFact.ACCEPTED)).contains("RESTRICTIONS");
    assertThat(entry.fact(LedgerFact.REASON)).contains("the patient signed a new form");
    assertThat(entry.fact(LedgerFact.MISSING).orElseThrow())
        .startsWith("RESTRICTIONS_MISSING restrictions that earlier runs read are missing (1)");
    assertThat(notes.list())
        .containsExactly(
            "accepted: RESTRICTIONS_MISSING restrictions that earlier runs read are missing (1),"
                + " last seen on lines 15");
  }

  @Test
  void anAcceptanceIsNotRecordedWhenNothingIsMissing() {
    decide();

    decide(Optional.of("in case"));

    assertThat(clinic.ledger().entries(LedgerEntry.Kind.ACCEPTED)).isEmpty();
  }

  @Test
  void remembersNewRestrictionsOfARefusedFile() {
    decide();
    clinic.withdraws(3).denies(4);
    assertThatThrownBy(this::decide).hasMessageContaining("missing (1)");

    clinic.withdraws(4);

    assertThatThrownBy(this::decide).hasMessageContaining("missing (2)");
  }

  @Test
  void refusesAStudyThatReleasedBeforeAndRemembersNothing() throws IOException {
    clinic.release(root.resolve(JOB));
    forget();

    assertThatThrownBy(this::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error RESTRICTIONS_FORGOTTEN the study has released before, but what its runs read of"
                + " restrictions is not there; restore the folder from its newest backup");
    assertThatThrownBy(this::decide).hasMessageContaining("RESTRICTIONS_FORGOTTEN");
  }

  @Test
  void refusesARestoredStateUntilSomeoneAcceptsItAndRemembersWhatItReadMeanwhile() {
    decide();
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));

    assertThatThrownBy(this::decide)
        .hasMessageContaining(
            "error RESTRICTIONS_OLD the state folder was restored from a backup of"
                + " 2026-11-23T12:00:00Z, so denials and withdrawals that runs read after it are"
                + " not remembered; make sure that the consent lines of study S-A have every"
                + " denial and withdrawal, then once add --accept-missing-restrictions REASON to"
                + " consentry run or consentry recall")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
    clinic.denies(4);
    assertThatThrownBy(this::decide).hasMessageContaining("RESTRICTIONS_OLD");
    clinic.permits(4, "*", "*", "*");
    assertThatThrownBy(this::decide)
        .hasMessageContaining(
            "RESTRICTIONS_MISSING restrictions that earlier runs read are" + " missing (1)");
    clinic.denies(4);

    decide(Optional.of("compared with the paper"));

    assertThat(decide().decisions().exclusionCodes()).hasSize(20);
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));
    assertThatThrownBy(this::decide).hasMessageContaining("RESTRICTIONS_OLD");
  }

  @Test
  void anAcceptanceForOneStudyIsNoneForAnother() {
    clinic.ledger().append(clinic.instant(), LedgerEvent.restored(clinic.instant(), "operator"));
    decide(Optional.of("compared with the paper"));
    RestrictionMemory memory = new RestrictionMemory(clinic.state(), clinic.ledger());

    assertThat(memory.doubts("S-A")).isEmpty();
    assertThat(memory.doubts("S-B")).extracting(Problem::code).containsExactly("RESTRICTIONS_OLD");
  }

  private void forget() throws IOException {
    try (Stream<Path> files = Files.list(clinic.state().restrictions())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void refusesARestrictionOfAnUnknownPatient() {
    clinic.vanishes(3);

    assertThatThrownBy(this::decide)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            root
                + "/clinic/consents.csv: error RESTRICTION_OF_UNKNOWN_PATIENT 1 of 20 lines"
                + " restrict patients whom the subjects table does not know, not even by a similar"
                + " id")
        .hasMessageContaining(
            root + "/clinic/consents.csv:15: error RESTRICTION_OF_UNKNOWN_PATIENT")
        .hasMessageNotContaining(SmallClinic.CANARY);
  }

  @Test
  void countsARestrictionOfAnUnknownPatientWhereTheJobAllowsIt() {
    clinic.vanishes(3).edit(JOB, "consents.csv}", "consents.csv, unknownRestrictions: count}");

    assertThat(decide().reading().unknownRestrictions()).isEqualTo(1);
  }

  @Test
  void aPermitOfAnUnknownPatientStopsNothing() {
    clinic.vanishes(5);

    assertThat(decide().reading().unknownSubjects()).isEqualTo(1);
  }

  @Test
  void decidesForASubjectWithoutAStateFolder() {
    ExportPlan plan = plan();

    DecisionStep.ConsentResult consented =
        ConsentStep.decide(
            plan, new DecisionStep(plan.decide()), plan.request(clinic.now()), keys -> 2);

    assertThat(consented.decisions().explanation()).isPresent();
    assertThat(clinic.state().restrictions()).isEmptyDirectory();
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.data.Exclusion;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run decides as a run would, without keys and without writing. */
final class DryRunTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 6);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private DryRun dryRun() {
    ExportPlan plan = Planner.plan(job, clinic.now().toLocalDate());
    return DryRun.of(plan, clinic.now());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.sorted().toList();
    }
  }

  @Test
  void decidesAsARunDoes() {
    clinic.withdraws(2).withdraws(5);

    DryRun dry = dryRun();

    RunDecisions decided = new StageRun(clinic, job).decide();
    assertThat(dry.subjects()).isEqualTo(6);
    assertThat(dry.released()).isEqualTo(decided.decisions().cohort()).isEqualTo(4);
    assertThat(dry.excluded())
        .isEqualTo(decided.decisions().excluded())
        .isEqualTo(Map.of(Exclusion.NO_CONSENT, 2L));
  }

  @Test
  void listsTheSplitsOfEveryTable() {
    assertThat(dryRun().tables().stream().map(DryRun.TableShare::table))
        .containsExactlyInAnyOrder("patients", "visits");
  }

  @Test
  void reportsWhatWasReadOfTheConsentLines() {
    assertThat(dryRun().notes()).anyMatch(note -> note.contains("6 consent lines read"));
  }

  @Test
  void readsNoKeyAndWritesNothing() throws IOException {
    Files.delete(root.resolve("keys/a.key"));
    Files.delete(root.resolve("keys/signing.pem"));
    List<Path> before = files();

    dryRun();

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void refusesWhatARunRefuses() throws IOException {
    Path visits = root.resolve("clinic/patients.csv");
    Files.writeString(visits, Files.readString(visits) + "too,few\n");

    assertThatThrownBy(this::dryRun)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("patients.csv:8: error SUBJECT_ROW");
  }
}

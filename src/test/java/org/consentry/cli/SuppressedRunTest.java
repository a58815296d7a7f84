package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a run leaves out for a small group was not disclosed, whatever command is asked. */
final class SuppressedRunTest {

  private static final int MANY = 20;
  private static final int FEW = 3;

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    List<Visit> visits = new ArrayList<>();
    for (int patient = 0; patient < MANY + FEW; patient++) {
      visits.add(new Visit(patient, (patient < MANY ? 2020 : 2021) + "-05-05", "ok"));
    }
    clinic = new SmallClinic(root).patients(MANY + FEW, visits);
    job = clinic.job("years", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append("jobs/years.yaml", "zone: America/Phoenix");
  }

  private void rule(int k) {
    clinic.append(
        "jobs/years.yaml",
        "risk: {identity: [patients.sex, visits.visit_year], k: " + k + ", onViolation: suppress}");
  }

  private Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", clinic.state().home().toString()));
    return Installation.execute(all);
  }

  private Path release() throws IOException {
    try (var releases = Files.list(root.resolve("releases/years"))) {
      return releases.findFirst().orElseThrow();
    }
  }

  @Test
  void releasesAndAccountsForTheOthersOnly() throws IOException {
    rule(5);

    Answer run = call("run", job.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("3 of 23 released subjects are in groups of fewer than 5")
        .doesNotContain(SmallClinic.CANARY);
    assertThat(SmallClinic.codes(release())).hasSize(MANY);
    assertThat(SmallClinic.everything(release())).doesNotContain("2021,");
    assertThat(accounting(0).out()).contains("University");
    assertThat(accounting(MANY).err())
        .contains("no release of this state folder has a patient of this id");
    assertThat(call("verify", release().toString()).exitCode()).isZero();
    assertThat(call("ledger", "verify", "--full").exitCode()).isZero();
  }

  private Answer accounting(int patient) {
    return call("accounting", "--patient", SmallClinic.id(patient));
  }

  @Test
  void endsWithThirteenWhenNoOneIsLeft() {
    rule(50);

    Answer run = call("run", job.toString());

    assertThat(run.exitCode()).isEqualTo(13);
    assertThat(run.err()).contains("error NOTHING_TO_RELEASE 23 of 23 released subjects");
    assertThat(root.resolve("releases/years")).doesNotExist();
  }
}

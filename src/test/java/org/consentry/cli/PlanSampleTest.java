package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.testing.Program;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of patients are shown to a person at a terminal, and to nothing else. */
final class PlanSampleTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() throws IOException {
    clinic = new SmallClinic(root.toRealPath());
    clinic.patient(1, "2021-01-01").patient(2, "2022-02-02");
    job = clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.append("jobs/visits.yaml", "zone: UTC");
  }

  @AfterEach
  void noTerminal() {
    System.clearProperty(PlanCommand.INTERACTIVE);
  }

  private Answer plan(Path file, String... words) {
    List<String> all = new ArrayList<>(List.of("plan", "--home"));
    all.add(clinic.state().home().toString());
    all.addAll(List.of(words));
    all.add(file.toString());
    return Installation.execute(all);
  }

  /** The same in a process whose standard input and output are a terminal. */
  private Program.Ended onATerminal(String... words) throws IOException, InterruptedException {
    String script = "/usr/bin/script";
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(script)), "skipped: no " + script + " makes a terminal");
    List<String> all = new ArrayList<>(List.of("plan", "--home"));
    all.add(clinic.state().home().toString());
    all.addAll(List.of(words));
    all.add(job.toString());
    List<String> options = List.of("-D" + PlanCommand.INTERACTIVE + "=true");
    String line =
        Program.java(options, Main.class, all).words().stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return Program.of(script, "-qec", line, "/dev/null").run();
  }

  private int sampled() {
    return Ledger.read(clinic.state()).entries(LedgerEntry.Kind.SAMPLED).size();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void aNumberOfRowsIsCheckedBeforeAnythingIsRead(int rows) {
    assertThat(plan(Path.of("no-such-job.yaml"), "--sample", Integer.toString(rows)))
        .isEqualTo(
            new Answer(
                2,
                "",
                "--sample: error SAMPLE expected 1 to 100 rows but found "
                    + rows
                    + "; write --sample 5\n"));
  }

  @Test
  void realRowsAreShownOnATerminalAndRecorded() throws Exception {
    Program.Ended answer = onATerminal("--sample", "1", "--real");

    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.out().replace("\r\n", "\n"))
        .contains(
            "REAL rows of table visits, of patients",
            "  visit_id | patient_id | visited_on | finding")
        .containsPattern(
            "\n  V-[a-z2-7]{26} \\| P-[a-z2-7]{26} \\| 2021-01-01 \\| ok\n\nThe ledger records")
        .doesNotContain("2022-02-02", "SYNTHETIC", SmallClinic.CANARY);
    assertThat(sampled()).isEqualTo(1);
  }

  @Test
  void nothingThatACellHasSteersTheTerminal() throws Exception {
    clinic.edit("clinic/visits.csv", ",ok", ",\u001b[2J\u202eok");

    assertThat(onATerminal("--sample", "1", "--real").out())
        .contains("[2J ok")
        .doesNotContain("\u001b", "\u202e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aPipeOrARedirectionGetsNone(String stated) {
    System.setProperty(PlanCommand.INTERACTIVE, stated);

    Answer answer = plan(job, "--sample", "1", "--real");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "--real: error REAL_ROWS rows of patients are shown on a terminal alone, and standard"
                + " input or output is none; give the command on a terminal, without a pipe or a"
                + " redirection; without --real the rows are synthetic\n");
    assertThat(sampled()).isZero();
  }

  @Test
  void programsAndLogFilesGetNone() {
    System.setProperty(PlanCommand.INTERACTIVE, "true");
    Path log = root.resolve("plan.log");

    Answer json = plan(job, "--sample", "1", "--real", "--json");
    Answer logged = plan(job, "--sample", "1", "--real", "--log-file", log.toString());

    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.out())
        .contains("rows of patients are shown on a terminal alone, and --json would copy them")
        .doesNotContain("2021-01-01");
    assertThat(logged.exitCode()).isEqualTo(2);
    assertThat(logged.err()).contains("and --log-file would copy them; leave it out");
    assertThat(logged.out()).isEmpty();
    assertThat(Files.exists(log)).isFalse();
    assertThat(sampled()).isZero();
  }

  @Test
  void realAloneAsksHowManyRows() {
    assertThat(plan(job, "--real").err())
        .isEqualTo(
            "--real: error REAL_ROWS how many rows is not stated; write --sample 5 --real\n");
  }

  @Test
  void withoutRealTheRowsAreMadeUpAndNothingIsRecorded() {
    Answer answer = plan(job, "--sample", "1");

    assertThat(answer.out()).contains("SYNTHETIC rows of table visits").doesNotContain("REAL");
    assertThat(sampled()).isZero();
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was repaired in the source between a failure and a resume counts in every table. */
class RepairedSourceTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String BORN = "Female,1974-03-14,";
  private static final String BORN_EARLIER = "Female,1964-03-14,";

  @TempDir Path folder;

  @Test
  void aBirthDateCorrectedBeforeTheResumeChangesTheAgesOfRowsExtractedBefore() {
    Installation interrupted = Installation.in(folder.resolve("interrupted"));
    String proms = Installation.read(interrupted.clinic("proms"));
    Installation.write(interrupted.clinic("proms"), proms + "Q9,P1\r\n".repeat(50));
    assertThat(interrupted.run(JOB).exitCode()).isEqualTo(10);
    Installation.write(interrupted.clinic("proms"), proms);
    interrupted.replace(interrupted.clinic("patients"), BORN, BORN_EARLIER);
    RunRecord run = new RunRecords(new StateFolder(interrupted.home())).all().get(0);

    Installation.Answer resumed = interrupted.call("resume", run.run());

    Installation fresh = Installation.in(folder.resolve("fresh"));
    fresh.replace(fresh.clinic("patients"), BORN, BORN_EARLIER);
    assertThat(fresh.run(JOB).exitCode()).isZero();
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(ages(interrupted)).isEqualTo(ages(fresh));
  }

  private static List<String> ages(Installation installation) {
    try (Sql sql = Sql.ofRelease(installation.release(JOB))) {
      return sql.rows(
          "SELECT concat_ws(' ', visit_year, age_at_visit, count(*)) FROM visits GROUP BY"
              + " visit_year, age_at_visit ORDER BY ALL");
    }
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that was cut off is refused, however many bad rows the job tolerates. */
final class TruncatedTableTest {

  @TempDir Path folder;

  private ChainClinic clinic;

  @BeforeEach
  void write() throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
    for (int i = 1; i <= 12; i++) {
      clinic.row("patients", "P" + i, "1980-01-01");
      clinic.row("episodes", "E" + i, "P" + i, "2022-05-05");
      clinic.consent("L" + i, "P" + i, Map.of());
    }
    Path job = Path.of(clinic.job());
    Installation.write(
        job,
        Installation.read(job)
            .replace("mapping: map.yaml", "mapping: map.yaml\nrejects: {share: 0.5}"));
    clinic.write();
  }

  @Test
  void refusesATableThatEndsWithinItsLastRow() {
    cut("episodes", "P12,2022-05-05\n", "P12");

    Answer refused = clinic.call("run", "--create-keys", clinic.job());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .endsWith(
            "data/episodes.csv:13: error TABLE_CUT_OFF expected a whole last row but found the end"
                + " of the file within it; export or copy the table again; rejects: {share: ...}"
                + " never tolerates this\n");
    assertThat(clinic.file("releases/chain")).doesNotExist();
  }

  @Test
  void toleratesARaggedLastRowThatALineBreakEnds() {
    cut("episodes", "P12,2022-05-05\n", "P12\n");

    assertThat(clinic.call("run", "--create-keys", clinic.job()).exitCode()).isEqualTo(3);
  }

  @Test
  void takesAWholeLastRowWithoutALineBreak() {
    cut("episodes", "P12,2022-05-05\n", "P12,2022-05-05");

    assertThat(clinic.call("run", "--create-keys", clinic.job()).exitCode()).isZero();
  }

  @Test
  void refusesASubjectsTableThatEndsWithinItsLastRow() {
    cut("patients", "P12,1980-01-01\n", "P12");

    Answer refused = clinic.call("run", "--create-keys", clinic.job());

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .contains("data/patients.csv:13: error SUBJECT_ROW a row of the subjects table cannot be")
        .contains("TRUNCATED");
  }

  private void cut(String table, String end, String left) {
    Path file = clinic.file("data/" + table + ".csv");
    String text = Installation.read(file);
    assertThat(text).endsWith(end);
    Installation.write(file, text.substring(0, text.length() - end.length()) + left);
  }
}

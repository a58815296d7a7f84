package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validation reads the first rows of what a job reads, and shows no cell of them. */
final class FirstRowsTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir Path folder;

  private Installation place;

  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
  }

  private List<String> validate(int exitCode) {
    Answer answer = place.call("validate", place.job(JOB).toString());
    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(exitCode);
    return answer.out().replace(place.root() + "/", "").lines().toList();
  }

  @Test
  void anExampleLineIsOneProblem() {
    String line =
        Installation.read(place.clinic("consents")).lines().skip(1).findFirst().orElseThrow();
    place.append(
        place.clinic("consents"),
        "<id of a patient>"
            + line.substring(line.indexOf(',')).replace("PERMIT", "<PERMIT or DENY>"));

    assertThat(validate(10))
        .filteredOn(shown -> shown.contains("consents.csv:9:"))
        .singleElement()
        .asString()
        .contains("error CONSENT_EXAMPLE the line is an example");
  }

  @Test
  void rowsInAnotherEncodingAreAnsweredWithTheOneTheyLookLike() throws IOException {
    String visits = Installation.read(place.clinic("visits")).stripTrailing();
    Files.writeString(
        place.clinic("visits"),
        visits + "CANARY \u00fc\u00e4\u00f6\n",
        StandardCharsets.ISO_8859_1);

    assertThat(validate(10))
        .anyMatch(
            line ->
                line.contains("visits.csv:7: error REJECTED_ROWS 1 of 6 rows")
                    && line.contains("ENCODING 1 (line 7)")
                    && line.endsWith("set encoding: windows-1252 under source:"))
        .noneMatch(line -> line.contains("CANARY"));
  }

  @Test
  void everyKindOfMistakeIsReportedInOneRoundWithItsLines() {
    place.append(place.clinic("patients"), "CANARY,x");
    place.append(place.clinic("visits"), "CANARY,y");
    place.append(place.clinic("consents"), "CANARY,z");

    assertThat(validate(10))
        .contains(
            "sample-data/clinic/consents.csv:9: error CONSENT_RAGGED expected 28 fields but found"
                + " 2; a restriction may be lost here; repair the line",
            "sample-data/clinic/patients.csv:7: error SUBJECT_ROW 1 of the first 6 rows cannot"
                + " be used: RAGGED 1 (line 7); repair the rows, or export the table again",
            "sample-data/clinic/visits.csv:8: error REJECTED_ROWS 1 of 7 rows read cannot be used:"
                + " RAGGED 1 (line 8); tolerated is a share of 0.001; repair the rows, or raise"
                + " rejects: {share: ...} in the job")
        .noneMatch(line -> line.contains("CANARY"));
  }
}

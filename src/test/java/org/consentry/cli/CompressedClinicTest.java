package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample clinic with compressed CSV files. */
final class CompressedClinicTest {

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void compress() throws IOException {
    place = SmallSample.in(folder.resolve("clinic"));
    ClinicCompressed.use(place, LIMITED);
  }

  @Test
  void tablesAndConsentLinesAreValid() {
    Answer validate = place.call("validate", place.job(LIMITED).toString());

    assertThat(validate.exitCode()).as(validate.out() + validate.err()).isZero();
  }

  @Test
  void validateNamesATableThatIsCutOff() throws IOException {
    Path visits = ClinicCompressed.folder(place).resolve("visits.csv.zst");
    byte[] bytes = Files.readAllBytes(visits);
    Files.write(visits, Arrays.copyOf(bytes, 20));

    Answer validate = place.call("validate", place.job(LIMITED).toString());

    assertThat(validate.exitCode()).isEqualTo(10);
    assertThat(validate.out() + validate.err()).contains("visits.csv.zst: error COMPRESSION");
  }

  @Test
  void draftsAndProfilesAFolder() throws IOException {
    String data = ClinicCompressed.folder(place).toString();

    Answer profile = place.call("profile", "--from", data);
    Answer init = place.call("init", "--from", data, folder.resolve("first").toString());

    assertThat(profile.out()).contains("table visits: 534 rows", "table patients: 100 rows");
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(Files.readString(folder.resolve("first/mappings/first.yaml")))
        .contains("visits:", "patients:");
  }
}

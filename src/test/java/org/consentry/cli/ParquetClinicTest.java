package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose records are in Parquet files, one of which has a nested column that is dropped. */
final class ParquetClinicTest {

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void useParquet() throws SQLException {
    place = SmallSample.in(folder);
    ClinicParquet.use(place, LIMITED);
    ClinicParquet.nest(place, "patients", "mobile_phone");
  }

  @Test
  void otherCommandsReadParquet() {
    Answer validated = place.call("validate", job());
    Answer profiled = place.call("profile", job());

    assertThat(validated.exitCode()).as(validated.out() + validated.err()).isZero();
    assertThat(profiled.out()).contains("table patients: 100 rows");
  }

  @Test
  void stopsWhenAFileChangesBeforeItIsExtracted() {
    Answer answer = place.callAnd("extracting", this::change, "run", "--create-keys", job());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
    assertThat(answer.err()).contains("patients.parquet: error SOURCE_CHANGED");
    assertThat(place.releases(LIMITED)).isEmpty();
  }

  @Test
  void readsAFileAgainThatChangedBeforeTheResume() throws SQLException {
    Answer failed = place.callAnd("sealing", this::fail, "run", "--create-keys", job());
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
    Path proms = place.clinic("proms");
    Installation.write(proms, Installation.read(proms).lines().findFirst().orElseThrow() + "\n");
    ClinicParquet.write(proms, ClinicParquet.file(place, "proms"));

    Answer resumed = place.call("resume", place.newestRun().run());

    assertThat(resumed.exitCode()).as(resumed.err()).isIn(0, 3);
    assertThat(Installation.read(place.release(LIMITED).resolve("data/proms.csv")).lines())
        .hasSize(1);
  }

  private void fail() {
    throw new IllegalStateException("the machine fails here");
  }

  private void change() {
    Path patients = ClinicParquet.file(place, "patients");
    try {
      byte[] bytes = Files.readAllBytes(patients);
      bytes[bytes.length / 3] ^= 1;
      Files.write(patients, bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String job() {
    return place.job(LIMITED).toString();
  }
}

package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample clinic with compressed CSV files. */
final class CompressedClinicTest {

  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms");

  @TempDir private Path folder;

  private static void compress(Installation clinic) throws IOException {
    for (String table : TABLES) {
      Path file = clinic.clinic(table);
      byte[] bytes = Files.readAllBytes(file);
      if (table.equals("visits")) {
        Files.write(Path.of(file + ".zst"), Zstd.compress(bytes));
      } else {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(bytes);
        }
        Files.write(Path.of(file + ".gz"), out.toByteArray());
      }
      Files.delete(file);
    }
  }

  @Test
  void releasesTheSameBytes() throws IOException {
    Installation plain = SmallSample.in(folder.resolve("plain"));
    Installation compressed = SmallSample.in(folder.resolve("compressed"));
    compress(compressed);

    Answer expected = plain.run(LIMITED);
    Files.createDirectories(compressed.root().resolve("keys"));
    for (String key : List.of(LIMITED + ".key", "manifest-signing.pem")) {
      Files.copy(plain.root().resolve("keys/" + key), compressed.root().resolve("keys/" + key));
    }
    Answer answer = compressed.run(LIMITED);

    assertThat(expected.exitCode()).as(expected.err()).isEqualTo(3);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(3);
    assertThat(answer.err()).contains("photos.csv.gz:");
    for (String table : TABLES) {
      assertThat(compressed.release(LIMITED).resolve("data/" + table + ".csv"))
          .hasSameBinaryContentAs(plain.release(LIMITED).resolve("data/" + table + ".csv"));
    }
  }

  @Test
  void draftsAndProfilesAFolder() throws IOException {
    Installation clinic = SmallSample.in(folder.resolve("clinic"));
    compress(clinic);
    String data = folder.resolve("clinic/sample-data/clinic").toString();

    Answer profile = clinic.call("profile", "--from", data);
    Answer init = clinic.call("init", "--from", data, folder.resolve("first").toString());

    assertThat(profile.out()).contains("table visits: 534 rows", "table patients: 100 rows");
    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(Files.readString(folder.resolve("first/mappings/first.yaml")))
        .contains("visits:", "patients:");
  }
}

package org.consentry.cli;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Puts the CSV files of an installation, consent lines too, into compressed files. */
final class ClinicCompressed {

  private ClinicCompressed() {}

  static Path folder(Installation place) {
    return place.root().resolve("sample-data/compressed");
  }

  /** From now on a job reads compressed files: visits as zst, all others as gz. */
  static void use(Installation place, String job) throws IOException {
    Path folder = Files.createDirectory(folder(place));
    for (Path file : Installation.files(place.root().resolve("sample-data/clinic"))) {
      String name = String.valueOf(file.getFileName());
      if (name.equals("visits.csv")) {
        Files.write(folder.resolve(name + ".zst"), Zstd.compress(Files.readAllBytes(file)));
        continue;
      }
      try (OutputStream gzip =
          new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))) {
        Files.copy(file, gzip);
      }
    }
    Path text = place.job(job);
    place.replace(
        text, "sample-data/clinic/consents.csv", "sample-data/compressed/consents.csv.gz");
    place.replace(text, "sample-data/clinic", "sample-data/compressed");
  }
}

package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real export of Synthea with consents made here: of five people three permit. */
record SyntheaClinic(Installation installation, List<String> people) {

  static final String JOB = "synthea-safe-harbor";

  static final Path EXPORT =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "synthea-ma100/csv");

  /** Copies the export into an installation; skips the test when there is none. */
  static SyntheaClinic in(Path folder) throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(EXPORT),
        "skipped: no Synthea export; set consentry.shared.data to a folder with synthea-ma100/csv");
    Installation installation = Installation.in(folder);
    copyJob(folder);
    List<String> people = copyExport(folder);
    Installation.write(folder.resolve("synthea/consents.csv"), consents(people));
    return new SyntheaClinic(installation, people);
  }

  /** Copies the job of such an export into an installation. */
  static void copyJob(Path folder) throws IOException {
    String job = Installation.read(Path.of("sample-data/synthea", JOB + ".yaml"));
    Installation.write(folder.resolve("jobs").resolve(JOB + ".yaml"), job.replace("../../", "../"));
  }

  private static List<String> copyExport(Path folder) throws IOException {
    Path target = folder.resolve("synthea/csv");
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(EXPORT)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return Installation.read(target.resolve("patients.csv"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  /** Of five people three permit, one withdraws later, one gave no statement. */
  private static String consents(List<String> people) {
    StringBuilder text = new StringBuilder(header()).append('\n');
    for (int i = 0; i < people.size(); i++) {
      if (i % 5 < 4) {
        text.append("C").append(i).append(',').append(people.get(i));
        text.append(",PERMIT,ACTIVE,2020-01-02T09:00:00,2020-01-02T09:00:00,2020-01-02,,NONE,");
        text.append("BROAD_CONSENT,BROAD,1,").append("ab".repeat(32));
        text.append(",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,MA,paper\n");
      }
      if (i % 5 == 3) {
        text.append("W").append(i).append(',').append(people.get(i));
        text.append(",WITHDRAW,ACTIVE,2024-01-02T09:00:00,2024-01-02T09:00:00,,,,,,,,");
        text.append("PATIENT,,,,,,,,,,,,,MA,paper\n");
      }
    }
    return text.toString();
  }

  long permitted() {
    return (people.size() + 2) * 3L / 5;
  }

  private static String header() {
    return Installation.read(Path.of("sample-data/clinic/consents.csv")).lines().findFirst().get();
  }
}

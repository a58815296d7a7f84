package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person does with first drafts: every placeholder is replaced. */
final class Drafts {

  private static final Pattern PLACEHOLDER = Pattern.compile("<([a-zA-Z][^<>\\n]*)>");

  private Drafts() {}

  /** Fills jobs and mappings of a folder; returns the first job. */
  static Path filled(Path folder) {
    for (String name : List.of("jobs", "mappings")) {
      try (Stream<Path> files = Files.list(folder.resolve(name))) {
        files.filter(file -> file.toString().endsWith(".yaml")).forEach(Drafts::fill);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return folder.resolve("jobs/safe-harbor.yaml");
  }

  /** An example in place of a placeholder that has one, or else its words. */
  private static void fill(Path file) {
    Installation.write(
        file,
        PLACEHOLDER
            .matcher(Installation.read(file))
            .replaceAll(found -> found.group(1).replaceFirst(".* such as ", "")));
  }

  /** Gives patients a permit for all research, in the form of the example lines. */
  static void permitAll(Path consents, Stream<String> ids) {
    String header = Installation.read(consents).lines().findFirst().orElseThrow();
    String delimiter = header.substring("line_id".length(), "line_id".length() + 1);
    StringBuilder lines = new StringBuilder();
    for (String id : ids.toList()) {
      lines
          .append("\nC" + id + "," + id)
          .append(",PERMIT,ACTIVE,2026-01-31T09:30:00,2026-01-31T10:00:00,2026-01-31,2031-01-30,,")
          .append("HIPAA_AUTH,RES-AUTH,1.0," + "a".repeat(64))
          .append(",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,AZ,paper");
    }
    Installation.write(consents, header + lines.append('\n').toString().replace(",", delimiter));
  }
}

package org.consentry.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.consentry.export.PatientId;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a question is about. */
final class PatientOption {

  @Option(
      names = "--patient",
      paramLabel = "ID",
      description = "The patient's id; it remains in your shell's history.")
  private @Nullable String id;

  @Option(
      names = "--patient-file",
      paramLabel = "FILE",
      description = "A file with the id in its first line, or - for standard input.")
  private @Nullable Path file;

  /**
   * The id without blanks and a byte order mark at its ends.
   *
   * @throws ProblemException category USAGE when it cannot be read or is in quotes; the message
   *     does not repeat it
   */
  String id() {
    return PatientId.of(id != null ? id : read(), file == null ? "--patient" : file.toString());
  }

  private String read() {
    Path source = file == null ? Path.of("-") : file;
    try (BufferedReader lines =
        source.toString().equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            : Files.newBufferedReader(source, StandardCharsets.UTF_8)) {
      return Optional.ofNullable(lines.readLine()).orElse("");
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.USAGE,
          "PATIENT_FILE",
          Place.of(source),
          "the patient's id cannot be read",
          "give a file whose first line is the id, or - for standard input");
    }
  }
}

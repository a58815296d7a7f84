package org.consentry.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.JobFile;
import org.consentry.config.JobOutput;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.connector.Connectors;
import org.consentry.connector.Sink;
import org.consentry.problem.Problems;

/** Finds the formats that a job writes, and where. */
final class Outputs {

  private Outputs() {}

  /** The folder of releases; a problem when a file is in its place. */
  static Path folder(JobFile file, Problems problems) {
    WithPlace<Path> written = file.job().output().directory();
    Path folder = file.folder().resolve(written.value()).normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      problems.error(
          "NO_DIRECTORY",
          written.place(),
          "the place for releases is taken by a file",
          "name a folder");
    }
    return folder;
  }

  /** The formats; none after a problem was added. */
  static List<Sink> sinks(Connectors connectors, JobOutput output, Problems problems) {
    String word = output.format().value();
    Optional<List<Sink>> sinks = connectors.output(word);
    if (sinks.isEmpty()) {
      Suggestion.check("output format", output.format(), connectors.outputs(), problems);
      return List.of();
    }
    if (output.csv().isEmpty()) {
      return sinks.get();
    }
    if (sinks.get().stream().noneMatch(sink -> sink.escapingFormulas().isPresent())) {
      problems.error(
          "INVALID_VALUE",
          output.csv().get().formulas().place(),
          "csv belongs to format csv or both",
          "remove csv, or write format: csv");
    }
    return switch (output.csv().get().formulas().value()) {
      case REPORT, STOP -> sinks.get();
      case ESCAPE ->
          sinks.get().stream().map(sink -> sink.escapingFormulas().orElse(sink)).toList();
    };
  }
}

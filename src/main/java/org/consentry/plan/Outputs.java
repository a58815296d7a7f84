package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import org.consentry.config.JobOutput;
import org.consentry.config.Suggestion;
import org.consentry.connector.Connectors;
import org.consentry.connector.Sink;
import org.consentry.problem.Problems;

/** Finds the formats that a job writes. */
final class Outputs {

  private Outputs() {}

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

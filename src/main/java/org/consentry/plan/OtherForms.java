package org.consentry.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.connector.Connectors;
import org.consentry.problem.Address;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Forms of records that jobs read and {@code --from} does not. */
public final class OtherForms {

  private OtherForms() {}

  /**
   * Refuses an address of a database, and a folder of Parquet or FHIR files without a CSV file. An
   * address is not repeated: it may contain a password.
   *
   * @throws ProblemException of category FILES_INVALID
   */
  public static void refuse(Path from) {
    if (Address.is(from.toString()) && !Files.exists(from)) {
      throw refusal(
          "--from",
          "expected a folder of CSV files but found the address of a database",
          "export a few rows of each table as CSV files with a header and name their folder; then"
              + " write source: {type: jdbc, ...} into the jobs");
    }
    List<Path> files = files(from);
    if (files.stream().map(OtherForms::name).anyMatch(OtherForms::isTable)) {
      return;
    }
    List<String> names =
        Stream.concat(files.stream(), files.stream().flatMap(each -> files(each).stream()))
            .map(OtherForms::name)
            .toList();
    if (names.stream().anyMatch(name -> name.endsWith(".parquet"))) {
      throw refusal(
          Place.name(from),
          "expected a folder of CSV files but found Parquet files",
          "export a few rows of each table as CSV files, for example with DuckDB: COPY (SELECT *"
              + " FROM 'patients.parquet' LIMIT 1000) TO 'patients.csv'; then write source: {type:"
              + " parquet, path: ...} into the jobs");
    }
    if (names.stream().anyMatch(name -> name.endsWith(".ndjson"))) {
      throw refusal(
          Place.name(from),
          "expected a folder of CSV files but found FHIR resources",
          "begin with jobs/fhir-eyelid.yaml, mappings/fhir-safe-harbor.yaml and mappings/views");
    }
  }

  private static ProblemException refusal(String place, String message, String hint) {
    return ProblemException.of(Category.FILES_INVALID, "NO_CSV", Place.of(place), message, hint);
  }

  private static boolean isTable(String name) {
    return Connectors.csvTable(name).isPresent();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Files and folders of a folder; none of what is no folder, or cannot be read. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of(); // who reads the folder reports it
    }
  }
}

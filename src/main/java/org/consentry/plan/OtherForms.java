package org.consentry.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.connector.Connectors;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Forms of records that jobs read and {@code --from} does not. */
public final class OtherForms {

  private static final String ADDRESS = "jdbc:";

  private OtherForms() {}

  /**
   * Refuses an address of a database, and a folder of Parquet or FHIR files without a CSV file. An
   * address is not repeated: it may contain a password.
   *
   * @throws ProblemException of category FILES_INVALID
   */
  public static void refuse(Path from) {
    if (from.toString().startsWith(ADDRESS)) {
      throw refusal(
          "--from",
          "expected a folder of CSV files but found the address of a database",
          "export a few rows of each table as CSV files with a header and name their folder; then"
              + " write source: {type: jdbc, ...} into the jobs");
    }
    List<String> names = names(from);
    if (names.stream().anyMatch(name -> Connectors.csvTable(name).isPresent())) {
      return;
    }
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

  /** Files of a folder and of the folders in it; none of what is no folder. */
  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException unreadable) {
      return List.of(); // who reads the folder reports it
    }
  }
}

package org.consentry.connector.parquet.source;

import org.consentry.connector.FileProblems;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a Parquet file, in words. No message contains anything of its rows.
 *
 * @param file the file as people know it
 */
record ParquetProblems(String file) implements FileProblems {

  ProblemException noParquet(String message) {
    return invalid("NOT_PARQUET", 0, message, "export the table again; it may have been cut off");
  }

  ProblemException damaged(String message) {
    return invalid(
        "PARQUET_DAMAGED",
        0,
        message,
        "export the table again; it may have been cut off or changed");
  }
}

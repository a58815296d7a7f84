package org.consentry.connector.parquet.source;

import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a Parquet file, in words. No message contains anything of its rows.
 *
 * @param file the file as people know it
 */
record ParquetProblems(String file) {

  ProblemException unreadable() {
    return invalid(
        "UNREADABLE", "the file cannot be read", "check that it is a file and its permissions");
  }

  ProblemException interrupted() {
    return ProblemException.of(
        Category.TEMPORARY,
        "READ_FAILED",
        Place.of(file),
        "the file system failed while the file was read",
        "try again");
  }

  ProblemException changed() {
    return ProblemException.of(
        Category.STALE,
        "SOURCE_CHANGED",
        Place.of(file),
        "the file is not the one that was looked at when the run was planned",
        "do not write to the source while it is read, then start a new run");
  }

  ProblemException noParquet(String message) {
    return invalid("NOT_PARQUET", message, "export the table again; it may have been cut off");
  }

  ProblemException damaged(String message) {
    return invalid(
        "PARQUET_DAMAGED", message, "export the table again; it may have been cut off or changed");
  }

  ProblemException invalid(String code, String message, String hint) {
    return ProblemException.of(Category.FILES_INVALID, code, Place.of(file), message, hint);
  }
}

package org.consentry.connector.fhir;

import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a file of resources, in words. No message contains anything of the file's
 * content.
 *
 * @param file the file as people know it
 */
record FhirProblems(String file) {

  ProblemException unreadable() {
    return invalid(
        "UNREADABLE", 0, "the file cannot be read", "check that it is a file and its permissions");
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

  ProblemException tooLong(long line, int limit) {
    return invalid(
        "RECORD_TOO_LONG",
        line,
        "a resource begins here that is longer than " + limit + " bytes",
        "write one resource on each line");
  }

  ProblemException wrongType(long line, String expected) {
    return invalid(
        "RESOURCE_TYPE",
        line,
        "expected a resource of type " + expected + " but found another one, or none",
        "export each type of resource into files of its own");
  }

  /** What is wrong with a resource. */
  ProblemException resource(long line, Failure failure) {
    return invalid("RESOURCE", line, failure.message(), failure.hint());
  }

  private ProblemException invalid(String code, long line, String message, String hint) {
    return ProblemException.of(
        Category.FILES_INVALID, code, new Place(file, line, 0), message, hint);
  }
}

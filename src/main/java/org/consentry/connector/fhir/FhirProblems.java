package org.consentry.connector.fhir;

import org.consentry.connector.FileProblems;
import org.consentry.problem.ProblemException;

/**
 * What can be wrong with a file of resources, in words. No message contains anything of the file's
 * content.
 *
 * @param file the file as people know it
 */
record FhirProblems(String file) implements FileProblems {

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
}

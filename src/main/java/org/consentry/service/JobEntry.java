package org.consentry.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * A job file of the folder.
 *
 * @param job name of the job; that of the file while nothing else is known
 * @param file the file, absolute
 * @param schedule when it is due; of a file that is invalid, the last one that was valid
 * @param problems what is wrong with the file; empty when it is valid
 */
record JobEntry(String job, Path file, Optional<JobSchedule> schedule, List<Problem> problems) {

  private static final String TWICE = "JOB_NAME_TWICE";

  JobEntry {
    problems = List.copyOf(problems);
  }

  /** The same job while another file has its name: which of them is meant is not known. */
  JobEntry beside(Path other) {
    Problem twice =
        Problem.error(
            TWICE,
            Place.of(other),
            "this job has the name of the job in " + Place.name(file),
            "give one of them another name; neither is run until then");
    return new JobEntry(
        job, file, Optional.empty(), Stream.concat(problems.stream(), Stream.of(twice)).toList());
  }

  /** Whether another file has the name of the job. */
  boolean isTwice() {
    return problems.stream().anyMatch(problem -> problem.code().equals(TWICE));
  }
}

package org.consentry.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  JobEntry {
    problems = List.copyOf(problems);
  }
}

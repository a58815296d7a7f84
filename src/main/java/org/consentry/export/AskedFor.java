package org.consentry.export;

import java.nio.file.Path;
import org.consentry.config.JobFile;
import org.consentry.config.JobKind;
import org.consentry.problem.Problems;

/** What a job asks for, as people call it. */
public final class AskedFor {

  private AskedFor() {}

  /**
   * A study or a request, in one word; a study where the file cannot be read any more.
   *
   * @param job the job file
   */
  public static String word(Path job) {
    return JobFile.read(job, job.toString(), new Problems())
        .map(file -> file.job().kind())
        .orElse(JobKind.RESEARCH)
        .asked();
  }
}

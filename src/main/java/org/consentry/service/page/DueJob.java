package org.consentry.service.page;

import java.util.List;

/**
 * A job and when it is due.
 *
 * @param job its name
 * @param schedule the schedule, in the words of the job file; empty when it has none
 * @param next when it is due next, in words; empty when it is paused or has no schedule
 * @param mark whether it is due, paused, missed or invalid
 * @param note why it did not start, or what is wrong; empty when all is well
 * @param file whether there is a page of it
 * @param posts pause, resume, run now
 */
public record DueJob(
    String job, String schedule, String next, Mark mark, String note, File file, List<Post> posts) {

  /** Whether the file of a job is there. */
  public enum File {
    THERE,
    GONE
  }

  public DueJob {
    posts = List.copyOf(posts);
  }
}

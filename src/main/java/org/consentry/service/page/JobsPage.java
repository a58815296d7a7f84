package org.consentry.service.page;

import java.util.List;
import org.consentry.followup.CheckedFile;
import org.consentry.problem.CountWords;

/**
 * Jobs and mappings, and what is wrong with them.
 *
 * @param files job files first
 * @param schedules the jobs with a schedule
 * @param at when the files were checked, in words
 */
public record JobsPage(List<CheckedFile> files, List<DueJob> schedules, String at)
    implements PageModel {

  public JobsPage {
    files = List.copyOf(files);
    schedules = List.copyOf(schedules);
  }

  /** Whether a file is valid. */
  static Mark mark(CheckedFile file) {
    if (file.isRefused()) {
      return new Mark(Tone.BAD, "not valid: " + CountWords.of(file.errors(), "error"));
    }
    return file.findings().isEmpty()
        ? new Mark(Tone.DONE, "valid")
        : new Mark(Tone.WAIT, "valid, " + CountWords.of(file.findings().size(), "warning"));
  }

  @Override
  public String template() {
    return "jobs.jte";
  }
}

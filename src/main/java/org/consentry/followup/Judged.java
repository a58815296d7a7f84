package org.consentry.followup;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.consentry.problem.CountWords;

/**
 * What releases were judged by.
 *
 * @param job the job file
 * @param consentFile its file of consent lines, or the table of them
 * @param consentSha256 digest of its consent lines
 * @param lines how many consent lines it has
 * @param asOf the moment of decision, in the clinic's zone
 * @param releases the releases that were judged by it, each once, as {@code JOB/RELEASE}, the
 *     oldest first
 */
public record Judged(
    Path job,
    String consentFile,
    String consentSha256,
    long lines,
    ZonedDateTime asOf,
    List<String> releases) {

  /** So many names are read at a glance. */
  private static final int FEW = 3;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss VV", Locale.ROOT);

  public Judged {
    releases = List.copyOf(releases);
  }

  Judged with(Judged more) {
    List<String> all = Stream.concat(releases.stream(), more.releases.stream()).toList();
    return new Judged(job, consentFile, consentSha256, lines, asOf, all);
  }

  /** In one line. */
  public String words() {
    int count = releases.size();
    String names =
        count > FEW
            ? releases.get(0) + " to " + releases.get(count - 1)
            : String.join(", ", releases);
    return "judged "
        + CountWords.of(count, "release")
        + " ("
        + names
        + ") by "
        + job
        + ": "
        + CountWords.of(lines, "consent line")
        + " of "
        + consentFile
        + " (SHA-256 "
        + consentSha256
        + "), as of "
        + MOMENT.format(asOf);
  }
}

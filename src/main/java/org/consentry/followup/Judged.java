package org.consentry.followup;

import java.nio.file.Path;
import java.time.ZonedDateTime;
import org.consentry.problem.CountWords;

/**
 * What releases were judged by.
 *
 * @param job the job file
 * @param consentFile its file of consent lines, or the table of them
 * @param consentSha256 digest of its consent lines
 * @param lines how many consent lines it has
 * @param asOf the moment of decision, in the clinic's zone
 * @param releases how many releases were judged by it
 */
public record Judged(
    Path job,
    String consentFile,
    String consentSha256,
    long lines,
    ZonedDateTime asOf,
    int releases) {

  Judged andOne() {
    return new Judged(job, consentFile, consentSha256, lines, asOf, releases + 1);
  }

  /** In one line. */
  public String words() {
    return "judged "
        + CountWords.of(releases, "release")
        + " by "
        + job
        + ": "
        + CountWords.of(lines, "consent line")
        + " of "
        + consentFile
        + " (SHA-256 "
        + consentSha256
        + "), as of "
        + asOf.toLocalDate()
        + " "
        + asOf.toLocalTime().withNano(0)
        + " "
        + asOf.getZone();
  }
}

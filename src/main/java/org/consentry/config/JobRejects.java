package org.consentry.config;

/**
 * How many bad rows are tolerated in event tables; never in consent lines or the subjects table.
 *
 * @param share of the rows read of a table, 0 to below 1
 */
@Doc("Bad rows tolerated in event tables; never in consent lines or the subjects table")
public record JobRejects(@Doc("share of the rows read of a table, such as 0.001") double share) {

  /** None. */
  public static final JobRejects NONE = new JobRejects(0);

  public JobRejects {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share must be 0 to below 1");
    }
  }
}

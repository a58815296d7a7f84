package org.consentry.config;

/**
 * What a run may find and still go on.
 *
 * @param fewerThanLast by how much a file of consent lines may have become shorter since the last
 *     run, as a share of its lines then, 0 to 1
 */
@Doc("What a run may find and still go on")
public record Quality(
    @Doc(
            "by which share of its lines the file of consent lines may be shorter than at the last run")
        @Default("0.1")
        double fewerThanLast) {

  /** What holds where a job says nothing. */
  public static final Quality DEFAULT = new Quality(0.1);

  public Quality {
    if (!(fewerThanLast >= 0 && fewerThanLast <= 1)) {
      throw new IllegalArgumentException("fewerThanLast must be 0 to 1");
    }
  }
}

package org.consentry.config;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.config.Binding.Default;

/**
 * What is written where.
 *
 * @param directory the folder of releases, relative to the job file
 * @param csv what only CSV files need; absent means its defaults
 */
@Doc("What is written where")
public record JobOutput(
    @Doc("parquet, csv or both") Format format,
    @Doc("the folder of releases, relative to the job file") WithPlace<Path> directory,
    @Doc("what only CSV files need") Optional<Csv> csv) {

  public JobOutput {
    if (csv.isPresent() && format == Format.PARQUET) {
      throw new IllegalArgumentException("csv belongs to format csv or both");
    }
  }

  /**
   * What only CSV files need.
   *
   * @param formulas what happens to texts that a spreadsheet would run as a formula
   */
  @Doc("What only CSV files need")
  public record Csv(
      @Doc("what happens to texts that a spreadsheet would run as a formula") @Default("report")
          WithPlace<Formulas> formulas) {}

  /** What happens to texts that a spreadsheet would run as a formula. */
  public enum Formulas {
    @Doc("they are counted and released as they are")
    REPORT,
    @Doc("they are counted, and CSV files have a single quote before them")
    ESCAPE,
    @Doc("nothing is released")
    STOP
  }

  /** Formats of part files. */
  public enum Format {
    PARQUET,
    CSV,
    BOTH
  }
}

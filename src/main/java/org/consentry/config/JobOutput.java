package org.consentry.config;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.WordOf;

/**
 * What is written where.
 *
 * @param format word for what is written; the plan resolves it
 * @param directory the folder of releases, relative to the job file
 * @param csv what only CSV files need; absent means its defaults
 */
@Doc("What is written where")
public record JobOutput(
    @Doc("the format of the data files, or both for csv and parquet")
        @WordOf(value = "outputs", noun = "output format")
        WithPlace<String> format,
    @Doc("the folder of releases, relative to the job file") WithPlace<Path> directory,
    @Doc("what only CSV files need") Optional<Csv> csv) {

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
}

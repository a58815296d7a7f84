package org.consentry.job;

import java.nio.file.Path;
import org.consentry.component.Doc;
import org.consentry.component.Placed;

/**
 * What is written where.
 *
 * @param directory the folder that holds releases, relative to the job file
 */
@Doc("What is written where")
public record Output(
    @Doc("parquet, csv or both") Format format,
    @Doc("the folder that holds releases, relative to the job file") Placed<Path> directory) {

  /** Formats of part files. */
  public enum Format {
    PARQUET,
    CSV,
    BOTH
  }
}

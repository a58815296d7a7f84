package org.consentry.manifest;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Counts the rows of a data file, for formats this room cannot read itself. */
@FunctionalInterface
public interface RowCount {

  /** Counts nothing. */
  RowCount NONE = (file, format) -> OptionalLong.empty();

  /**
   * Counts.
   *
   * @param format the manifest's word, such as {@code parquet}
   * @return empty when the format is unknown; a negative number when the file cannot be read
   */
  OptionalLong of(Path file, String format);
}

package org.consentry.release;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.data.PartContent;

/** Reads the own facts of a data file, for formats this room cannot read itself. */
@FunctionalInterface
public interface PartReader {

  /** Reads nothing; fit for releases of CSV, which this room reads itself. */
  PartReader NONE = (file, format) -> Optional.empty();

  /**
   * Reads a file of unknown origin.
   *
   * @param format the manifest's word, such as {@code parquet}
   * @return empty when the format is unknown or the file cannot be read as that format
   */
  Optional<PartContent> read(Path file, String format);
}

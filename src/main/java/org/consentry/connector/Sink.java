package org.consentry.connector;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.PartContent;
import org.consentry.data.Schema;

/** A format of part files. Immutable; safe for any number of threads. */
public interface Sink {

  /** The word for it, such as {@code csv}. */
  String format();

  /** File name ending without the dot. */
  String extension();

  /** Media type for the data package. */
  String mediaType();

  /**
   * Begins a part file. The file must not exist.
   *
   * @param metadata text about the file, for formats that can carry it (Parquet footer)
   */
  PartWriter open(Path file, Schema schema, Map<String, String> metadata);

  /**
   * Reads rows, names and, where the format has them, types of a finished file, by a reader that
   * did not write it. The file may come from any person.
   *
   * @return empty when it cannot be read as this format or a column has a type that is none of ours
   */
  Optional<PartContent> content(Path file);

  /**
   * The same format with a mark before texts that a spreadsheet would run as a formula; empty when
   * spreadsheets do not open the format.
   */
  default Optional<Sink> escapingFormulas() {
    return Optional.empty();
  }
}

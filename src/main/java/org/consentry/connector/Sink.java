package org.consentry.connector;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.data.Schema;

/** A format of part files. Immutable; safe for any number of threads. */
public interface Sink {

  /** {@code csv} or {@code parquet}. */
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
}

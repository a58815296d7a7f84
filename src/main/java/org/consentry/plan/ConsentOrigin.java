package org.consentry.plan;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.connector.SourceTable;

/**
 * Where the consent lines of a job are read. Immutable.
 *
 * @param name what messages call it: as the job writes it
 * @param file the file; empty when they are a table of the source
 * @param table the table of the source, as one split
 */
public record ConsentOrigin(String name, Optional<Path> file, Optional<SourceTable> table) {

  /** Where no consent is asked. */
  public static final ConsentOrigin NOT_ASKED =
      new ConsentOrigin("no consent lines", Optional.empty(), Optional.empty());

  /** A file of consent lines. */
  public static ConsentOrigin of(Path file, String name) {
    return new ConsentOrigin(name, Optional.of(file), Optional.empty());
  }

  /** A table of the source. */
  public static ConsentOrigin of(SourceTable table) {
    return new ConsentOrigin(table.file(), Optional.empty(), Optional.of(table));
  }

  /** What is recorded of it, to recognise it later: the whole path, or the name of the table. */
  public String identity() {
    return file.map(path -> path.toAbsolutePath().normalize().toString()).orElse(name);
  }

  /** The consent lines as they are from now on. */
  public ConsentOrigin renewed() {
    return new ConsentOrigin(name, file, table.map(SourceTable::renewed));
  }
}

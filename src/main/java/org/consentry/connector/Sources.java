package org.consentry.connector;

import java.util.List;
import org.consentry.connector.csv.CsvSource;

/** Every type of source there is. */
public final class Sources {

  private static final List<SourceFactory<?>> ALL = List.of(CsvSource.FACTORY);

  private Sources() {}

  /** The factories, each with a name of its own. */
  public static List<SourceFactory<?>> all() {
    return ALL;
  }
}

package org.consentry.connector;

import java.nio.file.Path;

/**
 * Makes sources of one type. A new type of source is one file with its factory, and one line in
 * {@link Connectors}.
 *
 * @param <C> the record that people's settings are bound to
 */
public interface SourceFactory<C extends Record> {

  /** The word after {@code type:} in a job file. */
  String name();

  /** What people may set. */
  Class<C> config();

  /**
   * Opens the source; reads no rows.
   *
   * @param baseDirectory the directory of the file that has the settings; relative paths start
   *     there
   * @throws org.consentry.problem.ProblemException when there is no such source
   */
  Source open(C config, Path baseDirectory);
}

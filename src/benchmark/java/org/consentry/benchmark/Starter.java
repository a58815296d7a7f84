package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts a program and waits for its end. */
@FunctionalInterface
interface Starter {

  /** Looks at a program while it runs. */
  @FunctionalInterface
  interface Watch {

    /** Looks at nothing. */
    Watch NOTHING = (process, line) -> {};

    /**
     * Is called every 20 ms.
     *
     * @param process its number
     * @param line the last line that it wrote
     */
    void look(long process, String line) throws IOException, InterruptedException;
  }

  /**
   * Runs a program.
   *
   * @param command its words
   * @param log where its output goes
   */
  Measured run(List<String> command, Path log, Watch watch)
      throws IOException, InterruptedException;
}

package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Starts a program and waits for its end. */
@FunctionalInterface
interface Starter {

  /** Looks at a program while it runs. */
  @FunctionalInterface
  interface Watch {

    /** Looks at nothing. */
    Watch NOTHING = (process, lines) -> {};

    /**
     * Is called every 20 ms.
     *
     * @param process its number
     * @param lines what it wrote until now
     */
    void look(long process, Set<String> lines) throws IOException, InterruptedException;
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

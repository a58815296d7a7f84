package org.consentry.cli;

import picocli.CommandLine.Option;

/** On how many splits a run works at once. */
final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "splits worked on at once; default: one a processor")
  private int threads;

  int count() {
    return threads > 0 ? Math.min(threads, 64) : Runtime.getRuntime().availableProcessors();
  }
}

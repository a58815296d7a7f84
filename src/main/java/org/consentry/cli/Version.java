package org.consentry.cli;

import picocli.CommandLine.IVersionProvider;

/**
 * The version of this software as the build wrote it into the jar; never read from a clock or a
 * repository.
 */
final class Version implements IVersionProvider {

  /**
   * Answers one line, {@code consentry} and the version; {@code development} when run from classes
   * instead of a jar.
   */
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  /** The same line, for manifests. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "consentry " + (version == null ? "development" : version);
  }
}

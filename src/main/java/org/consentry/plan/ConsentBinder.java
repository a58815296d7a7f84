package org.consentry.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.consentry.config.ConsentRule;
import org.consentry.config.SafeWord;
import org.consentry.config.WithPlace;
import org.consentry.connector.Connectors;
import org.consentry.consent.ConsentCells;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Finds where the consent lines of a job are. */
final class ConsentBinder {

  private ConsentBinder() {}

  /**
   * The file or the table that a job names.
   *
   * @param zone the clinic's time zone
   * @param problems receives why there is none
   */
  static Optional<ConsentOrigin> bind(
      ConsentRule rule, Path jobFile, SourceHeads heads, Optional<ZoneId> zone, Problems problems) {
    return switch (rule.type()) {
      case CSV -> rule.path().flatMap(written -> file(written, jobFile, problems));
      case JDBC -> rule.table().flatMap(heads::consents);
      case FHIR -> resources(rule, jobFile, zone, problems);
      case NONE -> Optional.of(ConsentOrigin.NOT_ASKED);
    };
  }

  private static Optional<ConsentOrigin> resources(
      ConsentRule rule, Path jobFile, Optional<ZoneId> zone, Problems problems) {
    Path folder = jobFile.resolveSibling(rule.path().orElseThrow().value()).normalize();
    return Connectors.consentResources(
            folder, rule.profile().orElseThrow(), ConsentCells.columns(), zone, problems)
        .map(ConsentOrigin::of);
  }

  private static Optional<ConsentOrigin> file(
      WithPlace<Path> written, Path jobFile, Problems problems) {
    Path shown = jobFile.resolveSibling(written.value());
    if (!Files.isReadable(shown) || Files.isDirectory(shown)) {
      noFile("consent lines", written, problems);
      return Optional.empty();
    }
    return Optional.of(ConsentOrigin.of(shown.normalize(), Place.name(shown)));
  }

  /** Reports that a file which the job names is not there. */
  static void noFile(String what, WithPlace<Path> path, Problems problems) {
    problems.error(
        "NO_SUCH_FILE",
        path.place(),
        "there is no readable file of " + what + " at " + SafeWord.path(path.value().toString()),
        "paths are relative to the folder of this file");
  }
}

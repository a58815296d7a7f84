package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.manifest.KeptManifest;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The releases in a job's output folder, compared with the ledger. A release that the ledger does
 * not know was made with another state folder, or with this one before it was put back to an
 * earlier state.
 */
public final class ReleasesOut {

  private static final String MANIFEST = "manifest.json";
  private static final int MOST = 5;

  private ReleasesOut() {}

  /**
   * Refuses to go on beside releases that the ledger does not know.
   *
   * @param folder where the releases of a job are published
   * @throws ProblemException category VERIFY
   */
  public static void requireKnown(Ledger ledger, StateFolder state, Path folder) {
    List<Problem> unknown = unknown(ledger, state, folder);
    if (!unknown.isEmpty()) {
      throw new ProblemException(Category.VERIFY, unknown);
    }
  }

  /** One problem for each unknown release, of many the first ones. */
  static List<Problem> unknown(Ledger ledger, StateFolder state, Path folder) {
    Set<Path> targets = new HashSet<>();
    Map<String, LedgerEntry> runs = new HashMap<>();
    for (LedgerEntry entry : ledger.entries(LedgerEntry.Kind.PUBLISHED)) {
      entry.fact(LedgerFact.TARGET).map(Path::of).ifPresent(targets::add);
      runs.put(entry.run(), entry);
    }
    List<Problem> unknown = new ArrayList<>();
    for (Path release : releases(folder.toAbsolutePath())) {
      if (!targets.contains(release) && !isMoved(release, runs) && unknown.size() < MOST) {
        unknown.add(
            Problem.error(
                "UNKNOWN_RELEASE",
                Place.of(release.toString()),
                "the state folder " + state.home().toAbsolutePath() + " does not know this release",
                "name the state folder that made it by --home or CONSENTRY_HOME; if this one was"
                    + " restored from a backup, restore the newest one"));
      }
    }
    return unknown;
  }

  /** A release of the ledger whose output folder has another path by now. */
  private static boolean isMoved(Path release, Map<String, LedgerEntry> runs) {
    return KeptManifest.read(release.resolve(MANIFEST), new Problems())
        .filter(
            manifest -> {
              LedgerEntry entry = runs.get(manifest.run());
              return entry != null
                  && entry
                      .fact(LedgerFact.MANIFEST_SHA256)
                      .filter(manifest.sha256()::equals)
                      .isPresent();
            })
        .isPresent();
  }

  private static List<Path> releases(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(release -> Files.exists(release.resolve(MANIFEST))).sorted().toList();
    } catch (IOException unreadable) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "OUTPUT_FOLDER",
          Place.of(folder.toString()),
          "the folder of releases cannot be read",
          "check its permissions");
    }
  }
}

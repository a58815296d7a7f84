package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The releases in an output folder, compared with the ledger. A release that the ledger does not
 * know was made with another state folder, or with this one before it was put back to an earlier
 * state.
 */
public final class PublishedReleases {

  private static final String MANIFEST = "manifest.json";
  private static final int MOST = 5;

  private final StateFolder state;
  private final Set<Path> targets = new HashSet<>();
  private final Map<String, LedgerEntry> runs = new HashMap<>();

  private PublishedReleases(Ledger ledger, StateFolder state) {
    this.state = state;
    Stream.concat(ledger.releases(), ledger.unsettled().stream())
        .forEach(
            entry -> {
              entry.fact(LedgerFact.TARGET).map(Path::of).ifPresent(targets::add);
              runs.put(entry.run(), entry);
            });
  }

  /**
   * Refuses to go on beside releases of a job, or of its study, that the ledger does not know.
   *
   * @param output where the releases of jobs are published, in a folder for each job
   * @throws ProblemException category KEY
   */
  public static void requireKnown(
      Ledger ledger, StateFolder state, Path output, String job, String study) {
    PublishedReleases releases = new PublishedReleases(ledger, state);
    List<Problem> unknown =
        new ArrayList<>(releases.problems(output.resolve(job), release -> true));
    for (Path other : folders(output.toAbsolutePath())) {
      if (!other.equals(output.toAbsolutePath().resolve(job))) {
        unknown.addAll(releases.problems(other, release -> isOf(study, release)));
      }
    }
    if (!unknown.isEmpty()) {
      throw new ProblemException(Category.KEY, unknown);
    }
  }

  /** One problem for each unknown release in the folder of a job, of many the first ones. */
  static List<Problem> unknown(Ledger ledger, StateFolder state, Path folder) {
    return new PublishedReleases(ledger, state).problems(folder, release -> true);
  }

  /**
   * The releases that the ledger does not know.
   *
   * @param folder a release, the folder of a job, or an output folder with folders of jobs
   */
  public static List<Path> unknownBelow(Ledger ledger, StateFolder state, Path folder) {
    Path start = folder.toAbsolutePath().normalize();
    List<Path> found = new ArrayList<>(isRelease(start) ? List.of(start) : folders(start));
    if (!isRelease(start)) {
      found.addAll(found.stream().flatMap(job -> folders(job).stream()).toList());
    }
    PublishedReleases releases = new PublishedReleases(ledger, state);
    return found.stream()
        .filter(PublishedReleases::isRelease)
        .filter(release -> !releases.knows(release))
        .toList();
  }

  private List<Problem> problems(Path folder, Predicate<Path> counts) {
    return folders(folder.toAbsolutePath()).stream()
        .filter(PublishedReleases::isRelease)
        .filter(release -> !knows(release))
        .filter(counts)
        .limit(MOST)
        .map(this::problem)
        .toList();
  }

  private Problem problem(Path release) {
    return Problem.error(
        "UNKNOWN_RELEASE",
        Place.of(release),
        "the state folder " + Place.name(state.home()) + " does not know this release",
        "name the state folder that made it by --home or CONSENTRY_HOME; if this one was restored"
            + " from a backup, restore the newest one; if the state folder is lost for good,"
            + " consentry adopt "
            + Place.name(DurableFiles.folderOf(release))
            + " --fingerprint SHA256:... makes the releases known to this one");
  }

  private static boolean isOf(String study, Path release) {
    return manifest(release).filter(one -> one.claims().study().equals(study)).isPresent();
  }

  private boolean knows(Path release) {
    return targets.contains(release) || manifest(release).filter(this::isMoved).isPresent();
  }

  /** A release of the ledger whose output folder has another path by now. */
  private boolean isMoved(StoredManifest manifest) {
    return Optional.ofNullable(runs.get(manifest.run()))
        .flatMap(entry -> entry.fact(LedgerFact.MANIFEST_SHA256))
        .filter(manifest.sha256()::equals)
        .isPresent();
  }

  private static Optional<StoredManifest> manifest(Path release) {
    return StoredManifest.read(release.resolve(MANIFEST), new Problems());
  }

  private static boolean isRelease(Path folder) {
    return Files.exists(folder.resolve(MANIFEST));
  }

  /** What is in a folder, hidden files apart, sorted. */
  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(one -> !String.valueOf(one.getFileName()).startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw ProblemException.of(
          DiskFailure.category(unreadable),
          "OUTPUT_FOLDER",
          Place.of(folder),
          "the folder of releases cannot be read",
          "check its permissions");
    }
  }
}

package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import tools.jackson.databind.JsonNode;

/**
 * Compares a manifest with the one before it, of the same study for the same recipient: it names
 * that one's digest, so no release of the row can be removed, added or changed without notice. The
 * earlier release is looked for where the caller names it, or beside this one.
 */
final class ManifestChain {

  private static final int MAX_TEXT = 64 << 20;

  private final Path folder;
  private final Optional<Path> given;
  private final Problems problems;

  /**
   * A chain.
   *
   * @param folder the release that is verified
   * @param given the folder of the release before it; empty to look beside this one
   * @param problems receives one error when another release is in the earlier one's place
   */
  ManifestChain(Path folder, Optional<Path> given, Problems problems) {
    this.folder = folder;
    this.given = given;
    this.problems = problems;
  }

  /**
   * Checks the link of a manifest whose signature is valid.
   *
   * @return one sentence without a final stop: what it follows and whether that was seen
   */
  String check(byte[] manifest) {
    JsonNode release =
        Json.read(manifest)
            .map(statement -> statement.path("predicate").path("release"))
            .orElseGet(Json::object);
    JsonNode previous = release.path("previous");
    if (!previous.isObject()) {
      return first();
    }
    String name = ManifestCheck.shown(previous.path("name").asString(""));
    Optional<Path> earlier = given.or(() -> beside(release, previous));
    Optional<byte[]> bytes = earlier.flatMap(ManifestChain::manifestOf);
    if (bytes.isEmpty()) {
      given.ifPresent(
          there ->
              error(there, "the release before this one, " + name + ", is not in this folder"));
      return "follows release "
          + name
          + ", which is not here, so the chain was not checked; give it with --previous";
    }
    if (!Sha256.hex(bytes.get()).equals(previous.path("sha256").asString(""))) {
      error(
          earlier.orElseThrow(),
          "this is not the release " + name + " that the verified one follows");
      return "does not follow the release that was found in place of " + name;
    }
    return "follows release " + name + ", whose manifest is the one named";
  }

  private String first() {
    given.ifPresent(there -> error(there, "the verified release names no release before it"));
    return "the first release of this study to this recipient";
  }

  /** Where the clinic's own layout, {@code JOB/NAME}, would have it. */
  private Optional<Path> beside(JsonNode release, JsonNode previous) {
    String job = previous.path("job").asString("");
    String name = previous.path("name").asString("");
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null || !isWord(job) || !isWord(name)) {
      return Optional.empty();
    }
    if (job.equals(release.path("job").asString(""))) {
      return Optional.of(parent.resolve(name));
    }
    return Optional.of(parent.resolveSibling(job).resolve(name));
  }

  private static boolean isWord(String word) {
    return Checksums.isPlainPath(word) && word.indexOf('/') < 0;
  }

  private static Optional<byte[]> manifestOf(Path release) {
    Path file = release.resolve(ReleaseFiles.MANIFEST);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ReleaseFiles.read(file, MAX_TEXT));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void error(Path place, String message) {
    problems.error(
        "CHAIN",
        Place.of(ManifestCheck.shown(place.toString())),
        message,
        "ask the clinic which release came before");
  }
}

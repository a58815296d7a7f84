package org.consentry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Change;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two releases, by their manifests of the recipient's edition.
 *
 * @param earlier job and name of the one
 * @param later job and name of the other
 * @param notes what a reader should know before the changes: other studies, other order
 * @param data one sentence on whether the data are the same
 * @param changes all changes
 */
public record ReleaseDiff(
    String earlier, String later, List<String> notes, String data, List<Change> changes) {

  private static final int MAX_TEXT = 64 << 20;

  public ReleaseDiff {
    notes = List.copyOf(notes);
    changes = List.copyOf(changes);
  }

  /**
   * Compares two release folders, which were verified before.
   *
   * @throws ProblemException category VERIFY when a manifest cannot be read any more
   */
  public static ReleaseDiff of(Path earlier, Path later) {
    Manifest before = read(earlier);
    Manifest after = read(later);
    return new ReleaseDiff(
        before.name(),
        after.name(),
        notes(before, after),
        data(before, after).words(before.text("/release/name")),
        ManifestDiff.of(before.predicate, after.predicate));
  }

  /** A manifest and the digest of its bytes. */
  private record Manifest(String sha256, JsonNode predicate) {
    String text(String pointer) {
      return ManifestDiff.text(predicate.at(pointer));
    }

    String name() {
      return text("/release/job") + "/" + text("/release/name");
    }
  }

  private static Manifest read(Path folder) {
    Path file = folder.resolve(ReleaseFiles.MANIFEST);
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      Optional<JsonNode> statement = Json.read(bytes);
      if (statement.isPresent()) {
        return new Manifest(Sha256.hex(bytes), statement.get().path("predicate"));
      }
    } catch (IOException gone) {
      throw unreadable(file);
    }
    throw unreadable(file);
  }

  private static ProblemException unreadable(Path file) {
    return ProblemException.of(
        Category.VERIFY,
        "MANIFEST_UNREADABLE",
        Place.of(file),
        "the manifest cannot be read",
        "ask the clinic for another copy");
  }

  private static List<String> notes(Manifest before, Manifest after) {
    List<String> notes = new ArrayList<>();
    differ(notes, "studies", before, after, "/authority/study/id");
    differ(notes, "requests", before, after, "/authority/request/id");
    differ(notes, "jobs", before, after, "/release/job");
    differ(notes, "recipients", before, after, "/authority/recipient/id");
    if (before.sha256.equals(after.sha256)) {
      notes.add("This is the same release twice.");
    } else if (before.text("/release/createdAt").compareTo(after.text("/release/createdAt")) > 0) {
      notes.add("The first release was made after the second.");
    }
    return notes;
  }

  private static void differ(
      List<String> notes, String what, Manifest before, Manifest after, String pointer) {
    String old = before.text(pointer);
    String now = after.text(pointer);
    if (!old.equals(now)) {
      notes.add("The releases are of different " + what + ": " + old + " and " + now + ".");
    }
  }

  /** What the later release states of the earlier one, or else what the files show. */
  private static DataComparison data(Manifest before, Manifest after) {
    JsonNode stated = after.predicate.path(ReleaseChanges.MEMBER);
    return stated.path("since").path("sha256").asString("").equals(before.sha256)
            && stated.path("data").isObject()
        ? DataComparison.read(stated.path("data"))
        : DataComparison.of(before.predicate, after.predicate, DataComparison.Contents.NONE);
  }
}

package org.consentry.release;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.data.Change;
import org.consentry.data.Change.Part;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a release states of the changes since the one before: the file {@code CHANGES.md} and the
 * member {@code changes} of both manifests. It is made of the two manifests of the recipient's
 * edition and of digests that reveal only whether tables are the same.
 *
 * @param last the release before
 * @param changes all changes
 * @param data whether the data are the same; empty when that is not known
 * @param accepted why a person accepted breaking changes; empty when no person did
 */
record ReleaseChanges(
    LastRelease last,
    List<Change> changes,
    Optional<DataComparison> data,
    Optional<String> accepted) {

  static final String FILE = "CHANGES.md";

  /** The member of manifests with what this class writes. */
  static final String MEMBER = "changes";

  /** The member of the internal manifest with digests of the content of tables. */
  static final String CONTENTS = "contents";

  /** What may change without a reason to release the same data once more. */
  private static final Set<Part> BESIDE_DATA = EnumSet.of(Part.COUNTS, Part.RISK, Part.ORIGIN);

  ReleaseChanges {
    changes = List.copyOf(changes);
  }

  /** Compares a statement with the release before it; empty for the first release. */
  static Optional<ReleaseChanges> of(ReleaseSealer.Since since, ObjectNode statement) {
    JsonNode predicate = statement.path("predicate");
    return since.last().map(last -> of(last, since, predicate));
  }

  private static ReleaseChanges of(
      LastRelease last, ReleaseSealer.Since since, JsonNode predicate) {
    return new ReleaseChanges(
        last,
        last.predicate()
            .map(earlier -> ManifestDiff.of(earlier, predicate))
            .orElseGet(() -> List.of(last.unknown())),
        last.predicate()
            .map(
                earlier ->
                    DataComparison.of(
                        earlier,
                        predicate,
                        new DataComparison.Contents(last.contents(), since.contents()))),
        since.accepted());
  }

  /** The changes after which a program that loads the data may fail. */
  List<Change> breaking() {
    return changes.stream().filter(Change::isBreaking).toList();
  }

  /** Whether a release has nothing new that matters to the recipient. */
  boolean isUnchanged() {
    return data.filter(DataComparison::isSame).isPresent()
        && changes.stream().allMatch(change -> BESIDE_DATA.contains(change.part()));
  }

  /** One sentence on the data. */
  String dataWords() {
    return data.map(found -> found.words(last.name()))
        .orElse("Whether the data changed is not known.");
  }

  /** Lines of the changes of a part. */
  List<String> lines(Part part) {
    return changes.stream().filter(change -> change.part() == part).map(Change::text).toList();
  }

  /** The parts that have changes, in order. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (Part part : Part.values()) {
      if (!lines(part).isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** The text of {@value #FILE}. */
  byte[] file() {
    return TextTemplates.render("release/changes.jte", this);
  }

  void write(ObjectNode node) {
    node.putObject("since")
        .put("job", last.earlier().job())
        .put("name", last.name())
        .put("sha256", last.earlier().sha256());
    data.ifPresent(found -> found.write(node.putObject("data")));
    node.put("summary", dataWords());
    Json.putList(node, "breaking", breaking().stream().map(Change::text).toList());
    if (!breaking().isEmpty()) {
      accepted.ifPresent(reason -> node.put("acceptedBecause", reason));
    }
    ObjectNode lists = node.putObject("list");
    parts().forEach(part -> Json.putList(lists, part.title(), lines(part)));
  }

  static void writeContents(ObjectNode predicate, Map<String, String> contents) {
    if (!contents.isEmpty()) {
      Json.putAll(predicate.putObject(CONTENTS), new TreeMap<>(contents));
    }
  }
}

package org.consentry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.data.Change;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import tools.jackson.databind.JsonNode;

/**
 * The release before the next one of a job: the newest one of the same study, job and recipient,
 * with which the next one is compared.
 *
 * <p><b>Security promise:</b> of releases to other recipients nothing is read, and a manifest
 * counts only when the ledger has its digest.
 */
public final class LastRelease {

  private static final int MAX_TEXT = 64 << 20;

  private final Disclosure.Earlier earlier;
  private final Optional<JsonNode> predicate;
  private final Map<String, String> contents;

  private LastRelease(
      Disclosure.Earlier earlier, Optional<JsonNode> predicate, Map<String, String> contents) {
    this.earlier = earlier;
    this.predicate = predicate;
    this.contents = Map.copyOf(contents);
  }

  /** Finds it; empty when the next release of the job to the recipient is its first. */
  public static Optional<LastRelease> of(
      StateFolder state, Ledger ledger, String study, String job, String recipient) {
    return ledger.lastPublished(study, job, recipient).map(entry -> of(state, entry));
  }

  private static LastRelease of(StateFolder state, LedgerEntry entry) {
    Path stored = state.manifests(entry.run());
    Stream<Path> places =
        Stream.concat(
            Stream.of(stored.resolve(ReleaseFiles.MANIFEST)),
            entry.fact(LedgerFact.TARGET).stream()
                .map(target -> Path.of(target).resolve(ReleaseFiles.MANIFEST)));
    return new LastRelease(
        new Disclosure.Earlier(
            entry.job(),
            entry.fact(LedgerFact.RELEASE).orElse(""),
            entry.fact(LedgerFact.MANIFEST_SHA256).orElse("")),
        places
            .flatMap(file -> predicate(file, entry.fact(LedgerFact.MANIFEST_SHA256)).stream())
            .findFirst(),
        contents(
            predicate(
                stored.resolve(ReleaseSealer.INTERNAL_MANIFEST),
                entry.fact(LedgerFact.INTERNAL_MANIFEST_SHA256))));
  }

  private static Optional<JsonNode> predicate(Path file, Optional<String> digest) {
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      return Optional.of(bytes)
          .filter(read -> digest.equals(Optional.of(Sha256.hex(read))))
          .flatMap(Json::read)
          .map(statement -> statement.path("predicate"));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Map<String, String> contents(Optional<JsonNode> internal) {
    Map<String, String> contents = new TreeMap<>();
    internal
        .map(predicate -> predicate.path(ReleaseChanges.CONTENTS))
        .ifPresent(
            node ->
                node.properties()
                    .forEach(one -> contents.put(one.getKey(), one.getValue().asString(""))));
    return contents;
  }

  /** Its name, such as {@code 2026-11-28-r1}. */
  public String name() {
    return earlier.name();
  }

  Disclosure.Earlier earlier() {
    return earlier;
  }

  /** Its predicate; empty when its manifest is not at hand. */
  Optional<JsonNode> predicate() {
    return predicate;
  }

  /** Digests of the content of its tables, under the clinic's key. */
  Map<String, String> contents() {
    return contents;
  }

  /**
   * What a release with these tables would change so that programs which load the data may fail.
   * Without the manifest of this release that is not known, which is such a change itself.
   */
  public List<Change> breaking(Collection<TableShape> planned) {
    List<Change> changes =
        new ArrayList<>(
            predicate
                .map(manifest -> TableShape.changes(TableShape.of(manifest), planned))
                .orElseGet(() -> List.of(unknown())));
    changes.removeIf(change -> !change.isBreaking());
    return changes;
  }

  /** The only change that is known without the manifest of this release. */
  Change unknown() {
    return new Change(
        Change.Part.STRUCTURE,
        Change.Weight.BREAKING,
        "release " + name(),
        "manifest",
        "published",
        "not in the state folder, nor where it was published, so that changes are not known");
  }
}

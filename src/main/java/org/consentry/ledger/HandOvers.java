package org.consentry.ledger;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.consentry.ledger.LedgerEntry.Kind;

/** What the ledger has of releases after they were published: packages and confirmations. */
public final class HandOvers {

  private final Map<String, Map<Kind, LedgerEntry>> byRun = new HashMap<>();

  private HandOvers() {}

  /** Those of a ledger. Of several entries of a kind the newest counts. */
  public static HandOvers of(Iterable<LedgerEntry> entries) {
    HandOvers found = new HandOvers();
    for (LedgerEntry entry : entries) {
      switch (entry.kind()) {
        case PACKAGED, RECEIVED, DESTROYED ->
            found
                .byRun
                .computeIfAbsent(entry.run(), run -> new EnumMap<>(Kind.class))
                .put(entry.kind(), entry);
        case MISTAKEN -> {
          Map<Kind, LedgerEntry> known = found.byRun.getOrDefault(entry.run(), new HashMap<>());
          known.remove(Kind.RECEIVED);
          known.remove(Kind.DESTROYED);
        }
        default -> {}
      }
    }
    return found;
  }

  /**
   * The newest entry of a kind about a release.
   *
   * @param run the run that made the release
   * @param kind PACKAGED, RECEIVED or DESTROYED
   */
  public Optional<LedgerEntry> newest(String run, Kind kind) {
    return Optional.ofNullable(byRun.getOrDefault(run, Map.of()).get(kind));
  }

  /** Whether the recipient confirmed that the data of a release is destroyed. */
  public boolean isDestroyed(String run) {
    return newest(run, Kind.DESTROYED).isPresent();
  }
}

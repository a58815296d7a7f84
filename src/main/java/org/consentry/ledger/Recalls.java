package org.consentry.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger knows of recalls. A recall is open from the entry that lists it until the entry
 * of a release that replaces the recalled one, until its data is confirmed to be destroyed, or
 * until a person closes it.
 */
public final class Recalls {

  private final Ledger ledger;

  /** The recalls of a ledger. */
  public Recalls(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A release that is recalled, as of the newest list.
   *
   * @param run the run that made it
   * @param job the job's name
   * @param release the release's name
   * @param recipient id of the recipient
   * @param since when the newest list was written, ISO 8601 UTC
   * @param folder where the newest list was written
   */
  public record Open(
      String run, String job, String release, String recipient, String since, String folder) {}

  /** The newest list of a release; empty when it never was recalled. */
  public Optional<LedgerEntry> newest(String run) {
    return ledger.entries(LedgerEntry.Kind.RECALLED).stream()
        .filter(entry -> entry.run().equals(run) && entry.fact(LedgerFact.LIST_SHA256).isPresent())
        .reduce((older, newer) -> newer);
  }

  /** Releases with an open recall, in the order of their newest lists. */
  public List<Open> open() {
    Map<String, Open> open = new LinkedHashMap<>();
    for (LedgerEntry entry : ledger.entries()) {
      switch (entry.kind()) {
        case RECALLED -> {
          open.remove(entry.run());
          if (entry.fact(LedgerFact.LIST_SHA256).isPresent()) {
            open.put(entry.run(), open(entry));
          }
        }
        case DESTROYED -> open.remove(entry.run());
        case PUBLISHED ->
            entry
                .fact(LedgerFact.REPLACES)
                .ifPresent(
                    name ->
                        open.values()
                            .removeIf(
                                recalled ->
                                    recalled.job().equals(entry.job())
                                        && recalled.release().equals(name)));
        case STAGED,
            REVIEWED,
            APPROVED,
            PREPARED,
            NOT_PUBLISHED,
            UNCHANGED,
            REFUSED,
            ABANDONED,
            ADOPTED,
            EXPLAINED,
            SAMPLED,
            ACCOUNTED,
            ACCEPTED,
            PACKAGED,
            RECEIVED,
            MISTAKEN,
            REPAIRED,
            RESTORED,
            PURGED -> {}
      }
    }
    return new ArrayList<>(open.values());
  }

  private static Open open(LedgerEntry entry) {
    return new Open(
        entry.run(),
        entry.job(),
        entry.fact(LedgerFact.RELEASE).orElse(""),
        entry.fact(LedgerFact.RECIPIENT).orElse(""),
        entry.at(),
        entry.fact(LedgerFact.FOLDER).orElse(""));
  }
}

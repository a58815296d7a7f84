package org.consentry.custody;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.release.Door;
import org.consentry.release.Ledger;
import org.consentry.release.LedgerEntry;
import org.consentry.release.Staging;
import org.consentry.release.StateFolder;

/**
 * What surrounds a run.
 *
 * @param run id of the run
 * @param state the installation's state folder
 * @param staging where the release is made
 * @param ledger the record of disclosures
 * @param door the way out
 * @param clock the only clock there is
 * @param zone the clinic's time zone, in which consent dates are meant
 * @param software name and version of this program
 * @param progress told how the run gets on
 */
public record RunContext(
    String run,
    StateFolder state,
    Staging staging,
    Ledger ledger,
    Door door,
    Supplier<Instant> clock,
    ZoneId zone,
    String software,
    Progress progress) {

  LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.get(), zone);
  }

  /** Fingerprint of the key under which the study released before; empty when it never did. */
  Optional<String> pinnedStudyKey(String study) {
    return ledger
        .lastPublished(study)
        .map(entry -> door.facts(entry).getOrDefault("studyKey", ""))
        .filter(fingerprint -> !fingerprint.isEmpty());
  }

  /** Hash of the newest ledger entry; empty when there is none. */
  Optional<String> ledgerHead() {
    return ledger.head().map(LedgerEntry::hash);
  }
}

package org.consentry.custody;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.release.LedgerFact;

/**
 * A staged release that is complete and signed, and waits at the door.
 *
 * @param target the folder it will be published as
 * @param facts what the ledger will keep of it
 */
record SealedRelease(Path target, Map<LedgerFact, String> facts) {
  SealedRelease {
    facts = Map.copyOf(facts);
  }
}

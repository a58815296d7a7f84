package org.consentry.custody;

import java.nio.file.Path;
import java.util.Map;

/**
 * A staged release that is complete and signed, and waits at the door.
 *
 * @param target the folder it will be published as
 * @param facts what the ledger will keep of it
 */
record SealedRelease(Path target, Map<String, String> facts) {
  SealedRelease {
    facts = Map.copyOf(facts);
  }
}

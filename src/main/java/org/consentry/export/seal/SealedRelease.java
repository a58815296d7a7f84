package org.consentry.export.seal;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.ledger.LedgerFact;

/**
 * A staged release that is complete and signed, before publication.
 *
 * @param target the folder it will be published as
 * @param facts what the ledger will record of it
 * @param approvals how many approvers must sign it before it is published; 0 when none need to
 */
public record SealedRelease(Path target, Map<LedgerFact, String> facts, int approvals) {
  public SealedRelease {
    facts = Map.copyOf(facts);
  }
}

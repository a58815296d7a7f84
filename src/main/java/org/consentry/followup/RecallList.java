package org.consentry.followup;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.keys.KeyReference;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.Memberships.Published;

/**
 * What one recipient must remove of one release.
 *
 * @param release the release
 * @param head its description
 * @param lines what to remove, in order; at least one
 * @param patients how many patients it is about
 * @param reasons why, in the clinic's words; for the clinic alone, never for the recipient
 * @param signing where the key is that signs the list
 */
public record RecallList(
    Published release,
    MembershipHead head,
    List<RecallLine> lines,
    int patients,
    Map<String, Integer> reasons,
    KeyReference signing) {

  public RecallList {
    lines = List.copyOf(lines);
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
  }

  /** Id of the recipient. */
  public String recipient() {
    return release.fact(LedgerFact.RECIPIENT);
  }

  /** The list as CSV (RFC 4180); every field is a plain word. */
  public String csv() {
    StringBuilder text = new StringBuilder(String.join(",", RecallLine.HEAD)).append("\r\n");
    lines.forEach(line -> text.append(String.join(",", line.fields())).append("\r\n"));
    return text.toString();
  }
}

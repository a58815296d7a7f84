package org.consentry.followup;

import java.util.Arrays;
import java.util.Optional;

/** Whether a disclosure under a legal basis is owed in an accounting, and by which words of law. */
public enum AccountingBasis {
  AUTHORIZATION(Owed.NO, "the patient authorized it, so it is excepted (45 CFR 164.528(a)(1)(iv))"),
  LIMITED_DATA_SET(
      Owed.NO, "it is a limited data set, so it is excepted (45 CFR 164.528(a)(1)(viii))"),
  DE_IDENTIFIED(
      Owed.NO,
      "it is de-identified, so it is no protected health information (45 CFR 164.502(d)(2))"),
  WAIVER(Owed.YES, "a board waived the authorization (45 CFR 164.512(i)), so it is owed"),
  GDPR_CONSENT(Owed.YES, "no exception of 45 CFR 164.528(a)(1) names consent under the GDPR"),
  UNKNOWN(Owed.YES, "the ledger does not say under which basis, so nothing excepts it");

  private enum Owed {
    YES,
    NO
  }

  private final Owed owed;
  private final String reason;

  AccountingBasis(Owed owed, String reason) {
    this.owed = owed;
    this.reason = reason;
  }

  /** The basis by its word in the ledger; {@link #UNKNOWN} for any other word. */
  static AccountingBasis of(String word) {
    Optional<AccountingBasis> known =
        Arrays.stream(values()).filter(basis -> basis.name().equals(word)).findFirst();
    return known.orElse(UNKNOWN);
  }

  /** Whether the patient is owed it. */
  public boolean isOwed() {
    return owed == Owed.YES;
  }

  /** Why, one clause. */
  public String reason() {
    return reason;
  }
}

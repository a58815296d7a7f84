package org.consentry.followup;

import java.util.Arrays;
import java.util.Optional;

/** Whether a disclosure under a legal basis is due in an accounting, and by which words of law. */
public enum AccountingBasis {
  AUTHORIZATION(Due.NO, "the patient authorized it, so it is excepted (45 CFR 164.528(a)(1)(iv))"),
  LIMITED_DATA_SET(
      Due.NO, "it is a limited data set, so it is excepted (45 CFR 164.528(a)(1)(viii))"),
  DE_IDENTIFIED(
      Due.NO,
      "it is de-identified, so it is no protected health information (45 CFR 164.502(d)(2))"),
  WAIVER(Due.YES, "a board waived the authorization (45 CFR 164.512(i)), so it is due"),
  GDPR_CONSENT(Due.YES, "no exception of 45 CFR 164.528(a)(1) names consent under the GDPR"),
  UNKNOWN(Due.YES, "the ledger does not name the basis, so nothing excepts it");

  private enum Due {
    YES,
    NO
  }

  private final Due due;
  private final String reason;

  AccountingBasis(Due due, String reason) {
    this.due = due;
    this.reason = reason;
  }

  /** The basis by its word in the ledger; {@link #UNKNOWN} for any other word. */
  static AccountingBasis of(String word) {
    Optional<AccountingBasis> known =
        Arrays.stream(values()).filter(basis -> basis.name().equals(word)).findFirst();
    return known.orElse(UNKNOWN);
  }

  /** Whether it is due to the patient. */
  public boolean isDue() {
    return due == Due.YES;
  }

  /** Why, one clause. */
  public String reason() {
    return reason;
  }
}

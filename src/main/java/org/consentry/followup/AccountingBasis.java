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
  PAYMENT(
      Due.NO,
      "insurer-response",
      "Payment",
      "it was for payment, so it is excepted (45 CFR 164.528(a)(1)(i))"),
  REQUIRED_BY_LAW(
      Due.YES,
      "legal-process",
      "Required by law",
      "the law or a court demanded it (45 CFR 164.512(a), (e), (f)), so it is due"),
  MARKETING_AUTHORIZATION(
      Due.NO,
      "mailing",
      "Mailing",
      "the clinic's own office used it, which is no disclosure (45 CFR 160.103)"),
  RECONTACT_AUTHORIZATION(
      Due.NO,
      "recontact",
      "Recontact",
      "the clinic's own office used it, which is no disclosure (45 CFR 160.103)"),
  WAIVER(Due.YES, "a board waived the authorization (45 CFR 164.512(i)), so it is due"),
  GDPR_CONSENT(Due.YES, "no exception of 45 CFR 164.528(a)(1) names consent under the GDPR"),
  UNKNOWN(Due.YES, "the ledger does not name the basis, so nothing excepts it");

  private enum Due {
    YES,
    NO
  }

  private static final String RESEARCH = "research";

  private final Due due;
  private final String kind;
  private final String purpose;
  private final String reason;

  AccountingBasis(Due due, String reason) {
    this(due, RESEARCH, "Research", reason);
  }

  AccountingBasis(Due due, String kind, String purpose, String reason) {
    this.due = due;
    this.kind = kind;
    this.purpose = purpose;
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

  /** The kind of disclosure, as a job names it. */
  public String kind() {
    return kind;
  }

  /** What it was for, in the fewest words. */
  String purpose() {
    return purpose;
  }

  /**
   * Whether it was for research: only of that a withdrawal is passed on to the recipient. What was
   * disclosed to an insurer before was disclosed in reliance on the permit (45 CFR 164.508(b)(5)),
   * and what the law demands does not depend on consent.
   */
  boolean isResearch() {
    return kind.equals(RESEARCH);
  }

  /** Whether it is a list of the clinic's own office, which goes to no recipient. */
  boolean isOfTheOffice() {
    return this == MARKETING_AUTHORIZATION || this == RECONTACT_AUTHORIZATION;
  }

  /** Why, one clause. */
  public String reason() {
    return reason;
  }
}

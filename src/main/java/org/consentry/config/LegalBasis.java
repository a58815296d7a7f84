package org.consentry.config;

/** Under which rule the data is handed over. None of them switches consent off. */
public enum LegalBasis {
  /** The patient's written authorization, 45 CFR 164.508. */
  AUTHORIZATION,
  /** A board waived the authorization, 45 CFR 164.512(i). */
  WAIVER,
  /** A limited data set under a data use agreement, 45 CFR 164.514(e). */
  LIMITED_DATA_SET,
  /** De-identified data, 45 CFR 164.514(a) and (b). */
  DE_IDENTIFIED,
  /** Consent under GDPR article 6(1)(a) and 9(2)(a). */
  GDPR_CONSENT
}

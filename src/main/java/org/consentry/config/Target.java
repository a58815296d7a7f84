package org.consentry.config;

/** What the policy check proves of the released data. */
public enum Target {
  /** 45 CFR 164.514(b)(2). */
  SAFE_HARBOR,
  /** 45 CFR 164.514(e). */
  LIMITED_DATA_SET,
  /** 45 CFR 164.514(b)(1). */
  EXPERT_DETERMINATION,
  /** GDPR article 4(5). */
  GDPR_PSEUDONYMISED
}

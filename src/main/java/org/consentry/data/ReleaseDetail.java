package org.consentry.data;

/** How finely dates, ages and places may be released. */
public enum ReleaseDetail {
  /** Years, and the first three digits of a ZIP code; ages over 89 are one category. */
  YEARS,
  /** Days, and whole ZIP codes. */
  DAYS,
  /** As the mapping has it: the rule is about the risk. */
  AS_MAPPED
}

package org.consentry.config;

/** Why a column matters for disclosure. */
public enum Role {
  @Doc("names the person: name, SSN, MRN, contact, full-face photo")
  DIRECT_IDENTIFIER,
  @Doc("points to the person together with others: dates, places, sex, occupation")
  QUASI_IDENTIFIER,
  @Doc("what the person would not want known")
  SENSITIVE,
  @Doc("joins rows")
  LINKAGE_KEY,
  @Doc("written by people; may hold anything")
  FREE_TEXT,
  @Doc("none of the others")
  NON_SENSITIVE
}

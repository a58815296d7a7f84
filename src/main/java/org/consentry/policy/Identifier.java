package org.consentry.policy;

import org.consentry.data.EnumWord;

/**
 * The eighteen identifiers of Safe Harbor, 45 CFR 164.514(b)(2)(i)(A) to (R), of the person and of
 * relatives, employers and household members.
 */
public enum Identifier {
  NAMES("A", "names", "i"),
  GEOGRAPHY("B", "geographic subdivisions smaller than a state", "ii"),
  DATES("C", "elements of dates except the year, and ages over 89", ""),
  TELEPHONE("D", "telephone numbers", "iii"),
  FAX("E", "fax numbers", "iv"),
  EMAIL("F", "e-mail addresses", "v"),
  SOCIAL_SECURITY("G", "social security numbers", "vi"),
  MEDICAL_RECORD("H", "medical record numbers", "vii"),
  HEALTH_PLAN("I", "health plan beneficiary numbers", "viii"),
  ACCOUNT("J", "account numbers", "ix"),
  LICENSE("K", "certificate and license numbers", "x"),
  VEHICLE("L", "vehicle identifiers, serial numbers and plates", "xi"),
  DEVICE("M", "device identifiers and serial numbers", "xii"),
  URL("N", "web addresses", "xiii"),
  IP("O", "IP addresses", "xiv"),
  BIOMETRIC("P", "biometric identifiers", "xv"),
  PHOTOGRAPH("Q", "full-face photographs and comparable images", "xvi"),
  OTHER("R", "any other unique identifying number, characteristic or code", "");

  private final String letter;
  private final String title;
  private final String limitedDataSet;

  Identifier(String letter, String title, String limitedDataSet) {
    this.letter = letter;
    this.title = title;
    this.limitedDataSet = limitedDataSet;
  }

  /** What it is, in words. */
  public String title() {
    return title;
  }

  /** The letter under which Safe Harbor lists it, A to R. */
  public String letter() {
    return letter;
  }

  /** Where Safe Harbor lists it. */
  public String safeHarbor() {
    return "45 CFR 164.514(b)(2)(i)(" + letter + ")";
  }

  /** Whether a limited data set must not contain it (45 CFR 164.514(e)(2)). */
  boolean isOutsideLimitedDataSet() {
    return !limitedDataSet.isEmpty();
  }

  /** Where the limited data set lists it. */
  String limitedDataSet() {
    return "45 CFR 164.514(e)(2)(" + limitedDataSet + ")";
  }

  /** The name in lower case with {@code -}, for reports. */
  public String word() {
    return EnumWord.of(this);
  }
}

package org.consentry.profile;

import org.consentry.data.EnumWord;

/**
 * A kind of content that identifies a person, or that may contain such content. The letters are
 * those of the identifiers that Safe Harbor removes (45 CFR 164.514(b)(2)(i)(A)-(R)).
 */
public enum ContentKind {
  /** A person's given or family name, or both. */
  NAME("names of people", "A"),
  /** A street with a number, or a post office box. */
  POSTAL_ADDRESS("postal addresses", "B"),
  /** A ZIP code of five or nine digits. */
  ZIP_CODE("ZIP codes", "B"),
  /** Latitude and longitude. */
  COORDINATES("coordinates", "B"),
  /** A date finer than a year. */
  DATE("dates", "C"),
  /** A time of day. */
  TIME("times of day", "C"),
  /** A date that is written as a birth date. */
  BIRTH_DATE("birth dates", "C"),
  /** An age in words, such as {@code 92-year-old}; Safe Harbor removes those over 89. */
  AGE("ages", "C"),
  /** A telephone or fax number. */
  PHONE("telephone numbers", "D"),
  /** An e-mail address. */
  EMAIL("e-mail addresses", "F"),
  /** A social security number, or a taxpayer number of the same form. */
  SSN("social security numbers", "G"),
  /** A medical record number, or the number of a patient or case. */
  RECORD_NUMBER("record numbers", "H"),
  /** The number of a member, subscriber or beneficiary of a health plan. */
  PLAN_NUMBER("health plan numbers", "I"),
  /** The number of a bank account, an invoice or a customer. */
  ACCOUNT_NUMBER("account numbers", "J"),
  /** The number of a payment card. */
  CARD_NUMBER("payment card numbers", "J"),
  /** The number of a licence or certificate: driver, NPI, DEA and others. */
  LICENSE_NUMBER("licence numbers", "K"),
  /** A vehicle identification number or number plate. */
  VEHICLE_NUMBER("vehicle numbers", "L"),
  /** The serial number or hardware address of a device. */
  DEVICE_SERIAL("serial numbers of devices", "M"),
  /** A web address; names of code systems are none. */
  URL("web addresses", "N"),
  /** An address of the Internet Protocol. */
  IP_ADDRESS("IP addresses", "O"),
  /** An identity, health or tax number of another country. */
  NATIONAL_ID("national identity numbers", "R"),
  /** Text that a person wrote freely: line breaks, many words, or long. */
  FREE_TEXT("free text", "");

  private final String plural;
  private final String letter;

  ContentKind(String plural, String letter) {
    this.plural = plural;
    this.letter = letter;
  }

  /** The word in files and JSON, such as {@code ip-address}. */
  public String word() {
    return EnumWord.of(this);
  }

  /** What several of them are called in a sentence, such as {@code IP addresses}. */
  public String plural() {
    return plural;
  }

  /**
   * The letter of 45 CFR 164.514(b)(2)(i) that removes it; empty for text, which may contain any of
   * them.
   */
  public String letter() {
    return letter;
  }
}

package org.consentry.consent;

import java.util.Optional;

/**
 * The terms of the GA4GH Data Use Ontology (DUO, release of 2022-09) which a consent form may name:
 * five permissions and their modifiers.
 */
public enum DuoCode {
  NRES(4),
  HMB(6),
  DS(7),
  POA(11),
  RS(12),
  NMDS(15),
  GSO(16),
  NPUNCU(18),
  PUB(19),
  COL(20),
  IRB(21),
  GS(22),
  MOR(24),
  TS(25),
  US(26),
  PS(27),
  IS(28),
  RTN(29),
  GRU(42),
  CC(43),
  NPOA(44),
  NPU(45),
  NCU(46);

  private static final int DIGITS = 7;
  private static final String PREFIX = "DUO:";

  private final int number;

  DuoCode(int number) {
    this.number = number;
  }

  /** The term's id, such as {@code DUO:0000045}. */
  public String id() {
    String digits = Integer.toString(number);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** Reads the exact id or short name; anything else is unknown. */
  public static Optional<DuoCode> parse(String word) {
    for (DuoCode code : values()) {
      if (code.name().equals(word) || code.id().equals(word)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}

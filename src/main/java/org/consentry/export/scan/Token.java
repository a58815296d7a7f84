package org.consentry.export.scan;

/** The classes of tokens. The low five bits of a digest have the class. */
final class Token {

  static final int NAME = 0;
  static final int EMAIL = 1;
  static final int STREET = 2;
  static final int RECORD = 3;
  static final int DATE = 4;
  static final int SUBJECT = 5;

  /** The last seven digits of a telephone number. */
  static final int LOCAL_PHONE = 6;

  /** A number of {@value #SHORTEST} digits; one of n more has the n-th class after it. */
  static final int NUMBER = 7;

  static final int SHORTEST = 6;
  static final int LONGEST = 24;
  static final int CLASSES = 32;
  static final long CLASS_BITS = CLASSES - 1L;

  private Token() {}

  /** The class of a number of so many digits, from {@link #SHORTEST} to {@link #LONGEST}. */
  static int number(int digits) {
    return NUMBER + digits - SHORTEST;
  }

  /** The digits of a number's class. */
  static int digits(int numberClass) {
    return numberClass - NUMBER + SHORTEST;
  }

  static int classOf(long digest) {
    return (int) (digest & CLASS_BITS);
  }

  static IdentifierSet.Kind kind(int tokenClass) {
    return switch (tokenClass) {
      case NAME -> IdentifierSet.Kind.NAME;
      case EMAIL -> IdentifierSet.Kind.EMAIL;
      case STREET -> IdentifierSet.Kind.STREET;
      case RECORD -> IdentifierSet.Kind.RECORD_NUMBER;
      case DATE -> IdentifierSet.Kind.DATE;
      case SUBJECT -> IdentifierSet.Kind.SUBJECT;
      case LOCAL_PHONE -> IdentifierSet.Kind.LOCAL_PHONE;
      default -> IdentifierSet.Kind.NUMBER;
    };
  }
}

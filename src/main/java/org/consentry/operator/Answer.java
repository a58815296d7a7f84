package org.consentry.operator;

/** The answer of a test. What is not known is neither yes nor no (Kleene's three-valued logic). */
public enum Answer {
  YES,
  NO,
  UNKNOWN;

  public static Answer of(boolean yes) {
    return yes ? YES : NO;
  }

  public Answer and(Answer other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES && other == YES ? YES : UNKNOWN;
  }

  public Answer or(Answer other) {
    if (this == YES || other == YES) {
      return YES;
    }
    return this == NO && other == NO ? NO : UNKNOWN;
  }

  public Answer not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }
}

package org.consentry.data;

import java.util.Optional;

/**
 * The kind of records of a table or column, in the words consent forms use. A permit for {@code *}
 * covers every category except those that must be named (42 CFR Part 2; 45 CFR 164.508(a)(2)).
 */
public enum RecordCategory {
  DEMOGRAPHIC(0),
  VISIT(1),
  PROCEDURE(2),
  DIAGNOSIS(3),
  LAB(4),
  OBSERVATION(5),
  MEDICATION(6),
  ALLERGY(7),
  IMMUNIZATION(8),
  IMAGING(9),
  CARE_PLAN(10),
  NOTE(11),
  PHOTO(12),
  DEVICE(13),
  PROM(14),
  BILLING(15),
  FACE_PHOTO(16),
  GENETIC(17),
  PSYCHOTHERAPY_NOTE(18),
  SUD_PART2(19);

  private final long bit;

  RecordCategory(int position) {
    this.bit = 1L << position;
  }

  /** Whether {@code *} never covers it, so that a permit must name it. */
  public boolean mustBeNamed() {
    return switch (this) {
      case FACE_PHOTO, GENETIC, PSYCHOTHERAPY_NOTE, SUD_PART2 -> true;
      default -> false;
    };
  }

  /** This category's bit in a set of categories. */
  public long bit() {
    return bit;
  }

  /** Reads the exact word; anything else is unknown. */
  public static Optional<RecordCategory> parse(String word) {
    for (RecordCategory category : values()) {
      if (category.name().equals(word)) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }
}

package org.consentry.profile;

import java.util.Optional;

/** How a date is written; the more common way first, which wins where values fit several. */
public enum DateForm {
  YEAR_FIRST("yyyy-MM-dd"),
  COMPACT("yyyyMMdd"),
  MONTH_FIRST("MM/dd/yyyy"),
  DAY_FIRST("dd/MM/yyyy"),
  DOTS("dd.MM.yyyy"),
  MONTH_FIRST_DASHES("MM-dd-yyyy"),
  DAY_FIRST_DASHES("dd-MM-yyyy"),
  YEAR_FIRST_SLASHES("yyyy/MM/dd"),
  DAY_AND_NAME("dd-MMM-yyyy"),
  NAME_AND_DAY("MMM dd, yyyy");

  private final String pattern;

  DateForm(String pattern) {
    this.pattern = pattern;
  }

  /** The form with day and month in the other order; empty where it is clear which is which. */
  Optional<DateForm> swapped() {
    return switch (this) {
      case MONTH_FIRST -> Optional.of(DAY_FIRST);
      case DAY_FIRST -> Optional.of(MONTH_FIRST);
      case MONTH_FIRST_DASHES -> Optional.of(DAY_FIRST_DASHES);
      case DAY_FIRST_DASHES -> Optional.of(MONTH_FIRST_DASHES);
      case YEAR_FIRST, COMPACT, DOTS, YEAR_FIRST_SLASHES, DAY_AND_NAME, NAME_AND_DAY ->
          Optional.empty();
    };
  }

  /** The pattern; years may have two digits, days and months one. */
  public String pattern() {
    return pattern;
  }
}

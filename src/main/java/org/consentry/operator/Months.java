package org.consentry.operator;

import org.consentry.data.Effect;
import org.consentry.data.IsoDates;
import org.consentry.operator.text.CivilDate;

/** Dates to months, such as {@code 2026-03}. */
final class Months extends Periods {

  Months() {
    super("month", Effect.PeriodUnit.MONTH);
  }

  @Override
  long firstDay(long day) {
    int date = CivilDate.pack(day);
    return IsoDates.epochDay(CivilDate.year(date), CivilDate.month(date), 1);
  }

  @Override
  String label(long day) {
    int date = CivilDate.pack(day);
    return CivilDate.year(date) + "-" + twoDigits(CivilDate.month(date));
  }
}

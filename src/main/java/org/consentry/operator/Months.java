package org.consentry.operator;

import java.util.List;
import org.consentry.data.CivilDate;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;

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
  List<Level> levels(FieldType.Kind kind) {
    return List.of(quarters(kind), years(kind, 0), Level.NONE);
  }

  @Override
  String label(long day) {
    int date = CivilDate.pack(day);
    return CivilDate.year(date) + "-" + twoDigits(CivilDate.month(date));
  }
}

package org.consentry.operator;

import java.util.List;
import org.consentry.data.CivilDate;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;

/** Dates to quarters, such as {@code 2026-Q1}. */
final class Quarters extends Periods {

  Quarters() {
    super("quarter", Effect.PeriodUnit.QUARTER);
  }

  @Override
  long firstDay(long day) {
    int date = CivilDate.pack(day);
    return IsoDates.epochDay(CivilDate.year(date), (CivilDate.month(date) - 1) / 3 * 3 + 1, 1);
  }

  @Override
  List<Level> levels(FieldType.Kind kind) {
    return List.of(years(kind, 0), Level.NONE);
  }

  @Override
  String label(long day) {
    int date = CivilDate.pack(day);
    return CivilDate.year(date) + "-Q" + ((CivilDate.month(date) + 2) / 3);
  }
}

package org.consentry.operator;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.ClinicDates;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.problem.Place;

/** What operators of a test are bound to. */
final class Context {

  static final Place PLACE = new Place("mapping.yaml", 7, 5);

  private static final SubjectSlots SLOTS =
      new SubjectSlots() {
        @Override
        public int code(String domain, Effect.CodeKind kind) {
          return 0;
        }

        @Override
        public int shift(int maxDays, Unit unit, Place place) {
          return 0;
        }
      };

  private Context() {}

  /** A column of a record that is no subject key. */
  static ColumnContext of(FieldType type) {
    return of(type, LocalDate.of(2026, 11, 1), Map.of(), "visits", "visit_id");
  }

  static ColumnContext of(
      FieldType type,
      LocalDate referenceDate,
      Map<String, String> files,
      String table,
      String column) {
    return new ColumnContext(
        table,
        column,
        column.equals("patient_id"),
        "patient",
        Set.of(),
        EnumSet.allOf(SubjectAttribute.class),
        type,
        ClinicDates.NO_ZONE,
        referenceDate,
        PLACE,
        SLOTS,
        name ->
            Optional.ofNullable(files.get(name))
                .map(text -> new Attachments.Attachment(name, text, "0".repeat(64))));
  }
}

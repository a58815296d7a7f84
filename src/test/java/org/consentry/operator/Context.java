package org.consentry.operator;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.SourceCalendar;
import org.consentry.problem.Place;

/** What operators of a test are bound to. */
final class Context {

  static final Place PLACE = new Place("mapping.yaml", 7, 5);

  private static final SubjectSlots SLOTS =
      new SubjectSlots() {
        @Override
        public int code(String domain, Effect.CodeKind kind, CodeForm form) {
          return 0;
        }

        @Override
        public int shift(int maxDays, Unit unit, Place place) {
          return 0;
        }
      };

  private Context() {}

  /** A column of a record that is no subject key. */
  static RuleContext of(FieldType type) {
    return of(type, OperatorFixtures.REFERENCE, Map.of(), "visits", "visit_id");
  }

  static RuleContext of(
      FieldType type,
      LocalDate referenceDate,
      Map<String, String> files,
      String table,
      String column) {
    return of(
        mapping(referenceDate, files),
        table,
        List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow(column)))),
        List.of(new RuleContext.Output("value", column, type, PLACE)));
  }

  /** A rule with inputs and outputs, in a table whose subject is {@code patient_id}. */
  static RuleContext of(
      MappingContext mapping,
      String table,
      List<RuleContext.Bound> inputs,
      List<RuleContext.Output> outputs) {
    return new RuleContext(mapping, table, "patient_id", inputs, outputs, PLACE);
  }

  static MappingContext mapping(LocalDate referenceDate, Map<String, String> files) {
    return new MappingContext(
        "patient",
        Set.of(),
        CodeForm::usual,
        EnumSet.allOf(SubjectAttribute.class),
        BirthForm.DATE,
        ClinicDates.NO_ZONE,
        referenceDate,
        SourceCalendar.usual(referenceDate),
        SLOTS,
        name ->
            Optional.ofNullable(files.get(name))
                .map(text -> new Attachments.Attachment(name, text, "0".repeat(64))),
        MappingContext.Written.USUAL);
  }
}

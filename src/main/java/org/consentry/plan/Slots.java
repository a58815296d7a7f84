package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.operator.SubjectSlots;
import org.consentry.plan.DecidePlan.CodeSlot;
import org.consentry.plan.DecidePlan.ShiftSlot;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Numbers distinct requests in the order in which they come. Shifts that differ are a problem: the
 * codebook states that all dates of a person were moved alike. Not thread-safe.
 */
final class Slots implements SubjectSlots {

  private final List<CodeSlot> codes = new ArrayList<>();
  private final List<ShiftSlot> shifts = new ArrayList<>();
  private final Problems problems;
  private Optional<Place> firstShift = Optional.empty();

  Slots(Problems problems) {
    this.problems = problems;
  }

  @Override
  public int code(String domain, Effect.CodeKind kind, CodeForm form) {
    return slot(codes, new CodeSlot(domain, kind, form));
  }

  @Override
  public int shift(int maxDays, Unit unit, Place place) {
    ShiftSlot wanted = new ShiftSlot(maxDays, unit);
    Place first = firstShift.orElse(place);
    firstShift = Optional.of(first);
    ShiftSlot known = shifts.isEmpty() ? wanted : shifts.get(0);
    if (!wanted.equals(known)) {
      problems.error(
          "SHIFTS_DIFFER",
          place,
          "dates are shifted by " + shown(wanted) + " here but by " + shown(known) + " at " + first,
          "all dates of a person move by the same number of days; give every dateShift the same"
              + " maxDays and in");
    }
    return slot(shifts, wanted);
  }

  private static String shown(ShiftSlot shift) {
    return switch (shift.unit()) {
      case DAYS -> "days up to " + shift.maxDays() + " days";
      case WEEKS -> "whole weeks up to " + shift.maxDays() + " days";
    };
  }

  List<CodeSlot> codes() {
    return List.copyOf(codes);
  }

  List<ShiftSlot> shifts() {
    return List.copyOf(shifts);
  }

  private static <T> int slot(List<T> slots, T wanted) {
    int known = slots.indexOf(wanted);
    if (known >= 0) {
      return known;
    }
    slots.add(wanted);
    return slots.size() - 1;
  }
}

package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import org.consentry.pipeline.DecidePlan.CodeSlot;
import org.consentry.pipeline.DecidePlan.ShiftSlot;
import org.consentry.transform.SubjectSlots;

/** Numbers distinct requests in the order in which they come. Not thread-safe. */
final class Slots implements SubjectSlots {

  private final List<CodeSlot> codes = new ArrayList<>();
  private final List<ShiftSlot> shifts = new ArrayList<>();

  @Override
  public int code(String domain, CodeKind kind) {
    return slot(codes, new CodeSlot(domain, kind));
  }

  @Override
  public int shift(int maxDays, Preserve preserve) {
    return slot(shifts, new ShiftSlot(maxDays, preserve));
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

package org.consentry.testing;

import java.util.List;
import java.util.Set;
import org.consentry.consent.RecordConsent;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;

/**
 * Consent of each subject as one permit: some categories, and a window of days unless it is open.
 *
 * @param permits one a subject
 */
public record ConsentTable(List<Permit> permits) implements RecordConsent {

  public ConsentTable {
    permits = List.copyOf(permits);
  }

  /**
   * One permit.
   *
   * @param categories what it grants
   * @param from first day, or {@link Long#MIN_VALUE} for no bound
   * @param to last day, or {@link Long#MAX_VALUE} for no bound
   */
  public record Permit(Set<RecordCategory> categories, long from, long to) {

    /** Everything at any time. */
    public static final Permit ALL =
        new Permit(Set.of(RecordCategory.values()), Long.MIN_VALUE, Long.MAX_VALUE);

    public Permit {
      categories = Set.copyOf(categories);
    }

    boolean isOpen() {
      return from == Long.MIN_VALUE && to == Long.MAX_VALUE;
    }
  }

  @Override
  public byte record(int subject, RecordCategory category, When when) {
    Permit permit = permits.get(subject);
    if (!permit.categories().contains(category)) {
      return Exclusion.CATEGORY.code();
    }
    if (permit.isOpen() || when.timeless()) {
      return 0;
    }
    boolean inside = !when.unknown() && when.first() >= permit.from() && when.last() <= permit.to();
    return inside ? 0 : Exclusion.RECORD_DATE.code();
  }
}

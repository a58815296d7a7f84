package org.consentry.export.decide;

import org.consentry.consent.ConsentDecisions;
import org.consentry.data.RecordCategory;
import org.consentry.export.select.RecordConsent;

/** Consent decisions as the extract asks them. */
public final class ConsentAnswers implements RecordConsent {

  private final ConsentDecisions decisions;

  public ConsentAnswers(ConsentDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public byte record(int subject, RecordCategory category, When when) {
    if (when.timeless()) {
      return decisions.timelessRecord(subject, category);
    }
    return decisions.record(subject, category, when.first(), when.last(), when.unknown());
  }
}

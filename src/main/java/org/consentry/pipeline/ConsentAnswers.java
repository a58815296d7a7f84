package org.consentry.pipeline;

import org.consentry.consent.ConsentDecisions;
import org.consentry.data.RecordCategory;

/** Consent decisions as the extract asks them. */
final class ConsentAnswers implements RecordConsent {

  private final ConsentDecisions decisions;

  ConsentAnswers(ConsentDecisions decisions) {
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

package org.consentry.export.decide;

import org.consentry.consent.ConsentRequest;
import org.consentry.consent.RestrictionDigest;
import org.consentry.export.Parallel;
import org.consentry.plan.ConsentOrigin;

/** Consent as a step decides it where nothing is remembered. */
public final class Consented {

  private Consented() {}

  /** Reads the subjects table and the consent lines and decides. */
  public static DecisionStep.ConsentResult by(
      DecisionStep step, ConsentRequest request, ConsentOrigin lines) {
    Parallel parallel = Parallel.onCallingThread();
    return step.consent(
        request,
        step.sources(lines, parallel),
        keys -> -1,
        RestrictionDigest.NONE,
        reading -> {},
        parallel);
  }
}

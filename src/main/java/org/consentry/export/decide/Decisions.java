package org.consentry.export.decide;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.consent.ConsentDecisions;
import org.consentry.consent.ConsentFlow;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.Moratorium;
import org.consentry.consent.ProblemCounts;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectIndex;

/**
 * What was decided for a run: the index of subjects, the answers to record-level questions, and how
 * it came to that.
 *
 * @param index every subject with its exclusion, codes and shifts
 * @param flow how many subjects and lines fell at which test of consent
 * @param reading what was found in the consent lines
 * @param reported what was wrong between consent lines: ids that appear twice, lines named that do
 *     not exist
 * @param birthDates birth dates that cannot be read
 * @param moratorium what the recipient must know before publishing
 * @param excluded subjects that are out, by reason, cohort included
 * @param cohort subjects that are permitted and in the cohort
 * @param consentDigest digest over the consent decisions alone, to be compared at publication
 * @param digest digest over everything a part depends on of these decisions
 * @param decisions what consent grants of every subject, its records and cells
 */
public record Decisions(
    SubjectIndex index,
    ConsentFlow flow,
    ConsentReadResult reading,
    ProblemCounts reported,
    ProblemCounts birthDates,
    Moratorium moratorium,
    Map<Exclusion, Long> excluded,
    long cohort,
    String consentDigest,
    String digest,
    ConsentDecisions decisions) {

  public Decisions {
    excluded = Collections.unmodifiableMap(new TreeMap<>(excluded));
  }

  /** Shows two counts and nothing of a subject. */
  @Override
  public String toString() {
    return "Decisions[" + cohort + " of " + index.size() + " subjects]";
  }
}

package org.consentry.export;

import java.util.Arrays;
import java.util.BitSet;
import org.consentry.export.extract.KnownTuples;
import org.consentry.plan.RiskPlan;
import org.consentry.risk.KnownEvents;
import org.consentry.risk.SubjectDigests;
import org.consentry.risk.SubjectRisk;

/** Measures how many released subjects share what an adversary may know of them. */
final class RiskMeasure {

  /** So many different events of one subject are paired. */
  static final int MOST_EVENTS = 2000;

  private final RiskPlan risk;

  RiskMeasure(RiskPlan risk) {
    this.risk = risk;
  }

  /** What an adversary may know of the released rows of all tables. Read more than once. */
  interface Known {
    void read(KnownTuples.Identity identity, KnownTuples.Event event);
  }

  /**
   * What was found.
   *
   * @param risk of all released subjects
   * @param bounded subjects of whom not all pairs of events were looked at
   */
  record Measured(SubjectRisk risk, int bounded) {}

  /**
   * Measures.
   *
   * @param people how many subjects there are, released or not
   * @param released who is released
   */
  Measured measure(int people, BitSet released, Known known) {
    SubjectDigests digests = new SubjectDigests(people);
    int[] counts = new int[people];
    known.read(digests::add, (subject, event) -> counts[subject]++);
    long[][] events = new long[people][];
    Arrays.setAll(events, subject -> new long[counts[subject]]);
    known.read(
        (subject, high, low) -> {}, (subject, event) -> events[subject][--counts[subject]] = event);
    KnownEvents adversary = new KnownEvents(risk.known(), MOST_EVENTS);
    int[] sizes = adversary.smallestGroups(digests.groups(released), events);
    return new Measured(SubjectRisk.of(sizes, risk.k()), adversary.bounded());
  }
}

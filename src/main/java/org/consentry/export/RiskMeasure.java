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
   * @param small the fewest subjects without whom all groups are large enough: those of smaller
   *     groups, then those whose groups are smaller without them, and so on
   */
  record Measured(SubjectRisk risk, int bounded, BitSet small) {}

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
    SubjectRisk all = SubjectRisk.of(sizes, risk.k());
    int bounded = adversary.bounded();
    BitSet left = (BitSet) released.clone();
    for (BitSet more = below(sizes); !more.isEmpty(); more = below(sizes)) {
      left.andNot(more);
      sizes = adversary.smallestGroups(digests.groups(left), events);
    }
    BitSet small = (BitSet) released.clone();
    small.andNot(left);
    return new Measured(all, bounded, small);
  }

  private BitSet below(int[] sizes) {
    BitSet below = new BitSet();
    for (int subject = 0; subject < sizes.length; subject++) {
      below.set(subject, sizes[subject] > 0 && sizes[subject] < risk.k());
    }
    return below;
  }
}

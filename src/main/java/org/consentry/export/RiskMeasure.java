package org.consentry.export;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.consentry.export.extract.KnownTuples;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.release.Disclosure;
import org.consentry.risk.KnownEvents;
import org.consentry.risk.SensitiveColumn;
import org.consentry.risk.SubjectDigests;
import org.consentry.risk.SubjectRisk;

/**
 * Measures how many released subjects share what an adversary may know of them, and how well
 * sensitive values hide among those of the same identity.
 */
final class RiskMeasure {

  /** So many different events of one subject are paired. */
  static final int MOST_EVENTS = 2000;

  private final RiskPlan risk;

  private final Optional<PopulationMeasure> population;

  RiskMeasure(RiskPlan risk, Optional<PopulationMeasure> population) {
    this.risk = risk;
    this.population = population;
  }

  /** What an adversary may know of the released rows of all tables. Read more than once. */
  interface Known {
    void forEach(BiConsumer<TableExtract, long[]> reader);
  }

  /**
   * What was found.
   *
   * @param risk of all released subjects
   * @param bounded subjects of whom not all pairs of events were looked at
   * @param sensitive the worst group of each sensitive column, in the order of the rule
   * @param population the risk beside the population; empty when the job names none
   * @param small subjects without whom all groups are large enough and their values hide: those of
   *     smaller groups, then those whose groups are smaller without them, and so on. Without
   *     sensitive columns, the fewest that suffice
   */
  record Measured(
      SubjectRisk risk,
      int bounded,
      List<SensitiveColumn.Result> sensitive,
      Optional<Disclosure.Population> population,
      BitSet small) {}

  /**
   * Measures.
   *
   * @param people how many subjects there are, released or not
   * @param released who is released
   */
  Measured measure(int people, BitSet released, Known known) {
    Groups groups = new Groups(people, known);
    SensitiveColumns columns = SensitiveColumns.read(risk, known);
    int[] identity = groups.identity(released);
    int[] sizes = groups.smallest(identity);
    SubjectRisk all = SubjectRisk.of(sizes, risk.k());
    int bounded = groups.adversary.bounded();
    List<SensitiveColumn.Result> sensitive = columns.measure(identity);
    int[] ofReleased = identity;
    Optional<Disclosure.Population> beside =
        population.map(of -> of.measure(people, released, ofReleased, known));
    BitSet left = (BitSet) released.clone();
    BitSet more = below(sizes, sensitive);
    while (!more.isEmpty()) {
      left.andNot(more);
      identity = groups.identity(left);
      sizes = groups.smallest(identity);
      more = below(sizes, columns.measure(identity));
    }
    BitSet small = (BitSet) released.clone();
    small.andNot(left);
    return new Measured(all, bounded, sensitive, beside, small);
  }

  /**
   * Subjects of groups that are too small; when there are none, those of groups in which sensitive
   * values do not hide: leaving out the former may be enough.
   */
  private BitSet below(int[] sizes, List<SensitiveColumn.Result> sensitive) {
    BitSet below = new BitSet();
    for (int subject = 0; subject < sizes.length; subject++) {
      below.set(subject, sizes[subject] > 0 && sizes[subject] < risk.k());
    }
    if (below.isEmpty()) {
      sensitive.forEach(column -> below.or(column.exposed()));
    }
    return below;
  }

  /** The groups of any released subjects. */
  private final class Groups {
    private final SubjectDigests digests;
    private final long[][] events;
    private final KnownEvents adversary = new KnownEvents(risk.known(), MOST_EVENTS);

    Groups(int people, Known known) {
      digests = new SubjectDigests(people);
      int[] counts = new int[people];
      known.forEach(
          (table, tuples) ->
              KnownTuples.read(tuples, digests::add, (subject, event) -> counts[subject]++));
      events = new long[people][];
      Arrays.setAll(events, subject -> new long[counts[subject]]);
      known.forEach(
          (table, tuples) ->
              KnownTuples.read(
                  tuples,
                  (subject, high, low) -> {},
                  (subject, event) -> events[subject][--counts[subject]] = event));
    }

    int[] identity(BitSet released) {
      return digests.groups(released);
    }

    int[] smallest(int[] identity) {
      return adversary.smallestGroups(identity, events);
    }
  }
}

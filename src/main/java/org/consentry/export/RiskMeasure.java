package org.consentry.export;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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

  /** So many events are in memory at once, where single groups have no more. */
  private static final long PART_EVENTS = 8 << 20;

  private static final long[][] NO_EVENTS = new long[0][];
  private static final long[] NONE = new long[0];

  private final RiskPlan risk;

  private final Optional<PopulationMeasure> population;

  private final long partEvents;

  RiskMeasure(RiskPlan risk, Optional<PopulationMeasure> population) {
    this(risk, population, PART_EVENTS);
  }

  /** A measure with fewer events in memory. */
  RiskMeasure(RiskPlan risk, Optional<PopulationMeasure> population, long partEvents) {
    this.risk = risk;
    this.population = population;
    this.partEvents = partEvents;
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
   * @param beside what is reported beside it and decides nothing
   * @param small subjects without whom all groups are large enough and their values hide: those of
   *     smaller groups, then those whose groups are smaller without them, and so on. Without
   *     sensitive columns, the fewest that suffice
   */
  record Measured(
      SubjectRisk risk,
      int bounded,
      List<SensitiveColumn.Result> sensitive,
      Beside beside,
      BitSet small) {}

  /** What is reported beside a risk. Measured when it is asked for, each time. */
  interface Beside {

    /**
     * By identity alone when a missing value may be any; empty when that is too much to compare.
     */
    Optional<SubjectRisk> lenient();

    /** Beside the population; empty when the job names none. */
    Optional<Disclosure.Population> population();
  }

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
    int bounded = groups.bounded;
    List<SensitiveColumn.Result> sensitive = columns.measure(identity);
    Beside beside = new OfReleased(people, released, identity, known);
    BitSet left = (BitSet) released.clone();
    BitSet more = below(risk.k(), sizes, () -> sensitive);
    while (!more.isEmpty()) {
      left.andNot(more);
      identity = groups.identity(left);
      sizes = groups.smallest(identity);
      int[] groupsLeft = identity;
      more = below(risk.k(), sizes, () -> columns.measure(groupsLeft));
    }
    BitSet small = (BitSet) released.clone();
    small.andNot(left);
    return new Measured(all, bounded, sensitive, beside, small);
  }

  /** The measures beside the risk of those who are released. */
  private final class OfReleased implements Beside {
    private final int people;
    private final BitSet released;
    private final int[] identity;
    private final Known known;

    OfReleased(int people, BitSet released, int[] identity, Known known) {
      this.people = people;
      this.released = released;
      this.identity = identity;
      this.known = known;
    }

    @Override
    public Optional<SubjectRisk> lenient() {
      return new LenientGroups(people, released, known)
          .sizes(identity)
          .map(found -> SubjectRisk.of(found, risk.k()));
    }

    @Override
    public Optional<Disclosure.Population> population() {
      return population.map(of -> of.measure(people, released, identity, known));
    }
  }

  /**
   * Subjects of groups that are too small; when there are none, those of groups in which sensitive
   * values do not hide: leaving out the former may be enough.
   */
  static BitSet below(int k, int[] sizes, Supplier<List<SensitiveColumn.Result>> sensitive) {
    BitSet below = new BitSet();
    for (int subject = 0; subject < sizes.length; subject++) {
      below.set(subject, sizes[subject] > 0 && sizes[subject] < k);
    }
    if (below.isEmpty()) {
      sensitive.get().forEach(column -> below.or(column.exposed()));
    }
    return below;
  }

  /**
   * The groups of any released subjects. Events are read again and again, those of some identity
   * groups at a time, so that they take no more memory than a part of them does.
   */
  private final class Groups {
    private final SubjectDigests digests;
    private final Known known;
    private final KnownEvents adversary = new KnownEvents(risk.known(), MOST_EVENTS);
    private long events;
    private int bounded;

    Groups(int people, Known known) {
      this.digests = new SubjectDigests(people);
      this.known = known;
      known.forEach(
          (table, tuples) -> KnownTuples.read(tuples, digests::add, (subject, event) -> events++));
    }

    int[] identity(BitSet released) {
      return digests.groups(released);
    }

    int[] smallest(int[] identity) {
      if (risk.known() == 0) {
        return adversary.smallestGroups(identity, NO_EVENTS);
      }
      int parts = (int) (1 + events / partEvents);
      int[] smallest = new int[identity.length];
      bounded = 0;
      for (int part = 0; part < parts; part++) {
        int[] ofPart = new int[identity.length];
        for (int subject = 0; subject < identity.length; subject++) {
          int group = identity[subject];
          ofPart[subject] = group >= 0 && group % parts == part ? group / parts : -1;
        }
        int[] found = adversary.smallestGroups(ofPart, events(ofPart));
        for (int subject = 0; subject < identity.length; subject++) {
          smallest[subject] += found[subject];
        }
        bounded += adversary.bounded();
      }
      return smallest;
    }

    /** The events of the subjects who are in a group. */
    private long[][] events(int[] groups) {
      int[] counts = new int[groups.length];
      known.forEach(
          (table, tuples) ->
              KnownTuples.read(
                  tuples, (subject, high, low) -> {}, (subject, event) -> counts[subject]++));
      long[][] found = new long[groups.length][];
      Arrays.setAll(
          found,
          subject ->
              groups[subject] < 0 || counts[subject] == 0 ? NONE : new long[counts[subject]]);
      known.forEach(
          (table, tuples) ->
              KnownTuples.read(
                  tuples,
                  (subject, high, low) -> {},
                  (subject, event) -> {
                    if (groups[subject] >= 0) {
                      found[subject][--counts[subject]] = event;
                    }
                  }));
      return found;
    }
  }
}

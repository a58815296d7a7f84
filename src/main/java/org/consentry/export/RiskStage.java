package org.consentry.export;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.connector.Split;
import org.consentry.data.EnumWord;
import org.consentry.export.extract.KnownTuples;
import org.consentry.export.extract.Parts;
import org.consentry.export.seal.TableSubjects;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;
import org.consentry.risk.KnownEvents;
import org.consentry.risk.SubjectDigests;
import org.consentry.risk.SubjectRisk;

/**
 * Measures how many released subjects share what an adversary may know of them, and blocks what the
 * job does not allow.
 */
final class RiskStage {

  /** So many different events of one subject are paired. */
  private static final int MOST_EVENTS = 2000;

  private final ExportPlan plan;
  private final RunContext context;
  private final Parts parts;

  RiskStage(ExportPlan plan, RunContext context, Parts parts) {
    this.plan = plan;
    this.context = context;
    this.parts = parts;
  }

  /**
   * Measures, when the job has what an adversary may know.
   *
   * @param subjects whose rows of each table are released
   * @throws ProblemException category DISCLOSURE_CHECK when fewer subjects than the job asks for
   *     share it, and the job blocks that
   */
  Optional<Disclosure.Risk> run(RunDecisions decided, Collection<TableSubjects> subjects) {
    return plan.risk().map(risk -> measure(risk, decided, subjects));
  }

  private Disclosure.Risk measure(
      RiskPlan risk, RunDecisions decided, Collection<TableSubjects> subjects) {
    context.progress().phase("measuring risk");
    int people = decided.decisions().index().size();
    SubjectDigests digests = new SubjectDigests(people);
    int[] counts = new int[people];
    read(decided, digests::add, (subject, event) -> counts[subject]++);
    long[][] events = new long[people][];
    Arrays.setAll(events, subject -> new long[counts[subject]]);
    read(
        decided,
        (subject, high, low) -> {},
        (subject, event) -> events[subject][--counts[subject]] = event);
    BitSet released = new BitSet();
    for (int subject = 0; subject < people; subject++) {
      int one = subject;
      released.set(one, subjects.stream().anyMatch(table -> table.spans().contains(one)));
    }
    KnownEvents adversary = new KnownEvents(risk.known(), MOST_EVENTS);
    int[] sizes = adversary.smallestGroups(digests.groups(released), events);
    SubjectRisk found = SubjectRisk.of(sizes, risk.k());
    gate(risk, found);
    warnOfPairs(adversary.bounded());
    return disclosure(risk, found, adversary.bounded());
  }

  private void read(RunDecisions decided, KnownTuples.Identity identity, KnownTuples.Event event) {
    for (TableExtract table : plan.tables()) {
      for (Split split : decided.splits().apply(table.source())) {
        KnownTuples.read(parts.knownOf(split), identity, event);
      }
    }
  }

  private void gate(RiskPlan risk, SubjectRisk found) {
    if (found.below() == 0) {
      return;
    }
    String small =
        found.below()
            + " of "
            + found.subjects()
            + " released subjects are in groups of fewer than "
            + risk.k()
            + " of whom an adversary may know the same";
    String hint =
        "generalize the columns of risk further, release fewer of them, or change k with the expert";
    Place place = Place.of(plan.jobFile().toString());
    if (risk.onViolation() == OnViolation.BLOCK) {
      throw ProblemException.of(
          Category.DISCLOSURE_CHECK, "SMALL_GROUPS", place, small + "; nothing was released", hint);
    }
    context.progress().note(Problem.warning("SMALL_GROUPS", place, small, hint).toString());
  }

  /** A group that is smaller than k may be among the pairs that were not looked at. */
  private void warnOfPairs(int bounded) {
    if (bounded > 0) {
      Problem warning =
          Problem.warning(
              "MANY_EVENTS",
              Place.of(plan.jobFile().toString()),
              bounded
                  + " released subjects have more than "
                  + MOST_EVENTS
                  + " different events, so that not all pairs of them were looked at; a smaller"
                  + " group is possible",
              "generalize the columns of events further, or release fewer of them");
      context.progress().note(warning.toString());
    }
  }

  private Disclosure.Risk disclosure(RiskPlan risk, SubjectRisk found, int bounded) {
    List<String> identity = risk.identityNames(plan.tables());
    List<String> events = risk.eventsNames(plan.tables());
    Map<String, Long> bands = new LinkedHashMap<>();
    for (int band = 0; band < SubjectRisk.BANDS.size(); band++) {
      bands.put(words(band), found.bands().get(band));
    }
    return new Disclosure.Risk(
        identity,
        events,
        risk.known(),
        new Disclosure.Groups(
            risk.k(),
            EnumWord.of(risk.onViolation()),
            found.subjects(),
            found.smallest(),
            found.uniques(),
            found.below(),
            found.average(),
            bands),
        bounded,
        risk.isCountable(plan.tables()));
  }

  /** The sizes of a band, such as {@code 2-4}. */
  private static String words(int band) {
    int from = SubjectRisk.BANDS.get(band);
    if (band == SubjectRisk.BANDS.size() - 1) {
      return from + "+";
    }
    int to = SubjectRisk.BANDS.get(band + 1) - 1;
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}

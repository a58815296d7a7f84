package org.consentry.export;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.data.EnumWord;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;
import org.consentry.risk.SubjectRisk;

/**
 * Measures how many released subjects share what an adversary may know of them, and blocks what the
 * job does not allow.
 */
final class RiskGate {

  private final ExportPlan plan;
  private final Progress progress;

  RiskGate(ExportPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param people how many subjects there are, released or not
   * @param released who is released
   */
  Disclosure.Risk measure(RiskPlan risk, int people, BitSet released, RiskMeasure.Known known) {
    progress.phase("measuring risk");
    RiskMeasure.Measured found = new RiskMeasure(risk).measure(people, released, known);
    warnOfPairs(found.bounded());
    return disclosure(risk, found.risk(), found.bounded());
  }

  /**
   * Applies what the job says about small groups.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when fewer subjects than the job asks for
   *     share what is known, and the job blocks that
   */
  void check(RiskPlan risk, Disclosure.Groups found) {
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
    progress.note(Problem.warning("SMALL_GROUPS", place, small, hint).toString());
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
                  + RiskMeasure.MOST_EVENTS
                  + " different events, so that not all pairs of them were looked at; a smaller"
                  + " group is possible",
              "generalize the columns of events further, or release fewer of them");
      progress.note(warning.toString());
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
        AdversaryWords.of(risk, plan.tables()),
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

package org.consentry.export;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.LevelPlan;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.RiskRule;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.config.SensitiveRule;
import org.consentry.data.EnumWord;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure;
import org.consentry.risk.SensitiveColumn;
import org.consentry.risk.SubjectRisk;

/**
 * Measures how many released subjects share what an adversary may know of them, and blocks or
 * leaves out what the job does not allow.
 */
final class RiskGate {

  private static final String WIDER =
      "generalize the columns of risk further, release fewer of them, or change k with the expert";

  private final ExportPlan plan;
  private final Progress progress;
  private final Prf prf;

  /**
   * A gate.
   *
   * @param prf the function that released tuples are digested with
   */
  RiskGate(ExportPlan plan, Progress progress, Prf prf) {
    this.plan = plan;
    this.progress = progress;
    this.prf = prf;
  }

  /**
   * Measures.
   *
   * @param people how many subjects there are, released or not
   * @param released who is released
   */
  RiskMeasure.Measured measure(
      RiskPlan risk, int people, BitSet released, RiskMeasure.Known known) {
    progress.step(RunStep.MEASURE_RISK);
    Optional<PopulationMeasure> population =
        risk.population().map(of -> new PopulationMeasure(risk, of, plan.tables(), prf));
    return new RiskMeasure(risk, population).measure(people, released, known);
  }

  /** What the manifest has of a measure; warns of what was not looked at. */
  Disclosure.Risk disclosure(RiskPlan risk, RiskMeasure.Measured found) {
    warnOfPairs(found.bounded());
    boolean isFinal = risk.onViolation() != OnViolation.SUPPRESS || found.small().isEmpty();
    plan.levels()
        .filter(levels -> isFinal)
        .ifPresent(levels -> noteChange(levels.plan(), found.risk()));
    Optional<Disclosure.Levels> levels = plan.levels().map(RiskGate::levels);
    AdversaryWords words =
        new AdversaryWords(plan.tables(), levels.map(Disclosure.Levels::levels).orElse(Map.of()));
    return new Disclosure.Risk(
        words.of(risk),
        words.names(risk.identity()),
        words.names(risk.events().stream().toList()),
        groups(risk, found.risk()),
        found.beside().lenient().map(lenient -> groups(risk, lenient)),
        sensitive(risk, found.sensitive()),
        found.beside().population(),
        found.bounded(),
        levels,
        List.of(),
        risk.isCountable(plan.tables()));
  }

  private void noteChange(LevelPlan levels, SubjectRisk found) {
    progress.note(
        "risk plan of "
            + levels.searchedOn()
            + ": smallest group was "
            + levels.gives().smallestGroup()
            + " when approved, is "
            + found.smallest()
            + " now");
  }

  /** The levels of the plan file, for the manifest. */
  private static Disclosure.Levels levels(LevelPlanFile file) {
    LevelPlan levels = file.plan();
    Map<String, String> words = new LinkedHashMap<>();
    levels.levels().forEach((column, level) -> words.put(column, level.value()));
    return new Disclosure.Levels(
        file.sha256().substring(Sha256.PREFIX.length()),
        levels.approved().map(LevelPlan.Approved::by).orElse(""),
        levels.approved().map(approved -> approved.on().toString()).orElse(""),
        words,
        levels.gives().smallestGroup());
  }

  /**
   * Whom a run leaves out because of what it measured.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when no one is left
   */
  BitSet leftOut(RiskPlan risk, RiskMeasure.Measured found) {
    if (risk.onViolation() != OnViolation.SUPPRESS || found.small().isEmpty()) {
      return new BitSet();
    }
    long small = found.small().cardinality();
    long subjects = found.risk().subjects();
    requireSomeone(risk, small, subjects);
    String orExposed = risk.sensitive().isEmpty() ? "" : ", or whose sensitive values do not hide";
    progress.note(words(risk, small, subjects) + orExposed + "; they are left out (SMALL_GROUP)");
    return found.small();
  }

  /**
   * Refuses to leave out all subjects.
   *
   * @param small how many are in small groups, or in groups that are small without others
   * @param subjects of how many
   * @throws ProblemException category DISCLOSURE_CHECK when no one is left
   */
  void requireSomeone(RiskPlan risk, long small, long subjects) {
    if (small > 0 && small == subjects) {
      throw ProblemException.of(
          Category.DISCLOSURE_CHECK,
          "NOTHING_TO_RELEASE",
          place(),
          words(risk, small, subjects) + "; no subject is left",
          WIDER);
    }
  }

  /**
   * Refuses to leave out more subjects than the job allows.
   *
   * @param leftOut how many are
   * @param subjects of how many
   * @throws ProblemException category DISCLOSURE_CHECK when these are too many
   */
  void requireFew(long leftOut, long subjects) {
    plan.job()
        .risk()
        .flatMap(RiskRule::suppressAtMost)
        .filter(most -> leftOut > most * subjects)
        .ifPresent(
            most -> {
              throw ProblemException.of(
                  Category.DISCLOSURE_CHECK,
                  "TOO_MANY_LEFT_OUT",
                  place(),
                  leftOut
                      + " of "
                      + CountWords.of(subjects, "subject")
                      + " would be left out, more than suppressAtMost: "
                      + most
                      + " allows; nothing was released",
                  WIDER);
            });
  }

  /**
   * Applies the rule of the job for small groups.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when fewer subjects than the job asks for
   *     share what is known, and the job blocks that, or leaves them out and no one is left
   */
  void check(RiskPlan risk, Disclosure.Risk found) {
    Map<String, String> violations = violations(risk, found);
    if (violations.isEmpty()) {
      return;
    }
    switch (risk.onViolation()) {
      case BLOCK ->
          throw new ProblemException(
              Category.DISCLOSURE_CHECK,
              violations.entrySet().stream()
                  .map(
                      one ->
                          Problem.error(
                              one.getValue(),
                              place(),
                              one.getKey() + "; nothing was released",
                              WIDER))
                  .toList());
      case SUPPRESS ->
          violations
              .keySet()
              .forEach(
                  words ->
                      progress.note(
                          words
                              + "; a run leaves them out, and those whose groups are smaller"
                              + " without them"));
      case REPORT ->
          violations.forEach(
              (words, code) -> progress.problem(Problem.warning(code, place(), words, WIDER)));
    }
  }

  /** What is wrong in words, with the code of each. */
  private static Map<String, String> violations(RiskPlan risk, Disclosure.Risk found) {
    Map<String, String> violations = new LinkedHashMap<>();
    Disclosure.Groups groups = found.groups();
    if (groups.below() > 0) {
      violations.put(words(risk, groups.below(), groups.subjects()), "SMALL_GROUPS");
    }
    for (Disclosure.Sensitive column : found.sensitive()) {
      if (column.exposed() > 0) {
        violations.put(
            column.exposed()
                + " of "
                + CountWords.of(groups.subjects(), "released subject")
                + " are in groups whose values of '"
                + column.column()
                + "' do not have "
                + column.measure(),
            "SENSITIVE_GROUPS");
      }
    }
    return violations;
  }

  private Place place() {
    return Place.of(plan.jobFile());
  }

  private static String words(RiskPlan risk, long small, long subjects) {
    return small
        + " of "
        + CountWords.of(subjects, "released subject")
        + (small == 1 ? " is in" : " are in")
        + " groups of fewer than "
        + risk.k()
        + " of whom an adversary may know the same";
  }

  /** A group that is smaller than k may be among the pairs that were not looked at. */
  private void warnOfPairs(int bounded) {
    if (bounded > 0) {
      Problem warning =
          Problem.warning(
              "MANY_EVENTS",
              place(),
              CountWords.of(bounded, "released subject has", "released subjects have")
                  + " more than "
                  + RiskMeasure.MOST_EVENTS
                  + " different events, so that not all pairs of them were looked at; a smaller"
                  + " group is possible",
              "generalize the columns of events further, or release fewer of them");
      progress.problem(warning);
    }
  }

  private static List<Disclosure.Sensitive> sensitive(
      RiskPlan risk, List<SensitiveColumn.Result> found) {
    List<Disclosure.Sensitive> sensitive = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SensitiveRule rule = risk.sensitive().get(i).rule();
      sensitive.add(
          new Disclosure.Sensitive(
              rule.column().value(),
              rule.words(),
              found.get(i).worst(),
              found.get(i).exposed().cardinality()));
    }
    return sensitive;
  }

  private static Disclosure.Groups groups(RiskPlan risk, SubjectRisk found) {
    Map<String, Long> bands = new LinkedHashMap<>();
    for (int band = 0; band < SubjectRisk.BANDS.size(); band++) {
      bands.put(band(band), found.bands().get(band));
    }
    return new Disclosure.Groups(
        risk.k(),
        EnumWord.of(risk.onViolation()),
        found.subjects(),
        found.smallest(),
        found.uniques(),
        found.below(),
        found.average(),
        bands);
  }

  /** The sizes of a band, such as {@code 2-4}. */
  private static String band(int band) {
    int from = SubjectRisk.BANDS.get(band);
    if (band == SubjectRisk.BANDS.size() - 1) {
      return from + "+";
    }
    int to = SubjectRisk.BANDS.get(band + 1) - 1;
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}

package org.consentry.export.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.config.ConsentRule.UnknownRestrictions;
import org.consentry.config.Quality;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.Restrictions;
import org.consentry.ledger.Remembered;
import org.consentry.ledger.RestrictionRecord;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * Compares the restrictions a run reads with those that earlier runs of the study, or over the same
 * file of consent lines, have read. A file that was cut off, or from which a restriction was
 * removed, is noticed before anything is released.
 */
public final class RestrictionCheck {

  private static final int SHOWN = 20;

  private final RestrictionRecord memory;
  private final ExportPlan plan;
  private final ConsentReadResult reading;
  private final Restrictions restrictions;
  private final List<String> subjects;

  /** A check of what was read for a plan. */
  public RestrictionCheck(RestrictionRecord memory, ExportPlan plan, ConsentReadResult reading) {
    this.memory = memory;
    this.plan = plan;
    this.reading = reading;
    this.restrictions = reading.restrictions();
    this.subjects = List.of(subject(plan.job().study().id()), "file " + plan.consents().identity());
  }

  /** What is remembered of a study, as its memory is named. */
  public static String subject(String study) {
    return "study " + study;
  }

  /**
   * What is missing.
   *
   * @return the problems, each an error; none when the file has all that earlier runs read
   * @throws ProblemException when the memory cannot be read
   */
  public List<Problem> missing() {
    Remembered missing = Remembered.NOTHING;
    long linesBefore = 0;
    for (String subject : subjects) {
      Optional<Remembered> before = memory.of(subject);
      if (before.isPresent()) {
        linesBefore = Math.max(linesBefore, before.get().lines());
        missing = before.get().without(restrictions.size(), restrictions::digest).and(missing);
      }
    }
    List<Problem> problems = new ArrayList<>();
    if (missing.size() > 0) {
      problems.add(restrictions(missing));
    }
    double allowed = plan.job().quality().orElse(Quality.NONE).fewerConsentLines();
    if (reading.lines() < linesBefore * (1 - allowed)) {
      problems.add(lines(reading.lines(), linesBefore, allowed));
    }
    return problems;
  }

  private Problem restrictions(Remembered missing) {
    String lines =
        IntStream.range(0, missing.size())
            .map(missing::on)
            .sorted()
            .distinct()
            .limit(SHOWN)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    return Problem.error(
        "RESTRICTIONS_MISSING",
        Place.of(plan.consentName()),
        "restrictions that earlier runs read are missing ("
            + missing.size()
            + "), last seen on lines "
            + lines
            + (missing.size() > SHOWN ? ", ..." : ""),
        "restore the whole file, or the words of consent: that changed; a restriction that no"
            + " longer counts keeps its line with another status; where lines were removed on"
            + " purpose, consentry run --accept-missing-restrictions REASON");
  }

  private Problem lines(long now, long before, double allowed) {
    return Problem.error(
        "CONSENT_LINES_FEWER",
        Place.of(plan.consentName()),
        "found "
            + CountWords.of(now, "line")
            + " where the last run read "
            + before
            + ", fewer than quality: {fewerThanLast: "
            + allowed
            + "} allows",
        "restore the whole file; where lines were removed on purpose, consentry run"
            + " --accept-missing-restrictions REASON");
  }

  /** Remembers what was read instead of what was remembered. */
  public void keep() {
    Remembered now = inForce();
    subjects.forEach(subject -> memory.keep(subject, now));
  }

  /** Remembers what was read besides what is remembered already. */
  public void add() {
    Remembered now = inForce();
    for (String subject : subjects) {
      Remembered before = memory.of(subject).orElse(now);
      memory.keep(subject, now.and(before).ofLines(before.lines()));
    }
  }

  /**
   * The restrictions to remember. One that stops the run because its patient is unknown is none of
   * them: it is another one when its patient id is corrected.
   */
  private Remembered inForce() {
    boolean counted = plan.job().consent().unknownRestrictions() == UnknownRestrictions.COUNT;
    IntPredicate inForce =
        number ->
            switch (restrictions.force(number)) {
              case COUNTS -> true;
              case OF_UNKNOWN -> counted;
              case WITHOUT_FORCE -> false;
            };
    return Remembered.of(
        reading.lines(),
        () -> IntStream.range(0, restrictions.size()).filter(inForce),
        restrictions::digest,
        restrictions::line);
  }
}

package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import org.consentry.config.JobKind;
import org.consentry.connector.SourceTable;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.operator.SubjectSlots;

/**
 * What the deciding pass needs of a checked plan. The plan room builds it.
 *
 * @param subjects the table that describes persons
 * @param key position in {@code subjects.columns()} of the subject's id
 * @param births how it shows when people were born
 * @param deathDate position of the date of death
 * @param cohort the study's cohort; empty when every consented subject is needed
 * @param timeless other tables that are read and declared timeless
 * @param codeSlots what each column of {@code SubjectIndex.codes()} contains, by position
 * @param shiftSlots what each array of {@code SubjectIndex.shifts()} contains, by position
 * @param dates reads dates of the subjects table as the clinic's clock showed them
 * @param consents how the file of consent lines is written
 * @param consent whether consent is asked
 * @param people who is asked for by name; empty when that is everyone
 */
public record DecidePlan(
    SourceTable subjects,
    int key,
    Births births,
    Optional<Integer> deathDate,
    Optional<Cohort> cohort,
    List<Timeless> timeless,
    List<CodeSlot> codeSlots,
    List<ShiftSlot> shiftSlots,
    ClinicDates dates,
    ConsentForm consents,
    Consent consent,
    Optional<PeopleAsked> people) {

  public DecidePlan {
    timeless = List.copyOf(timeless);
    codeSlots = List.copyOf(codeSlots);
    shiftSlots = List.copyOf(shiftSlots);
  }

  /** A plan for everyone whose consent permits it. */
  public DecidePlan(
      SourceTable subjects,
      int key,
      Births births,
      Optional<Integer> deathDate,
      Optional<Cohort> cohort,
      List<Timeless> timeless,
      List<CodeSlot> codeSlots,
      List<ShiftSlot> shiftSlots,
      ClinicDates dates,
      ConsentForm consents) {
    this(
        subjects,
        key,
        births,
        deathDate,
        cohort,
        timeless,
        codeSlots,
        shiftSlots,
        dates,
        consents,
        Consent.ASKED,
        Optional.empty());
  }

  /** Whether consent is asked. */
  public enum Consent {
    ASKED,
    /** The law or a court demands the records (45 CFR 164.512(a), (e) and (f)). */
    NOT_ASKED
  }

  /** Whether consent is asked. */
  public boolean asksConsent() {
    return consent == Consent.ASKED;
  }

  /** The same with the subjects table as it is from now on. */
  public DecidePlan renewed() {
    return with(subjects.renewed(), consent, people);
  }

  /** The same for a kind of disclosure, and the people it names. */
  DecidePlan asking(JobKind kind, Optional<PeopleAsked> forPeople) {
    return with(subjects, kind.asksConsent() ? Consent.ASKED : Consent.NOT_ASKED, forPeople);
  }

  private DecidePlan with(SourceTable persons, Consent isAsked, Optional<PeopleAsked> forPeople) {
    return new DecidePlan(
        persons,
        key,
        births,
        deathDate,
        cohort,
        timeless,
        codeSlots,
        shiftSlots,
        dates,
        consents,
        isAsked,
        forPeople);
  }

  /** Whether one condition is enough or all are asked. */
  public enum Match {
    ANY,
    ALL
  }

  /**
   * Whose records the study needs at all (minimum necessary, 45 CFR 164.502(b)).
   *
   * @param match any or all of the conditions
   * @param conditions at least one
   */
  public record Cohort(Match match, List<CohortCondition> conditions) {
    public Cohort {
      conditions = List.copyOf(conditions);
      if (conditions.isEmpty()) {
        throw new IllegalArgumentException("a cohort has at least one condition");
      }
    }
  }

  /**
   * A table that has at most one row for each subject.
   *
   * @param subject position in {@code source.columns()} of the subject's id
   */
  public record Timeless(SourceTable source, int subject) {}

  /**
   * Codes of subjects in one domain.
   *
   * @param domain what they name
   * @param kind how they are made
   * @param form how they are written
   */
  public record CodeSlot(String domain, Effect.CodeKind kind, CodeForm form) {}

  /** Shifts of dates, in days. */
  public record ShiftSlot(int maxDays, SubjectSlots.Unit unit) {}
}

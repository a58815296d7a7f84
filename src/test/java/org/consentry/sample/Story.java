package org.consentry.sample;

/**
 * What a patient's consent forms contain. Every story names the outcome it was written for: {@code
 * IN}, or the reason code with which study IRB-2026-014 (purpose CLINTRCH, recipient uni-x: US,
 * non-profit, non-commercial; disease H02.4; no methods research) leaves the patient or some of the
 * rows out. The outcome is true from November 2026 to the end of 2031.
 */
enum Story {
  BROAD(0, 0, "IN"),
  STUDY_NAMED(30, 14, "IN"),
  CATEGORIES_NAMED(24, 10, "IN"),
  FACE_PHOTO_NAMED(22, 12, "IN"),
  ENDS_WITH_STUDY(8, 5, "IN"),
  RECONSENTED(6, 4, "IN"),
  WITHDRAWAL_ENTERED_IN_ERROR(4, 2, "IN"),
  WITHDRAWAL_IN_FUTURE(4, 2, "IN"),
  MARKETING_WITHDRAWN(5, 3, "IN"),
  DENIAL_SUPERSEDED(4, 2, "IN"),
  DUO_SATISFIED(14, 5, "IN"),
  BAD_PERMIT_BESIDE_GOOD(3, 1, "IN"),
  EXECUTOR_PERMITTED(4, 2, "IN"),
  MINOR_WITH_ASSENT(4, 8, "IN"),
  MINOR_TOO_YOUNG_TO_ASSENT(3, 6, "IN"),
  NOW_ADULT_RECONSENTED(4, 2, "IN"),
  DUO_NON_PROFIT(6, 3, "IN"),
  DUO_NON_COMMERCIAL(4, 2, "IN"),
  DUO_NON_PROFIT_NON_COMMERCIAL(4, 2, "IN"),
  DUO_NO_METHODS(4, 2, "IN"),

  NEVER_ASKED(38, 40, "NO_CONSENT"),
  DRAFT_FORM(5, 3, "NO_CONSENT"),
  INACTIVE_FORM(3, 2, "NO_CONSENT"),
  PERMIT_ENTERED_IN_ERROR(3, 2, "NO_CONSENT"),
  SIGNED_IN_FUTURE(3, 1, "NO_CONSENT"),
  BAD_PERMIT_ONLY(4, 2, "NO_CONSENT"),
  REFUSED(10, 8, "REFUSED"),
  FORM_REJECTED(4, 2, "REFUSED"),
  NO_EVIDENCE(6, 3, "EVIDENCE_MISSING"),
  NOT_SIGNED(3, 1, "EVIDENCE_MISSING"),
  GUARDIAN_WITHOUT_AUTHORITY(3, 2, "EVIDENCE_MISSING"),
  MARKETING_ONLY(18, 20, "PURPOSE"),
  INSURER_ONLY(10, 8, "PURPOSE"),
  TREATMENT_ONLY(10, 8, "PURPOSE"),
  OTHER_RESEARCH_PURPOSE(5, 3, "PURPOSE"),
  PURPOSES_EMPTY(3, 2, "PURPOSE"),
  OTHER_STUDY(10, 4, "STUDY"),
  STUDIES_EMPTY(3, 1, "STUDY"),
  OTHER_RECIPIENT(9, 4, "RECIPIENT"),
  NO_UNION_OF_FORMS(4, 2, "RECIPIENT"),
  NOT_YET_VALID(5, 2, "NOT_YET_VALID"),
  EXPIRED(14, 10, "EXPIRED"),
  NO_EXPIRY_STATED(4, 2, "EXPIRED"),
  DUO_DISEASE(4, 2, "DUO_DISEASE"),
  DUO_TIME_LIMIT(4, 2, "DUO_TS"),
  DUO_OTHER_COUNTRY(3, 1, "DUO_GS"),
  DUO_OTHER_INSTITUTION(3, 1, "DUO_IS"),
  DUO_OTHER_PROJECT(3, 1, "DUO_PS"),
  DUO_OTHER_USER(3, 1, "DUO_US"),
  DUO_OBLIGATION(3, 1, "DUO_OBLIGATION"),
  DUO_ASKS_A_PERSON(4, 2, "DUO_NEEDS_STEWARD"),
  MINOR_WITHOUT_ASSENT(4, 4, "MINOR"),
  MINOR_SIGNED_ALONE(3, 2, "MINOR"),
  PARENT_SIGNED_NOW_ADULT(5, 5, "MINOR"),
  BIRTH_DATE_UNKNOWN(6, 4, "BIRTH_DATE_UNREADABLE"),
  WITHDREW_THE_FORM(6, 3, "WITHDRAWN"),
  WITHDREW_EVERYTHING(5, 3, "WITHDRAWN"),
  WITHDREW_FROM_RESEARCH(5, 3, "WITHDRAWN"),
  WITHDREW_SAME_MOMENT(3, 1, "WITHDRAWN"),
  WITHDREW_WITHOUT_DATE(3, 1, "WITHDRAWN"),
  REVOKES_UNKNOWN_LINE(3, 1, "WITHDRAWN"),
  EXECUTOR_WITHDREW(3, 1, "WITHDRAWN"),
  OLDER_FORM_RECORDED_LATER(3, 1, "WITHDRAWN"),
  DENIED_LATER(6, 3, "DENIED"),
  CONTRADICTORY(5, 3, "DENIED"),
  BAD_WITHDRAWAL(5, 2, "BAD_RESTRICTION_ROW"),
  TWO_IDENTITIES(3, 1, "PATIENT_AMBIGUOUS"),

  PHOTOS_EXCLUDED(12, 8, "CATEGORY"),
  QUESTIONNAIRES_EXCLUDED(10, 4, "CATEGORY"),
  DEMOGRAPHIC_ONLY(5, 2, "NOT_IN_COHORT"),
  DIAGNOSES_AND_BILLING_EXCLUDED(6, 4, "IN"),
  WINDOW(14, 6, "RECORD_DATE"),
  WINDOW_HALF_OPEN(4, 2, "NOT_IN_COHORT"),
  QUESTIONNAIRES_DENIED(6, 2, "DENIED_CATEGORY"),
  YEAR_DENIED(4, 2, "DENIED_CATEGORY");

  private final int inCohort;
  private final int others;
  private final String outcome;

  Story(int inCohort, int others, String outcome) {
    this.inCohort = inCohort;
    this.others = others;
    this.outcome = outcome;
  }

  /** How many patients of the eyelid cohort have it; the rest of the cohort is {@link #BROAD}. */
  int inCohort() {
    return inCohort;
  }

  /** How many patients outside the eyelid cohort have it; the rest is {@link #BROAD}. */
  int others() {
    return others;
  }

  /** What the eyelid study makes of it: {@code IN} or a reason code. */
  String outcome() {
    return outcome;
  }

  /** What the story demands of the patient's age. */
  AgeGroup ageGroup() {
    return switch (this) {
      case MINOR_WITH_ASSENT, MINOR_WITHOUT_ASSENT, MINOR_SIGNED_ALONE -> AgeGroup.CHILD;
      case MINOR_TOO_YOUNG_TO_ASSENT -> AgeGroup.INFANT;
      case PARENT_SIGNED_NOW_ADULT, NOW_ADULT_RECONSENTED -> AgeGroup.GROWN_UP_SINCE;
      case EXECUTOR_PERMITTED, EXECUTOR_WITHDREW -> AgeGroup.DECEASED;
      case BIRTH_DATE_UNKNOWN -> AgeGroup.UNREADABLE;
      default -> AgeGroup.ADULT;
    };
  }

  /** Ages by story. Children are born so that they stay children until the end of 2031. */
  enum AgeGroup {
    ADULT,
    /** Seven or older in November 2026 and still under eighteen at the end of 2031. */
    CHILD,
    /** Still under seven at the end of 2031. */
    INFANT,
    /** Eighteen before November 2026, under eighteen when the parent signed. */
    GROWN_UP_SINCE,
    DECEASED,
    /** The birth date is missing, impossible or in the future. */
    UNREADABLE
  }
}

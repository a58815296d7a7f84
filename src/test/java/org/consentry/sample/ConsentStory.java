package org.consentry.sample;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.consentry.sample.ConsentForm.Column;

/** Tells one patient's story. */
final class ConsentStory {
  private static final String STUDY = "IRB-2026-014";
  private static final String PERSON_AND_CARE =
      "DEMOGRAPHIC|VISIT|PROCEDURE|DIAGNOSIS|MEDICATION|NOTE|PHOTO|DEVICE|PROM|BILLING";

  private final ConsentLines lines;
  private final Patient patient;
  private final LocalDateTime signed;
  private final Draws draws;
  private final String jurisdiction;

  ConsentStory(ConsentLines lines, Patient patient, LocalDateTime signed, Draws draws) {
    this.lines = lines;
    this.patient = patient;
    this.signed = signed;
    this.draws = draws;
    boolean atHome = patient.place().state().isEmpty() || draws.chance(700);
    boolean young = patient.story().ageGroup() == Story.AgeGroup.GROWN_UP_SINCE;
    this.jurisdiction = atHome || young ? "AZ" : patient.place().state();
  }

  void write() {
    switch (patient.story()) {
      case BROAD -> broad();
      case STUDY_NAMED ->
          permit()
              .with(Column.STUDIES, "IRB-2025-003|" + STUDY)
              .with(
                  Column.RECIPIENTS,
                  draws.pick(List.of("uni-x", "uni-x|uni-y", "outcomes-inc|uni-x")))
              .with(Column.PURPOSES, "CLINTRCH");
      case CATEGORIES_NAMED -> permit().with(Column.CATEGORIES_IN, PERSON_AND_CARE);
      case FACE_PHOTO_NAMED ->
          permit()
              .with(
                  Column.CATEGORIES_IN,
                  draws.pick(List.of("*|FACE_PHOTO", PERSON_AND_CARE + "|FACE_PHOTO")));
      case ENDS_WITH_STUDY ->
          permit().with(Column.VALID_TO, "").with(Column.EXPIRY_EVENT, "END_OF_STUDY");
      case RECONSENTED -> {
        withdraw(permit(), 40);
        permit(90).with(Column.FORM_VERSION, "3.2");
      }
      case WITHDRAWAL_ENTERED_IN_ERROR ->
          withdraw(permit(), 30).with(Column.STATUS, "ENTERED_IN_ERROR");
      case WITHDRAWAL_IN_FUTURE -> withdraw(permit(), 30).with(Column.VALID_FROM, "2040-01-01");
      case MARKETING_WITHDRAWN -> {
        permit();
        marketing();
        restriction("WITHDRAW", 60).with(Column.PURPOSES, "HMARKT");
      }
      case DENIAL_SUPERSEDED -> {
        String denial = restriction("DENY", 0).cell(Column.LINE_ID);
        permit(25).with(Column.SUPERSEDES, denial);
      }
      case DUO_SATISFIED ->
          permit()
              .with(
                  Column.DUO,
                  draws.pick(
                      List.of(
                          "GRU",
                          "HMB|IRB",
                          "DS:H02",
                          "DS:H02.4",
                          "HMB|TS:600",
                          "GRU|GS:US",
                          "HMB|PS:" + STUDY)));
      case BAD_PERMIT_BESIDE_GOOD -> {
        permit().with(Column.VALID_TO, "2045-02-30");
        permit(3);
      }
      case EXECUTOR_PERMITTED ->
          permit()
              .with(Column.SIGNER_ROLE, "EXECUTOR")
              .with(Column.SIGNER_AUTHORITY, "letters testamentary");
      case MINOR_WITH_ASSENT -> parent("YES").with(Column.PURPOSES, researchOrBoth());
      case PARENT_SIGNED_NOW_ADULT -> parent("YES");
      case MINOR_TOO_YOUNG_TO_ASSENT -> parent("NA");
      case NOW_ADULT_RECONSENTED -> {
        parent("YES");
        permit(day(patient.born().plusYears(18).plusDays(20)));
      }
      case DUO_NON_PROFIT -> permit().with(Column.DUO, "HMB|NPU");
      case DUO_NON_COMMERCIAL -> permit().with(Column.DUO, "HMB|NCU");
      case DUO_NON_PROFIT_NON_COMMERCIAL -> permit().with(Column.DUO, "GRU|NPUNCU");
      case DUO_NO_METHODS -> permit().with(Column.DUO, "HMB|NMDS");
      default -> writeRefusal();
    }
  }

  private void writeRefusal() {
    switch (patient.story()) {
      case NEVER_ASKED -> {}
      case DRAFT_FORM -> permit().with(Column.STATUS, "DRAFT");
      case INACTIVE_FORM -> permit().with(Column.STATUS, "INACTIVE");
      case PERMIT_ENTERED_IN_ERROR -> permit().with(Column.STATUS, "ENTERED_IN_ERROR");
      case SIGNED_IN_FUTURE -> permit(day(LocalDate.of(2062, 4, 11)));
      case BAD_PERMIT_ONLY ->
          permit()
              .with(
                  draws.pick(List.of(Column.VALID_FROM, Column.VALID_TO)),
                  draws.pick(Mess.BAD_DATES));
      case REFUSED -> restriction("DENY", 0).with(Column.FORM_ID, "RES-AUTH");
      case FORM_REJECTED -> permit().with(Column.STATUS, "REJECTED");
      case NO_EVIDENCE -> permit().with(Column.EVIDENCE_SHA256, "");
      case NOT_SIGNED -> permit().with(Column.SIGNED_AT, "");
      case GUARDIAN_WITHOUT_AUTHORITY -> permit().with(Column.SIGNER_ROLE, "GUARDIAN");
      case MARKETING_ONLY -> marketing();
      case INSURER_ONLY ->
          permit()
              .with(Column.PURPOSES, draws.pick(List.of("COVERAGE", "HPAYMT", "HPAYMT|COVERAGE")))
              .with(Column.FORM_ID, "INS-REL")
              .with(Column.RECIPIENTS, draws.pick(List.of("*", "desert-mutual")));
      case TREATMENT_ONLY ->
          permit().with(Column.PURPOSES, "TREAT").with(Column.FORM_ID, "TREAT-CONS");
      case OTHER_RESEARCH_PURPOSE ->
          permit().with(Column.PURPOSES, draws.pick(List.of("BIORCH", "PRECLINTRCH")));
      case PURPOSES_EMPTY -> permit().with(Column.PURPOSES, "");
      case OTHER_STUDY -> permit().with(Column.STUDIES, "IRB-2019-007");
      case STUDIES_EMPTY -> permit().with(Column.STUDIES, "");
      case OTHER_RECIPIENT ->
          permit().with(Column.RECIPIENTS, draws.pick(List.of("uni-z", "clinic-own-research")));
      case NO_UNION_OF_FORMS -> {
        permit().with(Column.RECIPIENTS, "uni-z");
        marketing().with(Column.RECIPIENTS, "uni-x");
      }
      case NOT_YET_VALID -> permit().with(Column.VALID_FROM, "2040-01-01");
      case EXPIRED -> permit().with(Column.VALID_TO, expiredOn().toString());
      case NO_EXPIRY_STATED -> permit().with(Column.VALID_TO, "");
      case MINOR_WITHOUT_ASSENT -> parent(draws.pick(List.of("NO", "NA", "")));
      case MINOR_SIGNED_ALONE, BIRTH_DATE_UNKNOWN, TWO_IDENTITIES -> permit();
      default -> writeRestriction();
    }
  }

  private void writeRestriction() {
    switch (patient.story()) {
      case DUO_DISEASE ->
          permit().with(Column.DUO, draws.pick(List.of("DS:C50", "DS:N62", "DS:H02.8")));
      case DUO_TIME_LIMIT -> permit(day(LocalDate.of(2020, 5, 4))).with(Column.DUO, "HMB|TS:60");
      case DUO_OTHER_COUNTRY ->
          permit().with(Column.DUO, draws.pick(List.of("GRU|GS:CA", "HMB|GS:CH")));
      case DUO_OTHER_INSTITUTION -> permit().with(Column.DUO, "HMB|IS:uni-z");
      case DUO_OTHER_PROJECT -> permit().with(Column.DUO, "HMB|PS:IRB-2019-007");
      case DUO_OTHER_USER -> permit().with(Column.DUO, "HMB|US:b.someone");
      case DUO_OBLIGATION ->
          permit().with(Column.DUO, draws.pick(List.of("GRU|PUB", "HMB|COL", "HMB|RTN")));
      case DUO_ASKS_A_PERSON -> permit().with(Column.DUO, draws.pick(List.of("HMB|RS", "GRU|GSO")));
      case WITHDREW_THE_FORM -> withdraw(permit(), draws.between(10, 200));
      case WITHDREW_EVERYTHING -> {
        permit();
        restriction("WITHDRAW", draws.between(10, 200)).with(Column.REVOKES, "*");
      }
      case WITHDREW_FROM_RESEARCH -> {
        permit();
        restriction("WITHDRAW", 50)
            .with(Column.PURPOSES, draws.pick(List.of("", "HRESCH", "CLINTRCH")));
      }
      case WITHDREW_SAME_MOMENT -> withdraw(permit(), 0);
      case WITHDREW_WITHOUT_DATE -> withdraw(permit(), 15).with(Column.SIGNED_AT, "");
      case REVOKES_UNKNOWN_LINE -> {
        permit();
        restriction("WITHDRAW", 20).with(Column.REVOKES, "C999999");
      }
      case EXECUTOR_WITHDREW ->
          withdraw(permit(), 5)
              .with(Column.SIGNER_ROLE, "EXECUTOR")
              .with(Column.SIGNER_AUTHORITY, "letters testamentary");
      case OLDER_FORM_RECORDED_LATER -> {
        restriction("WITHDRAW", 30);
        permit().with(Column.RECORDED_AT, moment(60));
      }
      case DENIED_LATER -> {
        permit();
        restriction("DENY", draws.between(20, 300));
      }
      case CONTRADICTORY -> {
        permit();
        restriction("DENY", 0).with(Column.SOURCE, "portal");
      }
      case BAD_WITHDRAWAL -> {
        ConsentForm withdrawal = withdraw(permit(), 30);
        if (draws.chance(500)) {
          withdrawal.with(Column.SIGNED_AT, draws.pick(Mess.BAD_DATES));
        } else {
          withdrawal.with(Column.DECISION, "WITHDRAWL");
        }
      }
      default -> writeRecordLimit();
    }
  }

  private void writeRecordLimit() {
    switch (patient.story()) {
      case PHOTOS_EXCLUDED -> permit().with(Column.CATEGORIES_EX, "PHOTO|FACE_PHOTO");
      case QUESTIONNAIRES_EXCLUDED -> permit().with(Column.CATEGORIES_EX, "PROM");
      case DEMOGRAPHIC_ONLY -> permit().with(Column.CATEGORIES_IN, "DEMOGRAPHIC");
      case DIAGNOSES_AND_BILLING_EXCLUDED ->
          permit().with(Column.CATEGORIES_EX, "DIAGNOSIS|BILLING");
      case WINDOW ->
          permit().with(Column.DATA_FROM, "2022-01-01").with(Column.DATA_TO, "2023-12-31");
      case WINDOW_HALF_OPEN -> permit().with(Column.DATA_TO, "");
      case QUESTIONNAIRES_DENIED -> {
        permit();
        restriction("DENY", 10).with(Column.CATEGORIES_IN, "PROM").with(Column.PURPOSES, "HRESCH");
      }
      case YEAR_DENIED -> {
        permit();
        restriction("DENY", 10)
            .with(Column.CATEGORIES_IN, "VISIT|PROCEDURE|PHOTO|PROM")
            .with(Column.DATA_FROM, "2022-01-01")
            .with(Column.DATA_TO, "2022-12-31");
      }
      default -> throw new IllegalStateException("no forms for the story " + patient.story());
    }
  }

  /** Some months after the signature, and never after the data ends. */
  private LocalDate expiredOn() {
    LocalDate end = signed.toLocalDate().plusMonths(draws.pick(List.of(6, 12, 24)));
    return end.isBefore(ClinicGenerator.LAST_DAY) ? end : ClinicGenerator.LAST_DAY;
  }

  private void broad() {
    ConsentForm form =
        permit().with(Column.PURPOSES, draws.pick(List.of("HRESCH", "HRESCH", "HRESCH|HMARKT")));
    if (draws.chance(120)) {
      form.with(Column.VALID_TO, "").with(Column.EXPIRY_EVENT, "NONE");
    }
    if (draws.chance(150)) {
      form.with(Column.LEGAL_BASIS, "BROAD_CONSENT").with(Column.FORM_ID, "BROAD");
    }
    if (draws.chance(200)) {
      marketing();
    }
    if (patient.number() % 3 != 1) {
      form.with(Column.PURPOSES, form.cell(Column.PURPOSES) + "|RECONTACT");
    }
  }

  private ConsentForm parent(String assent) {
    return permit()
        .with(Column.SIGNER_ROLE, draws.pick(List.of("PARENT", "PARENT", "GUARDIAN")))
        .with(
            Column.SIGNER_AUTHORITY,
            draws.pick(List.of("mother", "father", "court order 2016-0417")))
        .with(Column.ASSENT, assent);
  }

  /** Of every third patient, letters about the clinic's services as well. */
  private String researchOrBoth() {
    return patient.number() % 3 == 0 ? "HRESCH|HMARKT" : "HRESCH";
  }

  private ConsentForm marketing() {
    return permit()
        .with(Column.PURPOSES, "HMARKT")
        .with(Column.FORM_ID, "WEB-PHOTO")
        .with(Column.CATEGORIES_IN, "PHOTO|FACE_PHOTO");
  }

  private ConsentForm withdraw(ConsentForm permit, int daysLater) {
    return restriction("WITHDRAW", daysLater).with(Column.REVOKES, permit.cell(Column.LINE_ID));
  }

  private ConsentForm restriction(String decision, int daysLater) {
    return filed(
        ConsentForm.restriction(
            lines.nextId(), patient.id(), decision, signed.plusDays(daysLater)));
  }

  private ConsentForm permit() {
    return permit(0);
  }

  private ConsentForm permit(int daysLater) {
    return permit(signed.plusDays(daysLater));
  }

  private ConsentForm permit(LocalDateTime signedAt) {
    return filed(ConsentForm.permit(lines.nextId(), patient.id(), signedAt));
  }

  private ConsentForm filed(ConsentForm form) {
    lines.file(form);
    return form.with(Column.JURISDICTION, jurisdiction)
        .with(Column.SOURCE, draws.pick(List.of("paper", "paper", "tablet", "portal")));
  }

  private LocalDateTime day(LocalDate day) {
    return day.atTime(signed.toLocalTime());
  }

  private String moment(int daysLater) {
    return signed.plusDays(daysLater) + ":00";
  }
}

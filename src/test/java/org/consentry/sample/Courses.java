package org.consentry.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The courses of care of one patient after another: consultation, surgery and what follows, in four
 * tables.
 */
final class Courses {
  private static final LocalDate FIRST = LocalDate.of(2020, 2, 3);
  private static final LocalDate LAST = LocalDate.of(2026, 5, 29);

  private final EventTables tables = EventTables.empty();

  /** Adds all events of a patient and returns the day of the first. */
  LocalDate add(Patient patient) {
    Draws draws = Draws.of("course", patient.number());
    List<Plan> plans = plans(patient, draws);
    List<LocalDate> starts = new ArrayList<>();
    for (Plan plan : plans) {
      starts.add(new Course(tables, patient, draws, plan.care, plan.surgery).add());
    }
    return starts.stream().min(LocalDate::compareTo).orElseThrow();
  }

  /** Adds one event in every table of a patient whom the patients table does not have. */
  void addOrphan(Patient stranger, String rawId, LocalDate day) {
    Draws draws = Draws.of("orphan", stranger.number());
    String note = Notes.of(stranger, day, "consult", draws);
    String visit =
        tables
            .visits()
            .add(day, rawId, day.toString(), day + "T10:00:00", "consult", "Alder, M.", note);
    tables
        .procedures()
        .add(
            day,
            visit,
            rawId,
            day.toString(),
            "15823",
            "H02.834",
            "left",
            "Alder, M.",
            "",
            "",
            "unknown",
            "AZ",
            "silent",
            "2750.00");
    tables
        .photos()
        .add(day, rawId, visit, day.toString(), stranger.lastName() + "_front.jpg", "yes");
    tables.proms().add(day, rawId, visit, day.toString(), "FACE-Q", "61.5", "4");
  }

  /** Adds a procedure whose visit does not exist, though its patient does. */
  void addWithoutVisit(Patient patient, LocalDate day) {
    tables
        .procedures()
        .add(
            day,
            "V900001",
            patient.id(),
            day.toString(),
            "11951",
            "Z41.1",
            "",
            "Birch, T.",
            "",
            "",
            "no",
            "AZ",
            "",
            "650.00");
  }

  /** Adds photo rows that a file name with a comma, or a cut, has made too long or too short. */
  void addRaggedPhotos(Patient patient, LocalDate day) {
    tables
        .photos()
        .addRagged(
            day,
            "F900001",
            patient.id(),
            "V000001",
            day.toString(),
            patient.lastName(),
            patient.firstName() + ".jpg",
            "yes");
    tables.photos().addRagged(day, "F900002", patient.id(), "V000001", day.toString());
    tables
        .photos()
        .addRagged(
            day, "F900003", patient.id(), "V000001", day.toString(), "a", "b", "c.jpg", "no");
  }

  CsvText visits() {
    return tables
        .visits()
        .into(
            new CsvText(
                CsvText.LineEnd.LF,
                "visit_id",
                "patient_id",
                "visited_on",
                "arrived_at",
                "visit_type",
                "provider",
                "note"));
  }

  CsvText procedures() {
    return tables
        .procedures()
        .into(
            new CsvText(
                CsvText.LineEnd.LF,
                "procedure_id",
                "visit_id",
                "patient_id",
                "performed_on",
                "cpt_code",
                "icd10_codes",
                "laterality",
                "surgeon",
                "implant_udi_di",
                "implant_serial",
                "functional_impairment",
                "state",
                "benefits_language",
                "charge"));
  }

  CsvText photos() {
    return tables
        .photos()
        .into(
            new CsvText(
                CsvText.LineEnd.LF,
                "photo_id",
                "patient_id",
                "visit_id",
                "taken_on",
                "file_name",
                "face_visible"));
  }

  CsvText proms() {
    return tables
        .proms()
        .into(
            new CsvText(
                CsvText.LineEnd.CRLF,
                "prom_id",
                "patient_id",
                "visit_id",
                "completed_on",
                "instrument",
                "score",
                "satisfaction"));
  }

  private record Plan(Care care, LocalDate surgery) {}

  private static List<Plan> plans(Patient patient, Draws draws) {
    List<Plan> plans = new ArrayList<>();
    switch (patient.story()) {
      case WINDOW -> {
        plans.add(
            new Plan(
                patient.care(),
                draws.workday(LocalDate.of(2022, 4, 1), LocalDate.of(2022, 8, 31))));
        plans.add(new Plan(patient.care(), draws.workday(LocalDate.of(2024, 3, 1), LAST)));
      }
      case YEAR_DENIED -> {
        plans.add(
            new Plan(
                patient.care(),
                draws.workday(LocalDate.of(2022, 4, 1), LocalDate.of(2022, 8, 31))));
        plans.add(new Plan(patient.care(), draws.workday(LocalDate.of(2023, 6, 1), LAST)));
      }
      default -> {
        LocalDate first = firstSurgery(patient);
        LocalDate last = lastSurgery(patient);
        plans.add(new Plan(patient.care(), draws.workday(first, last)));
        boolean adult = patient.story().ageGroup() == Story.AgeGroup.ADULT;
        if (adult && draws.chance(180)) {
          plans.add(new Plan(secondCare(patient, draws), draws.workday(first, last)));
        }
      }
    }
    return plans;
  }

  private static Care secondCare(Patient patient, Draws draws) {
    if (patient.care() == Care.EYELID_LONG_AGO || draws.chance(500)) {
      return Care.INJECTION;
    }
    return patient.woman()
        ? draws.pick(
            List.of(Care.BREAST_RECONSTRUCTION, Care.BREAST_COSMETIC, Care.ABDOMEN, Care.FACELIFT))
        : draws.pick(List.of(Care.NOSE, Care.SKIN_CANCER, Care.ABDOMEN));
  }

  private static LocalDate firstSurgery(Patient patient) {
    if (patient.care() == Care.EYELID_LONG_AGO) {
      return LocalDate.of(2016, 3, 1);
    }
    LocalDate oldEnough = patient.born().plusDays(120);
    return oldEnough.isAfter(FIRST) ? oldEnough : FIRST;
  }

  private static LocalDate lastSurgery(Patient patient) {
    if (patient.care() == Care.EYELID_LONG_AGO) {
      return LocalDate.of(2019, 10, 31);
    }
    if (patient.story().ageGroup() == Story.AgeGroup.GROWN_UP_SINCE) {
      LocalDate stillMinor = patient.born().plusYears(18).minusDays(60);
      return stillMinor.isBefore(LAST) ? stillMinor : LAST;
    }
    return patient.deceased() ? patient.died().minusDays(30) : LAST;
  }
}

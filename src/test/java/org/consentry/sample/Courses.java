package org.consentry.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The courses of care of one patient after another: consultation, surgery and what follows, in four tables. */
final class Courses {
  private static final LocalDate FIRST = LocalDate.of(2020, 2, 3);
  private static final LocalDate LAST = LocalDate.of(2026, 5, 29);

  private final EventRows visits = new EventRows("V");
  private final EventRows procedures = new EventRows("S");
  private final EventRows photos = new EventRows("F");
  private final EventRows proms = new EventRows("Q");

  /** Adds all events of a patient and returns the day of the first. */
  LocalDate add(Patient patient) {
    Draws draws = Draws.of("course", patient.number());
    List<Plan> plans = plans(patient, draws);
    List<LocalDate> starts = new ArrayList<>();
    for (Plan plan : plans) {
      starts.add(new Course(patient, draws, plan.care, plan.surgery).add());
    }
    return starts.stream().min(LocalDate::compareTo).orElseThrow();
  }

  /** Adds one event in every table of a patient whom the patients table does not hold. */
  void addOrphan(Patient stranger, String rawId, LocalDate day) {
    Draws draws = Draws.of("orphan", stranger.number());
    String note = Notes.of(stranger, day, "consult", draws);
    String visit = visits.add(day, rawId, day.toString(), day + "T10:00:00", "consult", "Alder, M.", note);
    procedures.add(
        day, visit, rawId, day.toString(), "15823", "H02.834", "left", "Alder, M.", "", "", "unknown", "AZ", "silent",
        "2750.00");
    photos.add(day, rawId, visit, day.toString(), stranger.lastName() + "_front.jpg", "yes");
    proms.add(day, rawId, visit, day.toString(), "FACE-Q", "61.5", "4");
  }

  /** Adds a procedure whose visit does not exist, though its patient does. */
  void addWithoutVisit(Patient patient, LocalDate day) {
    procedures.add(
        day, "V900001", patient.id(), day.toString(), "11951", "Z41.1", "", "Birch, T.", "", "", "no", "AZ", "",
        "650.00");
  }

  /** Adds photo rows that a file name with a comma, or a cut, has made too long or too short. */
  void addRaggedPhotos(Patient patient, LocalDate day) {
    photos.addRagged(
        day, "F900001", patient.id(), "V000001", day.toString(), patient.lastName(), patient.firstName() + ".jpg", "yes");
    photos.addRagged(day, "F900002", patient.id(), "V000001", day.toString());
    photos.addRagged(day, "F900003", patient.id(), "V000001", day.toString(), "a", "b", "c.jpg", "no");
  }

  CsvText visits() {
    return visits.into(
        new CsvText(
            CsvText.LineEnd.LF, "visit_id", "patient_id", "visited_on", "arrived_at", "visit_type", "provider", "note"));
  }

  CsvText procedures() {
    return procedures.into(
        new CsvText(
            CsvText.LineEnd.LF,
            "procedure_id", "visit_id", "patient_id", "performed_on", "cpt_code", "icd10_codes", "laterality", "surgeon",
            "implant_udi_di", "implant_serial", "functional_impairment", "state", "benefits_language", "charge"));
  }

  CsvText photos() {
    return photos.into(
        new CsvText(
            CsvText.LineEnd.LF, "photo_id", "patient_id", "visit_id", "taken_on", "file_name", "face_visible"));
  }

  CsvText proms() {
    return proms.into(
        new CsvText(
            CsvText.LineEnd.CRLF,
            "prom_id", "patient_id", "visit_id", "completed_on", "instrument", "score", "satisfaction"));
  }

  private record Plan(Care care, LocalDate surgery) {}

  private static List<Plan> plans(Patient patient, Draws draws) {
    List<Plan> plans = new ArrayList<>();
    switch (patient.story()) {
      case WINDOW -> {
        plans.add(new Plan(patient.care(), draws.workday(LocalDate.of(2022, 4, 1), LocalDate.of(2022, 8, 31))));
        plans.add(new Plan(patient.care(), draws.workday(LocalDate.of(2024, 3, 1), LAST)));
      }
      case YEAR_DENIED -> {
        plans.add(new Plan(patient.care(), draws.workday(LocalDate.of(2022, 4, 1), LocalDate.of(2022, 8, 31))));
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
        ? draws.pick(List.of(Care.BREAST_RECONSTRUCTION, Care.BREAST_COSMETIC, Care.ABDOMEN, Care.FACELIFT))
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

  /** One course of care around one operation. */
  private final class Course {
    private final Patient patient;
    private final Draws draws;
    private final Care care;
    private final LocalDate surgery;
    private final String surgeon;

    Course(Patient patient, Draws draws, Care care, LocalDate surgery) {
      this.patient = patient;
      this.draws = draws;
      this.care = care;
      this.surgery = surgery;
      this.surgeon = draws.pick(Words.SURGEONS);
    }

    LocalDate add() {
      LocalDate consultation = Draws.toWorkday(surgery.minusDays(draws.between(14, 70)));
      String first = visit(consultation, "consult");
      photo(consultation, first, "pre");
      prom(consultation, first, 30);
      if (!care.surgical()) {
        return consultation;
      }
      String theDay = visit(surgery, care == Care.INJECTION ? "injection" : "surgery");
      Care.Operation main = draws.pick(care.operations());
      procedure(theDay, main);
      if (care == Care.EYELID && draws.chance(330)) {
        procedure(theDay, draws.pick(Care.EYELID_COMPANION.operations()));
      } else if (draws.chance(120)) {
        procedure(theDay, draws.pick(care.operations()));
      }
      followUp(7, "postop", 800);
      followUp(30, draws.chance(300) ? "telephone" : "postop", 450);
      followUp(90, "followup", 650);
      followUp(365, "followup", 450);
      return consultation;
    }

    private void followUp(int days, String type, int perMille) {
      LocalDate day = Draws.toWorkday(surgery.plusDays(days + draws.between(0, 9)));
      if (day.isAfter(patient.lastDay()) || !draws.chance(perMille)) {
        return;
      }
      String visit = visit(day, type);
      if (days >= 90) {
        photo(day, visit, "post");
        prom(day, visit, 55);
      }
    }

    private String visit(LocalDate day, String type) {
      String arrived = "%sT%02d:%02d:00".formatted(day, draws.between(7, 16), draws.between(0, 59));
      return visits.add(
          day,
          patient.id(),
          Mess.date(day, draws),
          type.equals("telephone") ? "" : arrived,
          type,
          draws.chance(300) ? "RN " + draws.pick(Words.SURNAMES) : surgeon,
          Notes.of(patient, day, type, draws));
    }

    private void procedure(String visit, Care.Operation operation) {
      boolean device = operation.implantsDevice();
      procedures.add(
          surgery,
          visit,
          patient.id(),
          Mess.date(surgery, draws),
          Mess.procedureCode(operation.code(), draws),
          Mess.diagnosisCodes(operation.diagnoses(), draws),
          draws.pick(List.of("bilateral", "bilateral", "left", "right", "")),
          surgeon,
          device ? draws.pick(List.of("00999990001017", "00999990001024", "00999990002014")) : "",
          device ? "SN" + draws.digits(8) : "",
          impairment(operation),
          patient.place().state(),
          draws.pick(List.of("function-only", "function-or-appearance", "three-way", "silent", "")),
          charge(operation));
    }

    private String impairment(Care.Operation operation) {
      if (operation.diagnoses().equals("Z41.1")) {
        return draws.pick(List.of("no", "no", "no", "N", ""));
      }
      if (operation.diagnoses().contains("H53")) {
        return draws.pick(List.of("yes", "yes", "yes", "Y", "unknown"));
      }
      return draws.pick(List.of("yes", "no", "unknown", "", "not documented"));
    }

    private String charge(Care.Operation operation) {
      int dollars = draws.between(operation.leastCharge(), operation.mostCharge());
      int dice = draws.below(1000);
      if (dice < 8) {
        return "";
      }
      return dice < 12 ? "$%d,%03d.00".formatted(dollars / 1000, dollars % 1000) : dollars + "." + draws.digits(2);
    }

    private void photo(LocalDate day, String visit, String moment) {
      int count = draws.between(0, 2);
      for (int i = 0; i < count; i++) {
        String view = draws.pick(List.of("front", "left oblique", "right"));
        String file =
            switch (draws.below(4)) {
              case 0 -> patient.lastName() + "_" + patient.firstName() + "_" + day + "_" + moment + ".jpg";
              case 1 -> patient.lastName() + ", " + patient.firstName() + " (" + view + ").JPG";
              case 2 -> patient.id() + "/" + day + "/" + view + ".png";
              default -> "IMG_" + draws.digits(4) + ".HEIC";
            };
        photos.add(day, patient.id(), visit, Mess.date(day, draws), file, draws.pick(List.of("yes", "yes", "no", "")));
      }
    }

    private void prom(LocalDate day, String visit, int base) {
      if (care.instrument().isEmpty() || draws.chance(250)) {
        return;
      }
      boolean online = draws.chance(200);
      proms.add(
          day,
          patient.id(),
          online ? "" : visit,
          Mess.date(online ? day.plusDays(2) : day, draws),
          care.instrument(),
          score(base),
          satisfaction());
    }

    private String score(int base) {
      int dice = draws.below(1000);
      if (dice < 15) {
        return draws.pick(List.of("", "n/a", "78,5", "not done"));
      }
      return base + draws.between(0, 44) + "." + draws.below(10);
    }

    private String satisfaction() {
      return draws.chance(15)
          ? draws.pick(List.of("", "very satisfied", "4-5"))
          : Integer.toString(draws.between(1, 5));
    }
  }
}

package org.consentry.sample;

import java.time.LocalDate;
import java.util.List;

/** One course of care around one operation. */
final class Course {
  private final EventTables tables;
  private final Patient patient;
  private final Draws draws;
  private final Care care;
  private final LocalDate surgery;
  private final String surgeon;

  Course(EventTables tables, Patient patient, Draws draws, Care care, LocalDate surgery) {
    this.tables = tables;
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
    if (Operation.of(care).isEmpty()) {
      return consultation;
    }
    String theDay = visit(surgery, care == Care.INJECTION ? "injection" : "surgery");
    Operation main = draws.pick(Operation.of(care));
    procedure(theDay, main);
    if (care == Care.EYELID && draws.chance(330)) {
      procedure(theDay, draws.pick(Operation.of(Care.EYELID_COMPANION)));
    } else if (draws.chance(120)) {
      procedure(theDay, draws.pick(Operation.of(care)));
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
    return tables
        .visits()
        .add(
            day,
            patient.id(),
            Mess.date(day, draws),
            type.equals("telephone") ? "" : arrived,
            type,
            draws.chance(300) ? "RN " + draws.pick(Words.SURNAMES) : surgeon,
            Notes.of(patient, day, type, draws));
  }

  private void procedure(String visit, Operation operation) {
    boolean device = operation.implantsDevice();
    tables
        .procedures()
        .add(
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
            draws.pick(
                List.of("function-only", "function-or-appearance", "three-way", "silent", "")),
            charge(operation));
  }

  private String impairment(Operation operation) {
    if (operation.diagnoses().equals("Z41.1")) {
      return draws.pick(List.of("no", "no", "no", "N", ""));
    }
    if (operation.diagnoses().contains("H53")) {
      return draws.pick(List.of("yes", "yes", "yes", "Y", "unknown"));
    }
    return draws.pick(List.of("yes", "no", "unknown", "", "not documented"));
  }

  private String charge(Operation operation) {
    int dollars = draws.between(operation.leastCharge(), operation.mostCharge());
    int dice = draws.below(1000);
    if (dice < 8) {
      return "";
    }
    return dice < 12
        ? "$%d,%03d.00".formatted(dollars / 1000, dollars % 1000)
        : dollars + "." + draws.digits(2);
  }

  private void photo(LocalDate day, String visit, String moment) {
    int count = draws.between(0, 2);
    for (int i = 0; i < count; i++) {
      String view = draws.pick(List.of("front", "left oblique", "right"));
      String file =
          switch (draws.below(4)) {
            case 0 ->
                patient.lastName() + "_" + patient.firstName() + "_" + day + "_" + moment + ".jpg";
            case 1 -> patient.lastName() + ", " + patient.firstName() + " (" + view + ").JPG";
            case 2 -> patient.id() + "/" + day + "/" + view + ".png";
            default -> "IMG_" + draws.digits(4) + ".HEIC";
          };
      tables
          .photos()
          .add(
              day,
              patient.id(),
              visit,
              Mess.date(day, draws),
              file,
              draws.pick(List.of("yes", "yes", "no", "")));
    }
  }

  private void prom(LocalDate day, String visit, int base) {
    if (care.instrument().isEmpty() || draws.chance(250)) {
      return;
    }
    boolean online = draws.chance(200);
    tables
        .proms()
        .add(
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

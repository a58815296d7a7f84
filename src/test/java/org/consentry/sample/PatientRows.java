package org.consentry.sample;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The patients table: one row per person and, for a few, a second one under another spelling of the
 * same id.
 */
final class PatientRows {
  /** Values so unusual that a search of a release finds them or proves that they are not there. */
  static final String CANARY_SURNAME = "Zzyzx-Vörösmarty";

  static final String CANARY_SSN = "987-48-6502";
  static final String CANARY_EMPLOYER = "Zyzzyva Cartography & Sons";
  static final String CANARY_EMAIL = "qx7.canary.zzyzx@example.org";
  static final String CANARY_MEMBER = "CANARY-7Q-MEMBER";

  private final CsvText csv =
      new CsvText(
          CsvText.LineEnd.LF,
          "patient_id",
          "mrn",
          "first_name",
          "last_name",
          "maiden_name",
          "ssn",
          "sex",
          "date_of_birth",
          "deceased_on",
          "address",
          "city",
          "state",
          "zip",
          "home_phone",
          "mobile_phone",
          "work_phone",
          "email",
          "secure_email",
          "preferred_contact",
          "may_leave_message",
          "employer",
          "occupation",
          "emergency_contact_name",
          "emergency_contact_phone",
          "insurer",
          "member_number");

  void add(Patient patient, Canary canary) {
    row(patient, patient.id(), patient.lastName(), canary);
    if (patient.story() == Story.TWO_IDENTITIES) {
      String again =
          patient.number() % 2 == 0 ? patient.id() + " " : patient.id().toLowerCase(Locale.ROOT);
      row(patient, again, patient.lastName().toUpperCase(Locale.ROOT), Canary.NONE);
    }
  }

  CsvText csv() {
    return csv;
  }

  /** Whether a patient carries the unmistakable values. */
  enum Canary {
    NONE,
    SINGING
  }

  private void row(Patient patient, String id, String lastName, Canary canary) {
    Draws draws = Draws.of("demographics", patient.number());
    Draws household = Draws.of("address", Roster.householdOf(patient.number()));
    boolean singing = canary == Canary.SINGING;
    boolean retired = patient.born().getYear() < 1958;
    String phone = Roster.phone(patient.place(), household);
    csv.row(
        id,
        "AR" + draws.digits(7),
        draws.chance(15)
            ? Normalizer.normalize(patient.firstName(), Normalizer.Form.NFD)
            : patient.firstName(),
        singing ? CANARY_SURNAME : lastName,
        patient.woman() && draws.chance(450) ? draws.pick(Words.SURNAMES) : "",
        singing ? CANARY_SSN : ssn(patient.number()),
        Mess.sex(patient, draws),
        Mess.birthDate(patient, draws),
        deceasedOn(patient, draws),
        address(household),
        patient.place().city(),
        patient.place().state(),
        patient.place().zip(),
        draws.chance(600) ? phone : "",
        patient.mobilePhone(),
        retired
            ? ""
            : Roster.phone(patient.place(), draws)
                + (draws.chance(300) ? " ext. " + draws.digits(3) : ""),
        singing ? CANARY_EMAIL : email(patient, draws),
        draws.chance(400) ? "u" + draws.digits(6) + "@secure.example.org" : "",
        draws.pick(List.of("home", "mobile", "work", "email", "secure email", "mail", "")),
        draws.pick(List.of("yes", "yes", "no", "")),
        singing ? CANARY_EMPLOYER : retired ? "" : patient.employer(),
        retired ? "retired" : occupation(patient, draws),
        patient.emergencyContact(),
        Roster.phone(patient.place(), draws),
        insurer(patient, draws),
        singing ? CANARY_MEMBER : memberNumber(draws));
  }

  private static String deceasedOn(Patient patient, Draws draws) {
    if (!patient.deceased()) {
      return draws.chance(3) ? "9999-12-31" : "";
    }
    return draws.chance(150) ? draws.pick(Mess.BAD_DATES) : patient.died().toString();
  }

  /**
   * A number that was never issued (area 666 or 900 and above); a few pairs of patients share one.
   */
  private static String ssn(int number) {
    Draws draws = Draws.of("ssn", number % 150 == 0 ? number - 1 : number);
    String area = draws.chance(100) ? "666" : "9" + draws.digits(2);
    String group = "%02d".formatted(draws.between(1, 49));
    String serial = draws.digits(4);
    int dice = Draws.of("ssn typed", number % 150 == 0 ? number - 1 : number).below(1000);
    if (dice < 30) {
      return "";
    }
    if (dice < 50) {
      return "xxx-xx-" + serial;
    }
    return dice < 150 ? area + group + serial : area + "-" + group + "-" + serial;
  }

  private static String address(Draws draws) {
    String street = draws.between(1, 19999) + " " + draws.pick(Words.STREETS);
    return switch (draws.below(12)) {
      case 0 -> street + ", Apt " + draws.between(1, 240);
      case 1 -> street + "\nUnit " + draws.between(1, 60) + ", rear";
      case 2 -> "c/o \"Casa Verde\"\n" + street;
      case 3 -> "PO Box " + draws.between(10, 9999);
      default -> street;
    };
  }

  private static String email(Patient patient, Draws draws) {
    if (draws.chance(150)) {
      return "";
    }
    String plain =
        Normalizer.normalize(patient.firstName() + "." + patient.lastName(), Normalizer.Form.NFD);
    return plain.replaceAll("[^A-Za-z.]", "").toLowerCase(Locale.ROOT)
        + draws.digits(2)
        + "@example.org";
  }

  private static String occupation(Patient patient, Draws draws) {
    if (patient.born().isAfter(LocalDate.of(2008, 1, 1))) {
      return "student";
    }
    return draws.chance(4) ? "mayor of Palo Verde Springs" : draws.pick(Words.OCCUPATIONS);
  }

  private static String insurer(Patient patient, Draws draws) {
    return patient.born().getYear() < 1961 && draws.chance(800)
        ? "Medicare"
        : draws.pick(Words.INSURERS);
  }

  private static String memberNumber(Draws draws) {
    return draws.chance(80)
        ? ""
        : draws.pick(List.of("DMH-", "IHP", "SCC ", "1EG4-TE")) + draws.digits(7);
  }
}

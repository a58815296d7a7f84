package org.consentry.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** What goes wrong when people type: values that no reader may take for what they seem. */
final class Mess {
  /** Days that are on no calendar, and words where a day belongs. */
  static final List<String> BAD_DATES =
      List.of("2023-02-30", "2022-13-01", "2021-00-17", "2024-06-31", "0000-00-00", "unknown");

  private static final List<String> BAD_BIRTH_DATES =
      List.of("", "1975-02-30", "2072-05-04", "00/00/0000");
  private static final List<String> SEX_WOMAN =
      List.of("F", "F", "F", "F", "F", "F", "f", "Female");
  private static final List<String> SEX_MAN = List.of("M", "M", "M", "M", "M", "m", "Male");
  private static final List<String> SEX_OTHER = List.of("X", "U", "");

  private Mess() {}

  /** The day, or now and then nothing, or a day that does not exist. */
  static String date(LocalDate day, Draws draws) {
    int dice = draws.below(1000);
    if (dice < 4) {
      return "";
    }
    return dice < 8 ? draws.pick(BAD_DATES) : day.toString();
  }

  static String birthDate(Patient patient, Draws draws) {
    return patient.story().ageGroup() == Story.AgeGroup.UNREADABLE
        ? draws.pick(BAD_BIRTH_DATES)
        : patient.born().toString();
  }

  static String sex(Patient patient, Draws draws) {
    if (draws.chance(20)) {
      return draws.pick(SEX_OTHER);
    }
    return draws.pick(patient.woman() ? SEX_WOMAN : SEX_MAN);
  }

  /**
   * A procedure code, now and then with a modifier, a space or a letter that does not belong to it.
   */
  static String procedureCode(String code, Draws draws) {
    int dice = draws.below(1000);
    if (dice < 5) {
      return code + draws.pick(List.of("-50", "-RT", "-LT"));
    }
    if (dice < 8) {
      return " " + code;
    }
    return dice < 10 ? draws.pick(List.of("99999", "19324", "1582O", "")) : code;
  }

  /** Diagnosis codes, now and then in lower case or without their points. */
  static String diagnosisCodes(String codes, Draws draws) {
    int dice = draws.below(1000);
    if (dice < 12) {
      return codes.toLowerCase(Locale.ROOT);
    }
    if (dice < 24) {
      return codes.replace(".", "");
    }
    return dice < 32 ? "" : codes;
  }
}

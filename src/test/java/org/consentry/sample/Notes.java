package org.consentry.sample;

import java.time.LocalDate;
import java.util.List;

/**
 * What clinicians dictate: free text full of names, phones, dates and other things that identify.
 */
final class Notes {
  private static final List<String> FINDINGS =
      List.of(
          "brow heavy, lids rest on lashes",
          "no complaints",
          "swelling down, sutures out",
          "asks about scars",
          "sleeps well; pain 2/10",
          "mild asymmetry, L > R",
          "wound clean & dry",
          "wants \"to look less tired\"",
          "visual field loss superior 22°, taped 8°",
          "photos taken, standard views",
          "naïve to filler; 0.5 mL given",
          "temp 38.2 °C, called on-call",
          "tolerated procedure well",
          "smokes ½ pack/day");

  private Notes() {}

  static String of(Patient patient, LocalDate day, String visitType, Draws draws) {
    String finding = draws.pick(FINDINGS);
    String name = patient.firstName() + " " + patient.lastName();
    return switch (draws.below(14)) {
      case 0 -> "";
      case 1 -> name + " seen for " + visitType + " on " + day + "; " + finding + ".";
      case 2 ->
          "Pt "
              + patient.lastName()
              + ", "
              + patient.firstName()
              + ": "
              + finding
              + ".\nCall "
              + patient.mobilePhone();
      case 3 ->
          "Spoke with "
              + patient.emergencyContact()
              + " (husband), "
              + finding
              + "; back on "
              + american(day.plusDays(14));
      case 4 -> "Works at " + patient.employer() + ", " + finding;
      case 5 ->
          "\"I am "
              + name
              + "'s mother\" - left message at "
              + patient.mobilePhone()
              + "\r\n"
              + finding;
      case 6 ->
          "DOB "
              + american(patient.born())
              + ", lives in "
              + patient.place().city()
              + ", "
              + finding;
      case 7 -> "Dr. O'Hazel: " + finding + "\n\n\tf/u " + american(day.plusDays(90)) + "\n";
      case 8 -> "MRN verified; SSN last four " + draws.digits(4) + "; " + finding;
      case 9 -> finding + ";;; \"see letter to " + name + "\", \"cc: PCP\"";
      case 10 -> "  " + finding + "  ";
      default -> finding;
    };
  }

  private static String american(LocalDate day) {
    return "%d/%d/%d".formatted(day.getMonthValue(), day.getDayOfMonth(), day.getYear());
  }
}

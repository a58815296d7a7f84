package org.consentry.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random patients of a {@link ChainClinic}, what they signed, and what they may add to it. */
final class RandomChains {

  private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);
  private static final int DAYS = 6 * 365;
  private static final List<String> CATEGORIES =
      List.of(
          "*",
          "*",
          "DEMOGRAPHIC|CARE_PLAN|VISIT|PROCEDURE|DEVICE",
          "DEMOGRAPHIC|CARE_PLAN|VISIT|PROCEDURE|DIAGNOSIS|LAB",
          "DEMOGRAPHIC|CARE_PLAN|PROCEDURE|DEVICE",
          "CARE_PLAN|VISIT|PROCEDURE");

  private final SplittableRandom random;
  private final ChainClinic clinic;
  private final int patients;
  private int lines;

  RandomChains(long seed, ChainClinic clinic, int patients) {
    this.random = new SplittableRandom(seed);
    this.clinic = clinic;
    this.patients = patients;
  }

  /** Writes records and forms of every patient. */
  void fill() {
    for (int patient = 1; patient <= patients; patient++) {
      clinic.row("patients", "P" + patient, FIRST.minusYears(30).plusDays(patient).toString());
      for (int episode = 0; episode < 2; episode++) {
        episode("P" + patient, "E" + patient + "-" + episode);
      }
      for (int forms = random.nextInt(6); forms > 0; forms -= 2) {
        permit("P" + patient);
      }
      if (random.nextInt(5) == 0) {
        restriction("P" + patient);
      }
    }
  }

  private void episode(String patient, String episode) {
    clinic.row("episodes", episode, patient, date());
    for (int visit = 0; visit < 2; visit++) {
      String id = episode + "-" + visit;
      String of = random.nextInt(12) == 0 ? "" : episode;
      clinic.row("visits", id, of, patient, date(), date());
      for (int procedure = 0; procedure < 2; procedure++) {
        procedure(patient, id, id + "-" + procedure);
      }
    }
  }

  private void procedure(String patient, String visit, String id) {
    String units = random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(100));
    String of = random.nextInt(12) == 0 ? "E0-no-such-visit" : visit;
    clinic.row("procedures", id, of, patient, date(), "k" + id, "d" + id, units, "12.50", "f" + id);
    String donor = random.nextInt(3) == 0 ? "" : "P" + (1 + random.nextInt(patients + 2));
    clinic.row("implants", id, id, patient, donor, date());
  }

  private String date() {
    return random.nextInt(15) == 0 ? "" : FIRST.plusDays(random.nextInt(DAYS)).toString();
  }

  private String bound(LocalDate day) {
    return random.nextInt(3) > 0 ? "*" : day.toString();
  }

  private void permit(String patient) {
    clinic.consent(
        id(),
        patient,
        Map.of(
            "purposes", pick("HRESCH", "HRESCH", "HRESCH", "CLINTRCH", "TREAT"),
            "categories_in", pick(CATEGORIES),
            "data_from", bound(FIRST.plusYears(1)),
            "data_to", bound(FIRST.plusYears(5)),
            "signed_at", pick("2024-01-02T09:00:00", "2025-07-08T09:00:00")));
  }

  /** Adds a restriction of any kind, of a patient. */
  void restriction() {
    restriction("P" + (1 + random.nextInt(patients)));
  }

  private void restriction(String patient) {
    String category = pick("PROCEDURE", "VISIT", "DIAGNOSIS", "LAB", "PHOTO", "CARE_PLAN");
    switch (random.nextInt(9)) {
      case 0 -> clinic.restriction(id(), patient, "WITHDRAW", Map.of());
      case 1 -> clinic.restriction(id(), patient, "DENY", Map.of("categories_in", category));
      case 2 -> clinic.restriction(id(), patient, "DENY", Map.of("data_from", "2023-01-01"));
      case 3 -> clinic.restriction(id(), patient, "DENY", Map.of("recipients", "insurer"));
      case 4 ->
          clinic.restriction(
              id(), patient, "WITHDRAW", Map.of("revokes", "L" + (1 + random.nextInt(lines + 1))));
      case 5 -> clinic.restriction(id(), patient, "WITHDRAW", Map.of("signed_at", "soon"));
      case 6 ->
          clinic.restriction(
              "L" + (1 + random.nextInt(lines + 1)),
              patient,
              "DENY",
              Map.of("categories_in", category));
      case 7 ->
          clinic.restriction(
              id(),
              patient,
              "DENY",
              Map.of("supersedes", "L1", "status", "REJECTED", "data_to", "2021-01-01"));
      default ->
          clinic.restriction(
              id(), patient, "WITHDRAW", Map.of("signed_at", "2024-06-01", "purposes", "HRESCH"));
    }
  }

  private String id() {
    lines++;
    return "L" + lines;
  }

  private String pick(String... words) {
    return pick(List.of(words));
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}

package org.consentry.consent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random histories of consent: mostly plain, so that many pass, with every oddity of the procedure
 * now and then.
 */
final class Histories {

  private final SplittableRandom random;

  Histories(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** One to six lines of P1 with a stranger's line among them now and then. */
  List<Map<String, String>> next() {
    List<Map<String, String>> lines = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 1; i <= count; i++) {
      lines.add(line(random.nextInt(8) == 0 ? "P2" : "P1", i));
    }
    return lines;
  }

  /** A denial or withdrawal of P1, or a row that is not clearly a permit. */
  Map<String, String> restriction() {
    Map<String, String> line = line("P1", 1 + random.nextInt(8));
    if ("PERMIT".equals(line.get("decision"))) {
      line.put("decision", pick("DENY", "WITHDRAW", "DENY", "WITHDRAW", "WITHDRAWL"));
    }
    return line;
  }

  <T> T pickFrom(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  int below(int n) {
    return random.nextInt(n);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** A line of a patient. */
  Map<String, String> line(String patient, int number) {
    Map<String, String> line = new LinkedHashMap<>();
    boolean permit = random.nextInt(10) < 6;
    line.put("line_id", "L" + (oneIn(25) ? 1 + random.nextInt(6) : number));
    line.put("patient_id", patient);
    line.put("decision", permit ? "PERMIT" : pick("DENY", "DENY", "WITHDRAW", "WITHDRAW"));
    line.put("status", mostly("ACTIVE", 8, "DRAFT", "INACTIVE", "ENTERED_IN_ERROR", "REJECTED"));
    line.put("signed_at", signed());
    line.put("recorded_at", mostly("", 9, "2026-11-23T12:00:00", "2026-11-23T12:00:01"));
    scope(line, permit);
    if (permit) {
      permit(line);
    } else {
      line.put("valid_from", mostly("", 5, "2026-11-23", "2026-11-24", "2020-01-01"));
      line.put("valid_to", mostly("", 5, "2026-11-23", "2026-11-22"));
    }
    line.put("revokes", permit ? mostly("", 30, ref(), "*") : mostly("", 3, ref(), "*", "L99"));
    line.put("supersedes", mostly("", permit ? 4 : 15, ref(), ref() + "|" + ref(), "L99"));
    if (oneIn(60)) {
      spoil(line);
    }
    return line;
  }

  private void permit(Map<String, String> line) {
    line.put("valid_from", mostly("2019-01-01", 20, "", "2026-11-23", "2026-11-24"));
    line.put("valid_to", mostly("2030-12-31", 12, "", "2026-11-23", "2026-11-22"));
    line.put("expiry_event", mostly("", 3, "NONE", "END_OF_STUDY"));
    line.put("evidence_sha256", mostly(ConsentFile.EVIDENCE, 25, ""));
    line.put("signer_role", mostly("PATIENT", 4, "PARENT", "GUARDIAN", "LAR", ""));
    line.put("signer_authority", mostly("mother", 8, "", " "));
    line.put("assent", pick("YES", "YES", "NO", "NA", ""));
    line.put(
        "duo",
        mostly(
            "",
            3,
            "HMB",
            "NPU",
            "DS:H02|DS:H03.1",
            "DS:L90",
            "NMDS|TS:60",
            "TS:6",
            "POA",
            "RS",
            "GRU|NPU|RS"));
    line.put("jurisdiction", pick("AZ", "AZ", "AL", "", "Alabama", "US"));
  }

  private void scope(Map<String, String> line, boolean permit) {
    String all = permit ? "*" : "";
    line.put(
        "purposes",
        mostly(
            permit ? "HRESCH" : "",
            5,
            "CLINTRCH",
            "CLINTRCHNPC",
            "BIORCH",
            "HMARKT",
            "TREAT|HPAYMT",
            "*",
            "",
            "HMARKT|HRESCH"));
    line.put(
        "studies",
        mostly(all, 8, "IRB-2026-014", "irb-2026-014", "OTHER", "", "*", "OTHER|IRB-2026-014"));
    line.put("recipients", mostly(all, 8, "uni-x", "UNI-X", "university", "other", "", "*"));
    line.put("data_from", mostly(permit ? "*" : "", 2, "2022-01-01", "2022-06-01", "", "*"));
    line.put("data_to", mostly(permit ? "*" : "", 2, "2022-12-31", "2023-06-01", "", "*"));
    line.put(
        "categories_in",
        mostly(all, 2, "VISIT|NOTE", "PHOTO", "*|GENETIC", "*", "VISIT|LAB|FACE_PHOTO", ""));
    line.put("categories_ex", mostly("", 6, "PHOTO", "NOTE|GENETIC", "*"));
  }

  private void spoil(Map<String, String> line) {
    switch (random.nextInt(7)) {
      case 0 -> line.put("status", "active");
      case 1 -> line.put("valid_to", "2045-02-30");
      case 2 -> line.put("purposes", "RESEARCH");
      case 3 -> line.put("categories_in", "VISITS");
      case 4 -> line.put("signed_at", "2024-13-01");
      case 5 -> line.put("decision", "PERMITTED");
      default -> {
        line.put("data_from", "2023-01-01");
        line.put("data_to", "2022-12-31");
      }
    }
  }

  private String signed() {
    return mostly(
        pick(
            "2024-05-01T10:00:00",
            "2024-05-02T10:00:00",
            "2024-05-02T10:00",
            "2024-05-02",
            "2024-05-02T10:00:30",
            "2023-01-01",
            "2025-06-30T08:00:00"),
        20,
        "",
        "2026-11-23T12:00:01",
        "2026-11-23");
  }

  private String ref() {
    return "L" + (1 + random.nextInt(6));
  }

  private String mostly(String usual, int times, String... others) {
    return random.nextInt(times + 1) < times ? usual : pick(others);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

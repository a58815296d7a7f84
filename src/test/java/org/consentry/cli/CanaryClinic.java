package org.consentry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small clinic in which every cell that need not be something else has a word that occurs nowhere
 * else and names its patient, and every date is one that no other patient has.
 */
final class CanaryClinic {

  /** Every word begins so; lower-case letters follow. */
  static final String MARK = "cnryqz";

  static final List<String> EVENT_TABLES = List.of("visits", "procedures", "photos", "proms");

  /** Who has records in the clinic. */
  enum Person {
    RELEASED("1957-03-19", "2021-07-23"),
    NEIGHBOUR("1961-08-11", "2022-05-06"),
    NEVERASKED("1963-09-14", "2021-04-27"),
    WITHDREW("1967-02-17", "2021-11-16"),
    MISWITHDREW("1969-05-22", "2022-02-08"),
    STRANGER("1971-12-03", "2022-10-13");

    final String birth;
    final String event;

    Person(String birth, String event) {
      this.birth = birth;
      this.event = event;
    }

    boolean isReleased() {
      return this == RELEASED || this == NEIGHBOUR;
    }

    String id() {
      return word("patients", "patient_id");
    }

    /** The word in a column of a table. */
    String word(String table, String column) {
      return MARK
          + name().toLowerCase(Locale.ROOT)
          + "x"
          + table
          + "x"
          + column.replaceAll("[^a-z]", "");
    }
  }

  private final Installation place;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  private CanaryClinic(Installation place) {
    this.place = place;
  }

  /** Writes the clinic over the sample's tables. */
  static CanaryClinic over(Installation place) {
    CanaryClinic clinic = new CanaryClinic(place);
    clinic.restore();
    return clinic;
  }

  /** Writes all tables again, whatever became of them. */
  void restore() {
    writePatients();
    EVENT_TABLES.forEach(this::writeEvents);
    writeConsents();
  }

  /** One line of a table in which every cell is a canary of the person, but for the given ones. */
  String line(Person person, String table, Map<String, String> given) {
    return header(table).stream()
        .map(column -> given.getOrDefault(column, person.word(table, column)))
        .collect(Collectors.joining(","));
  }

  /** One line of an event table. */
  String event(Person person, String table) {
    return line(person, table, eventCells(person, table));
  }

  private List<String> header(String table) {
    return headers.computeIfAbsent(
        table,
        name ->
            List.of(
                Installation.read(place.clinic(name))
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .split(",")));
  }

  private void write(String table, List<String> lines) {
    List<String> all = new ArrayList<>(List.of(String.join(",", header(table))));
    all.addAll(lines);
    Installation.write(place.clinic(table), String.join("\n", all) + "\n");
  }

  private void writePatients() {
    header("patients");
    List<String> lines = new ArrayList<>();
    for (Person person : Person.values()) {
      if (person != Person.STRANGER) {
        lines.add(
            line(
                person,
                "patients",
                Map.of("patient_id", person.id(), "date_of_birth", person.birth)));
      }
    }
    write("patients", lines);
  }

  private void writeEvents(String table) {
    header(table);
    List<String> lines = new ArrayList<>();
    for (Person person : Person.values()) {
      lines.add(event(person, table));
      if (table.equals("procedures")) {
        Map<String, String> cells = new LinkedHashMap<>(eventCells(person, table));
        cells.put("cpt_code", "15823");
        lines.add(line(person, table, cells));
      }
    }
    write(table, lines);
  }

  private static Map<String, String> eventCells(Person person, String table) {
    String date =
        switch (table) {
          case "visits" -> "visited_on";
          case "procedures" -> "performed_on";
          case "photos" -> "taken_on";
          default -> "completed_on";
        };
    return Map.of(
        "patient_id",
        person.id(),
        date,
        person.event,
        "visit_id",
        person.word("visits", "visit_id"));
  }

  private void writeConsents() {
    header("consents");
    List<String> lines = new ArrayList<>();
    for (Person person : Person.values()) {
      if (person != Person.NEVERASKED) {
        lines.add(permit(person));
      }
    }
    lines.add(withdrawal(Person.WITHDREW, "2023-03-03T10:00:00"));
    lines.add(withdrawal(Person.MISWITHDREW, Person.MISWITHDREW.word("consents", "signed_at")));
    write("consents", lines);
  }

  /** A permit that covers everything. */
  String permit(Person person) {
    return consent(person, "PERMIT", "2019-01-22T09:13:00", "*");
  }

  /** A withdrawal from everything. */
  String withdrawal(Person person, String when) {
    return consent(person, "WITHDRAW", when, "");
  }

  private String consent(Person person, String decision, String when, String everything) {
    Map<String, String> cells = new LinkedHashMap<>();
    header("consents").forEach(column -> cells.put(column, ""));
    for (String free : List.of("form_id", "form_version", "source")) {
      cells.put(free, person.word("consents", free));
    }
    cells.put("line_id", person.word("consents", "line" + decision.toLowerCase(Locale.ROOT)));
    cells.put("patient_id", person.id());
    cells.put("decision", decision);
    cells.put("status", "ACTIVE");
    cells.put("signed_at", when);
    cells.put("recorded_at", when);
    cells.put("valid_from", when.startsWith("20") ? when.substring(0, 10) : "");
    cells.put("expiry_event", decision.equals("PERMIT") ? "NONE" : "");
    cells.put("legal_basis", "BROAD_CONSENT");
    cells.put("evidence_sha256", "a".repeat(64));
    cells.put("signer_role", "PATIENT");
    cells.put("assent", "NA");
    cells.put("purposes", decision.equals("PERMIT") ? "HRESCH" : "");
    for (String scope : List.of("studies", "recipients", "data_from", "data_to", "categories_in")) {
      cells.put(scope, everything);
    }
    cells.put("jurisdiction", "AZ");
    return line(person, "consents", cells);
  }
}

package org.consentry.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.consentry.profile.Detectors;

/**
 * Writes the people of the sample clinic as tables of OMOP CDM 5.4. Ids are numbers; a row without
 * a day on which it happened is left out, because the model does not allow one. Concepts of
 * diagnoses and procedures are local ones, from 2,000,000,000 on, made of the clinic's codes.
 */
public final class OmopGenerator {

  private static final String EYELID_STUDY = "IRB-2026-014";

  /** Restrictions of a study are remembered by ids, which are others here. */
  private static final String STUDY = "IRB-2026-031";

  private static final int LOCAL = 2_000_000_000;
  private static final int DIAGNOSES = LOCAL + 10_000_000;
  private static final int QUESTIONNAIRES = LOCAL + 30_000_000;
  private static final String FROM_RECORDS = "32817";
  private static final String OFFICE = "9202";
  private static final String TELEPHONE = "5083";
  private static final String CARE_SITE = "101";

  private static final String PERSON =
      "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,"
          + "race_concept_id,ethnicity_concept_id,location_id,provider_id,care_site_id,"
          + "person_source_value,gender_source_value,gender_source_concept_id,race_source_value,"
          + "race_source_concept_id,ethnicity_source_value,ethnicity_source_concept_id";
  private static final String LOCATION =
      "person_id,location_id,address_1,address_2,city,state,zip,county,location_source_value,"
          + "country_concept_id,country_source_value,latitude,longitude";
  private static final String VISIT =
      "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_start_datetime,"
          + "visit_end_date,visit_end_datetime,visit_type_concept_id,provider_id,care_site_id,"
          + "visit_source_value,visit_source_concept_id,admitted_from_concept_id,"
          + "admitted_from_source_value,discharged_to_concept_id,discharged_to_source_value,"
          + "preceding_visit_occurrence_id";
  private static final String CONDITION =
      "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
          + "condition_start_datetime,condition_end_date,condition_end_datetime,"
          + "condition_type_concept_id,condition_status_concept_id,stop_reason,provider_id,"
          + "visit_occurrence_id,visit_detail_id,condition_source_value,"
          + "condition_source_concept_id,condition_status_source_value";
  private static final String PROCEDURE =
      "procedure_occurrence_id,person_id,procedure_concept_id,procedure_date,procedure_datetime,"
          + "procedure_end_date,procedure_end_datetime,procedure_type_concept_id,"
          + "modifier_concept_id,quantity,provider_id,visit_occurrence_id,visit_detail_id,"
          + "procedure_source_value,procedure_source_concept_id,modifier_source_value";
  private static final String DRUG =
      "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,"
          + "drug_exposure_start_datetime,drug_exposure_end_date,drug_exposure_end_datetime,"
          + "verbatim_end_date,drug_type_concept_id,stop_reason,refills,quantity,days_supply,sig,"
          + "route_concept_id,lot_number,provider_id,visit_occurrence_id,visit_detail_id,"
          + "drug_source_value,drug_source_concept_id,route_source_value,dose_unit_source_value";
  private static final String MEASUREMENT =
      "measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,"
          + "measurement_time,measurement_type_concept_id,operator_concept_id,value_as_number,"
          + "value_as_concept_id,unit_concept_id,range_low,range_high,provider_id,"
          + "visit_occurrence_id,visit_detail_id,measurement_source_value,"
          + "measurement_source_concept_id,unit_source_value,unit_source_concept_id,"
          + "value_source_value,measurement_event_id,meas_event_field_concept_id";
  private static final String OBSERVATION =
      "observation_id,person_id,observation_concept_id,observation_date,observation_datetime,"
          + "observation_type_concept_id,value_as_number,value_as_string,value_as_concept_id,"
          + "qualifier_concept_id,unit_concept_id,provider_id,visit_occurrence_id,"
          + "visit_detail_id,observation_source_value,observation_source_concept_id,"
          + "unit_source_value,qualifier_source_value,value_source_value,observation_event_id,"
          + "obs_event_field_concept_id";
  private static final String DEATH =
      "person_id,death_date,death_datetime,death_type_concept_id,cause_concept_id,"
          + "cause_source_value,cause_source_concept_id";

  private final Map<String, CsvText> clinic = ClinicGenerator.tables();
  private final Map<String, CsvText> files = new LinkedHashMap<>();

  /** Diagnoses and names of staff in the order in which they first occur. */
  private final List<String> diagnoses = new ArrayList<>();

  private final List<String> staff = new ArrayList<>();
  private int conditions;

  private OmopGenerator() {}

  /**
   * Writes the files.
   *
   * @param arguments the directory to write to
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** The name and the bytes of every file. */
  static Map<String, byte[]> files() {
    OmopGenerator generator = new OmopGenerator();
    generator.make();
    Map<String, byte[]> files = new LinkedHashMap<>();
    generator.files.forEach((name, csv) -> files.put(name, csv.bytes(CsvText.LastLine.ENDED)));
    return files;
  }

  private void make() {
    rows("patients.csv").forEach(this::person);
    rows("visits.csv").forEach(this::visit);
    rows("procedures.csv").forEach(this::procedure);
    rows("proms.csv").forEach(this::questionnaire);
    consents();
  }

  private List<Row> rows(String file) {
    List<List<String>> rows = Objects.requireNonNull(clinic.get(file)).rows();
    return rows.subList(1, rows.size()).stream().map(row -> new Row(rows.get(0), row)).toList();
  }

  private void person(Row row) {
    String person = person(row.of("patient_id"));
    String location = location(row.of("patient_id"));
    String birth = row.of("date_of_birth");
    LocalDate born = isDay(birth) ? LocalDate.parse(birth) : null;
    add("person", PERSON)
        .with("person_id", person)
        .with("gender_concept_id", gender(row.of("sex")))
        .with("year_of_birth", born == null ? "" : Integer.toString(born.getYear()))
        .with("month_of_birth", born == null ? "" : Integer.toString(born.getMonthValue()))
        .with("day_of_birth", born == null ? "" : Integer.toString(born.getDayOfMonth()))
        .with("birth_datetime", born == null ? "" : born + "T00:00:00")
        .with("race_concept_id", "0")
        .with("ethnicity_concept_id", "0")
        .with("location_id", location)
        .with("care_site_id", CARE_SITE)
        .with("person_source_value", row.of("mrn"))
        .with("gender_source_value", row.of("sex"))
        .write();
    if (row.of("patient_id").matches("P\\d{6}")) {
      add("person_location", LOCATION)
          .with("person_id", person)
          .with("location_id", location)
          .with("address_1", row.of("address").replaceAll("\\R", ", "))
          .with("city", row.of("city"))
          .with("state", row.of("state"))
          .with("zip", row.of("zip"))
          .write();
    }
    if (isDay(row.of("deceased_on"))) {
      add("death", DEATH)
          .with("person_id", person)
          .with("death_date", row.of("deceased_on"))
          .with("death_type_concept_id", FROM_RECORDS)
          .write();
    }
  }

  private static String gender(String sex) {
    return switch (sex) {
      case "F", "f", "Female" -> "8532";
      case "M", "m", "Male" -> "8507";
      default -> "0";
    };
  }

  private void visit(Row row) {
    String day = row.of("visited_on");
    if (!isDay(day)) {
      return;
    }
    boolean isCall = row.of("visit_type").equals("telephone");
    add("visit_occurrence", VISIT)
        .with("visit_occurrence_id", number("2", row.of("visit_id")))
        .with("person_id", person(row.of("patient_id")))
        .with("visit_concept_id", isCall ? TELEPHONE : OFFICE)
        .with("visit_start_date", day)
        .with("visit_start_datetime", row.of("arrived_at"))
        .with("visit_end_date", day)
        .with("visit_type_concept_id", FROM_RECORDS)
        .with("provider_id", provider(row.of("provider")))
        .with("care_site_id", CARE_SITE)
        .with("visit_source_value", row.of("visit_type"))
        .write();
  }

  private void procedure(Row row) {
    String day = row.of("performed_on");
    if (!isDay(day)) {
      return;
    }
    String code = row.of("cpt_code");
    if (code.startsWith("J")) {
      drug(row, code, day);
    } else {
      add("procedure_occurrence", PROCEDURE)
          .with("procedure_occurrence_id", number("3", row.of("procedure_id")))
          .with("person_id", person(row.of("patient_id")))
          .with("procedure_concept_id", procedure(code))
          .with("procedure_date", day)
          .with("procedure_type_concept_id", FROM_RECORDS)
          .with("quantity", "1")
          .with("provider_id", provider(row.of("surgeon")))
          .with("visit_occurrence_id", number("2", row.of("visit_id")))
          .with("procedure_source_value", code.strip())
          .with("modifier_source_value", row.of("laterality"))
          .write();
    }
    for (String diagnosis : row.of("icd10_codes").split("\\|", -1)) {
      if (!diagnosis.isEmpty()) {
        condition(row, diagnosis, day);
      }
    }
  }

  private static String procedure(String code) {
    String known = code.strip();
    return known.matches("\\d{5}") ? concept(LOCAL, Integer.parseInt(known)) : "0";
  }

  /** Ten times the number, or the next one where that could be taken for a provider's (NPI). */
  private static String concept(int first, int number) {
    String concept = Integer.toString(first + 10 * number);
    return Detectors.usual().of(concept).isEmpty()
        ? concept
        : Integer.toString(first + 10 * number + 1);
  }

  /** A supply of twelve to fourteen weeks, whose last day is the end, as the model has it. */
  private void drug(Row row, String code, String day) {
    LocalDate start = LocalDate.parse(day);
    int days = 84 + 7 * (start.getDayOfMonth() % 3);
    add("drug_exposure", DRUG)
        .with("drug_exposure_id", number("4", row.of("procedure_id")))
        .with("person_id", person(row.of("patient_id")))
        .with("drug_concept_id", concept(LOCAL + 20_000_000, 585))
        .with("drug_exposure_start_date", day)
        .with("drug_exposure_end_date", start.plusDays(days - 1L).toString())
        .with("drug_type_concept_id", FROM_RECORDS)
        .with("days_supply", Integer.toString(days))
        .with("quantity", "20")
        .with("sig", "five sites, as drawn; call " + row.of("surgeon"))
        .with("lot_number", "C" + number("7", row.of("procedure_id")))
        .with("provider_id", provider(row.of("surgeon")))
        .with("visit_occurrence_id", number("2", row.of("visit_id")))
        .with("drug_source_value", code)
        .write();
  }

  private void condition(Row row, String diagnosis, String day) {
    conditions++;
    add("condition_occurrence", CONDITION)
        .with("condition_occurrence_id", Integer.toString(5_000_000 + conditions))
        .with("person_id", person(row.of("patient_id")))
        .with("condition_concept_id", concept(DIAGNOSES, place(diagnoses, diagnosis)))
        .with("condition_start_date", day)
        .with("condition_type_concept_id", FROM_RECORDS)
        .with("provider_id", provider(row.of("surgeon")))
        .with("visit_occurrence_id", number("2", row.of("visit_id")))
        .with("condition_source_value", diagnosis)
        .write();
  }

  private void questionnaire(Row row) {
    String day = row.of("completed_on");
    if (!isDay(day)) {
      return;
    }
    String person = person(row.of("patient_id"));
    String visit = number("2", row.of("visit_id"));
    List<String> instruments = List.of("FACE-Q", "BREAST-Q", "BODY-Q", "NOSE", "SCAR-Q", "CLEFT-Q");
    String instrument = concept(QUESTIONNAIRES, instruments.indexOf(row.of("instrument")));
    add("measurement", MEASUREMENT)
        .with("measurement_id", number("6", row.of("prom_id")))
        .with("person_id", person)
        .with("measurement_concept_id", instrument)
        .with("measurement_date", day)
        .with("measurement_type_concept_id", FROM_RECORDS)
        .with("value_as_number", isNumber(row.of("score")) ? row.of("score") : "")
        .with("visit_occurrence_id", visit)
        .with("measurement_source_value", row.of("instrument"))
        .with("value_source_value", row.of("score"))
        .write();
    if (!row.of("satisfaction").isEmpty()) {
      add("observation", OBSERVATION)
          .with("observation_id", number("7", row.of("prom_id")))
          .with("person_id", person)
          .with("observation_concept_id", concept(QUESTIONNAIRES, 100))
          .with("observation_date", day)
          .with("observation_type_concept_id", FROM_RECORDS)
          .with("value_as_number", isNumber(row.of("satisfaction")) ? row.of("satisfaction") : "")
          .with("visit_occurrence_id", visit)
          .with("value_source_value", row.of("satisfaction"))
          .write();
    }
  }

  private void consents() {
    List<List<String>> rows = Objects.requireNonNull(clinic.get("consents.csv")).rows();
    CsvText csv = new CsvText(CsvText.LineEnd.LF, rows.get(0).toArray(String[]::new));
    int patient = rows.get(0).indexOf("patient_id");
    for (List<String> row : rows.subList(1, rows.size())) {
      List<String> cells = new ArrayList<>(row);
      cells.set(patient, person(row.get(patient)));
      cells.replaceAll(cell -> cell.replace(EYELID_STUDY, STUDY));
      csv.row(cells.toArray(String[]::new));
    }
    files.put("consents.csv", csv);
  }

  private static boolean isDay(String text) {
    try {
      return text.equals(LocalDate.parse(text).toString());
    } catch (DateTimeException impossible) {
      return false;
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d+(\\.\\d+)?");
  }

  private static String person(String id) {
    return number("1", id);
  }

  private static String location(String id) {
    return number("8", id);
  }

  /** The number of an id such as {@code V002362}, with the digit of its table before it. */
  private static String number(String table, String id) {
    String digits = id.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? "" : table + digits;
  }

  private String provider(String name) {
    return name.isEmpty() ? "" : Integer.toString(201 + place(staff, name));
  }

  private static int place(List<String> seen, String word) {
    if (!seen.contains(word)) {
      seen.add(word);
    }
    return seen.indexOf(word);
  }

  private Cells add(String table, String header) {
    List<String> columns = List.of(header.split(","));
    CsvText csv =
        files.computeIfAbsent(
            table + ".csv",
            name -> new CsvText(CsvText.LineEnd.LF, columns.toArray(String[]::new)));
    return new Cells(csv, columns, new ArrayList<>(Collections.nCopies(columns.size(), "")));
  }

  /** A row that is filled by the names of its columns; the others are empty. */
  private record Cells(CsvText csv, List<String> columns, List<String> cells) {
    Cells with(String column, String value) {
      cells.set(columns.indexOf(column), value);
      return this;
    }

    void write() {
      csv.row(cells.toArray(String[]::new));
    }
  }

  /** A row by the names of its columns. */
  private record Row(List<String> header, List<String> cells) {
    String of(String column) {
      return cells.get(header.indexOf(column));
    }
  }
}

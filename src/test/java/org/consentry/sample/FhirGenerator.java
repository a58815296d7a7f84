package org.consentry.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Writes the people of the sample clinic as a FHIR R4 bulk export: one resource on each line. What
 * FHIR does not allow, such as an impossible date, is left out.
 */
public final class FhirGenerator {

  private static final String PHOENIX = "-07:00";
  private static final String NUMBER = "\\d+(\\.\\d+)?";

  private FhirGenerator() {}

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
    Map<String, CsvText> clinic = ClinicGenerator.tables();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("Patient.ndjson", lines(clinic, "patients.csv", FhirGenerator::patient));
    files.put("Encounter.ndjson", lines(clinic, "visits.csv", FhirGenerator::encounter));
    files.put("Procedure.ndjson", lines(clinic, "procedures.csv", FhirGenerator::procedure));
    files.put("QuestionnaireResponse.ndjson", lines(clinic, "proms.csv", FhirGenerator::answers));
    return files;
  }

  private static byte[] lines(
      Map<String, CsvText> clinic, String table, Function<Row, Json> resource) {
    List<List<String>> rows = Objects.requireNonNull(clinic.get(table)).rows();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows.subList(1, rows.size())) {
      text.append(resource.apply(new Row(rows.get(0), row))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Json patient(Row row) {
    boolean isRepeated = !row.of("patient_id").matches("P\\d{6}");
    String id = row.of("patient_id").strip();
    String birth = row.of("date_of_birth");
    String death = row.of("deceased_on");
    return new Json()
        .text("resourceType", "Patient")
        .text("id", isRepeated ? id.toLowerCase(Locale.ROOT) : id)
        .list(
            "identifier",
            identifier("urn:clinic:mrn", row.of("mrn")),
            identifier("http://hl7.org/fhir/sid/us-ssn", row.of("ssn")),
            identifier("urn:clinic:member", row.of("member_number")))
        .list("name", name("official", row), name("maiden", row))
        .list(
            "telecom",
            telecom("phone", "home", row.of("home_phone")),
            telecom("phone", "mobile", row.of("mobile_phone")),
            telecom("phone", "work", row.of("work_phone")),
            telecom("email", "home", row.of("email")))
        .text("gender", gender(row.of("sex")))
        .text("birthDate", isDay(birth) ? birth : "")
        .text("deceasedDateTime", isDay(death) ? death : "")
        .list(
            "address",
            new Json()
                .texts("line", row.of("address").replaceAll("\\R", ", "))
                .text("city", row.of("city"))
                .text("state", row.of("state"))
                .text("postalCode", row.of("zip")));
  }

  private static boolean isDay(String text) {
    try {
      return text.equals(LocalDate.parse(text).toString());
    } catch (DateTimeException impossible) {
      return false;
    }
  }

  private static String gender(String sex) {
    return switch (sex) {
      case "F", "f", "Female" -> "female";
      case "M", "m", "Male" -> "male";
      case "X" -> "other";
      case "" -> "";
      default -> "unknown";
    };
  }

  private static Json identifier(String system, String value) {
    return value.isEmpty() ? new Json() : new Json().text("system", system).text("value", value);
  }

  private static Json name(String use, Row row) {
    boolean isMaiden = use.equals("maiden");
    String family = row.of(isMaiden ? "maiden_name" : "last_name");
    return family.isEmpty()
        ? new Json()
        : new Json()
            .text("use", use)
            .text("family", family)
            .texts("given", isMaiden ? "" : row.of("first_name"));
  }

  private static Json telecom(String system, String use, String value) {
    return value.isEmpty()
        ? new Json()
        : new Json().text("system", system).text("value", value).text("use", use);
  }

  private static Json encounter(Row row) {
    String arrived = row.of("arrived_at");
    String day = row.of("visited_on");
    String start = arrived.isEmpty() || !isDay(day) ? day : arrived + PHOENIX;
    return new Json()
        .text("resourceType", "Encounter")
        .text("id", row.of("visit_id"))
        .text("status", "finished")
        .of("class", coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB"))
        .list("type", concept("urn:clinic:visit-type", row.of("visit_type")))
        .of("subject", reference("Patient", row.of("patient_id"), ""))
        .list(
            "participant",
            new Json().of("individual", new Json().text("display", row.of("provider"))))
        .of("period", new Json().text("start", isDay(day) ? start : ""));
  }

  private static Json procedure(Row row) {
    List<Json> reasons = new ArrayList<>();
    for (String code : List.of(row.of("icd10_codes").split("\\|", -1))) {
      if (!code.isEmpty()) {
        reasons.add(concept("http://hl7.org/fhir/sid/icd-10-cm", code));
      }
    }
    String day = row.of("performed_on");
    return new Json()
        .text("resourceType", "Procedure")
        .text("id", row.of("procedure_id"))
        .text("status", "completed")
        .of("code", concept("http://www.ama-assn.org/go/cpt", row.of("cpt_code")))
        .of("subject", reference("Patient", row.of("patient_id"), ""))
        .of("encounter", reference("Encounter", row.of("visit_id"), ""))
        .text("performedDateTime", isDay(day) ? day : "")
        .list("performer", new Json().of("actor", new Json().text("display", row.of("surgeon"))))
        .list("reasonCode", reasons.toArray(Json[]::new))
        .list("bodySite", new Json().text("text", row.of("laterality")))
        .list(
            "extension",
            extension("impairment", "valueCode", row.of("functional_impairment")),
            extension("plan-state", "valueCode", row.of("state")),
            extension("benefits", "valueCode", row.of("benefits_language")),
            extension("implant", "valueString", row.of("implant_udi_di")),
            extension("charge", "valueDecimal", row.of("charge")));
  }

  private static Json extension(String name, String type, String value) {
    boolean isNumber = type.equals("valueDecimal");
    if (value.isEmpty() || (isNumber && !value.matches(NUMBER))) {
      return new Json();
    }
    Json extension = new Json().text("url", "urn:clinic:" + name);
    return isNumber ? extension.number(type, value) : extension.text(type, value);
  }

  private static Json answers(Row row) {
    String day = row.of("completed_on");
    return new Json()
        .text("resourceType", "QuestionnaireResponse")
        .text("id", row.of("prom_id"))
        .text("questionnaire", "urn:clinic:questionnaire:" + row.of("instrument"))
        .text("status", "completed")
        .of("subject", reference("Patient", row.of("patient_id"), ""))
        .of("encounter", reference("Encounter", row.of("visit_id"), ""))
        .text("authored", isDay(day) ? day : "")
        .list("item", item("score", row), item("satisfaction", row));
  }

  private static Json item(String link, Row row) {
    String value = row.of(link);
    if (value.isEmpty()) {
      return new Json();
    }
    Json answer = new Json();
    if (value.matches(NUMBER)) {
      answer.number("valueDecimal", value);
    } else {
      answer.text("valueString", value);
    }
    return new Json().text("linkId", link).list("answer", answer);
  }

  private static Json concept(String system, String code) {
    return code.isEmpty() ? new Json() : new Json().list("coding", coding(system, code));
  }

  private static Json coding(String system, String code) {
    return new Json().text("system", system).text("code", code);
  }

  private static Json reference(String type, String id, String display) {
    return id.isEmpty()
        ? new Json()
        : new Json().text("reference", type + "/" + id).text("display", display);
  }

  /** A row by the names of its columns. */
  private record Row(List<String> header, List<String> cells) {
    String of(String column) {
      return cells.get(header.indexOf(column));
    }
  }

  /** An object of JSON, written without blanks; what is empty is left out. */
  private static final class Json {

    private final StringBuilder text = new StringBuilder();

    Json text(String name, String value) {
      return value.isEmpty() ? this : raw(name, quoted(value));
    }

    Json number(String name, String value) {
      return raw(name, value);
    }

    Json texts(String name, String value) {
      return value.isEmpty() ? this : raw(name, "[" + quoted(value) + "]");
    }

    Json of(String name, Json value) {
      return value.text.isEmpty() ? this : raw(name, value.toString());
    }

    Json list(String name, Json... values) {
      List<String> items = new ArrayList<>();
      for (Json value : values) {
        if (!value.text.isEmpty()) {
          items.add(value.toString());
        }
      }
      return items.isEmpty() ? this : raw(name, "[" + String.join(",", items) + "]");
    }

    private Json raw(String name, String value) {
      text.append(text.isEmpty() ? "" : ",").append(quoted(name)).append(':').append(value);
      return this;
    }

    private static String quoted(String value) {
      StringBuilder quoted = new StringBuilder("\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          quoted.append('\\').append(c);
        } else if (c < ' ') {
          quoted.append("\\u%04x".formatted((int) c));
        } else {
          quoted.append(c);
        }
      }
      return quoted.append('"').toString();
    }

    @Override
    public String toString() {
      return "{" + text + "}";
    }
  }
}

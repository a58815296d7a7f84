package org.consentry.benchmark;

import static org.consentry.benchmark.CsvRow.bytes;
import static org.consentry.benchmark.CsvRow.mix;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Visits of 20 columns and about 260 bytes, of which 11 columns are released. The same numbers give
 * the same bytes.
 *
 * @param rows how many visits
 * @param people whose they are
 * @param visitors how visits are shared among the people
 */
record Clinic(long rows, People people, Visitors visitors) implements Work {

  /** How visits are shared among the people. */
  enum Visitors {
    /** By chance. */
    EVEN(""),
    /** Every fifth visit is one patient's. */
    ONE_FIFTH("-one-patient");

    private final String suffix;

    Visitors(String suffix) {
      this.suffix = suffix;
    }
  }

  static final Path ZIPS =
      Path.of("src/main/resources/org/consentry/operator/zip3-census-2020.csv");
  private static final int FIRST_VISIT = (int) LocalDate.of(2015, 1, 1).toEpochDay();
  private static final int VISIT_DAYS = 4_000;

  private static final byte[][] DEPARTMENTS =
      bytes("plastic surgery", "ophthalmology", "dermatology", "aftercare", "oculoplastics");
  private static final byte[][] PROVIDERS =
      bytes("Dr. Alvarez", "Dr. Brunner", "Dr. Chen", "Dr. Dubois", "RN Garc\u00EDa", "RN Hoang");
  private static final byte[][] DIAGNOSES =
      bytes("H02.401", "H02.831", "N62", "Z42.1", "J34.2", "H02.103", "L90.5", "H02.32");
  private static final byte[][] PROCEDURES =
      bytes("15822", "15823", "67904", "67908", "19316", "19318", "30410", "99213");
  private static final byte[][] INSURERS =
      bytes("Blue Cross Blue Shield", "Aetna", "Medicare", "United Healthcare", "self");
  private static final byte[][] STATES = bytes("completed", "no-show", "cancelled");
  private static final byte[][] NOTES =
      bytes(
          "Seen for follow-up after upper lid surgery and doing well; sutures come out on Tuesday"
              + " of next week",
          "\"Pt states \"\"much better\"\", wound dry, no sign of infection, to return in 4 weeks"
              + " or when needed\"",
          "No complaints today; photographs taken; vision unchanged on both sides; reassured and"
              + " sent home again",
          "\"Discussed risks, benefits and alternatives at length, all questions answered, wishes"
              + " to proceed\"",
          "\"Called about swelling.\n"
              + "Advised cold compresses and rest, call again if it gets worse before Monday\"",
          "Se\u00F1ora reports dry eyes in the morning; lubricating drops at night; control visit"
              + " in three months",
          "Routine review of scar; silicone sheets continued for another month; result satisfactory"
              + " to both of us",
          "Consultation on revision; measured brow height and crease; written estimate handed over"
              + " to take home");

  @Override
  public String folder() {
    String consents = people.consents() == People.Consents.THREE ? "-three-lines" : "";
    return "clinic-" + rows + visitors.suffix + consents;
  }

  @Override
  public String title() {
    return switch (visitors) {
      case EVEN -> String.format(Locale.ROOT, "%,d visits of %s", rows, people.title());
      case ONE_FIFTH -> String.format(Locale.ROOT, "%,d visits, 20 %% of one patient", rows);
    };
  }

  @Override
  public List<String> tables() {
    return List.of("visits");
  }

  @Override
  public String rules() throws IOException {
    return Template.file("visits.yaml", Map.of());
  }

  @Override
  public String copies() throws IOException {
    return Template.file("visits.sql", Map.of("zips", ZIPS.toAbsolutePath().toString()));
  }

  @Override
  public Map<String, String> compared() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("age_at_visit", "INTEGER");
    types.put("zip3", "VARCHAR");
    types.put("sex", "VARCHAR");
    types.put("department", "VARCHAR");
    types.put("diagnosis", "VARCHAR");
    types.put("procedure", "VARCHAR");
    types.put("charge", "DECIMAL(9,2)");
    types.put("weight_kg", "DECIMAL(5,1)");
    return types;
  }

  @Override
  public void write(Path folder) throws IOException {
    people.write(folder);
    int often = people.consented();
    CsvRow row = new CsvRow();
    try (OutputStream out = People.open(folder.resolve("visits.csv"))) {
      out.write(
          ("visit_id,patient_id,visited_on,arrived_at,zip,sex,department,provider,diagnosis,"
                  + "procedure,charge,paid,insurer,height_cm,weight_kg,systolic,diastolic,status,"
                  + "note,sequence\n")
              .getBytes(StandardCharsets.UTF_8));
      for (long v = 0; v < rows; v++) {
        boolean isOften = visitors == Visitors.ONE_FIFTH && v % 5 == 0;
        visit(row, v, isOften ? often : (int) (mix(v, 3) % people.count()));
        row.end(out);
      }
    }
  }

  private static void visit(CsvRow row, long v, int patient) {
    long a = mix(v, 4);
    long b = mix(v, 5);
    // Day and charge follow from their own numbers, so that no column predicts another.
    int day = FIRST_VISIT + (int) (a % VISIT_DAYS);
    row.put('V');
    row.number(v, 9);
    row.put(',');
    row.patient(patient);
    row.put(',');
    row.date(day);
    row.put(',');
    row.date(day);
    row.put('T');
    row.number(8 + (a >>> 12) % 10, 2);
    row.put(':');
    row.number((a >>> 16) % 60, 2);
    row.put(':');
    row.number((a >>> 22) % 60, 2);
    row.put(',');
    row.number(501 + mix(patient, 6) % 99_000, 5);
    row.put(',');
    row.put((mix(patient, 7) & 1) == 0 ? 'F' : 'M');
    row.put(',');
    row.word(DEPARTMENTS, a >>> 28);
    row.put(',');
    row.word(PROVIDERS, a >>> 31);
    row.put(',');
    row.word(DIAGNOSES, a >>> 34);
    row.put(',');
    row.word(PROCEDURES, a >>> 37);
    row.put(',');
    row.money(b % 900_000);
    row.put(',');
    row.money((b >>> 8) % 500_000);
    row.put(',');
    row.word(INSURERS, b >>> 16);
    row.put(',');
    row.number(145 + (b >>> 20) % 50, 3);
    row.put(',');
    row.decimal(450 + (b >>> 24) % 700);
    row.put(',');
    row.number(95 + (b >>> 30) % 80, 3);
    row.put(',');
    row.number(60 + (b >>> 36) % 39, 2);
    row.put(',');
    row.word(STATES, b >>> 40);
    row.put(',');
    row.word(NOTES, b >>> 44);
    row.put(',');
    row.plain(v);
  }
}

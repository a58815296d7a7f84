package org.consentry.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the sample clinic: about a thousand invented patients of an aesthetic and reconstructive
 * surgery clinic and what hangs on them. The same bytes on every machine.
 */
public final class ClinicGenerator {
  /** The last day on which anything happens in the data. */
  static final LocalDate LAST_DAY = LocalDate.of(2026, 10, 30);

  private static final int STRANGERS = 9000;

  private ClinicGenerator() {}

  /**
   * Writes the tables.
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
    Map<String, byte[]> files = new LinkedHashMap<>();
    tables()
        .forEach(
            (name, table) ->
                files.put(
                    name,
                    table.bytes(
                        name.equals("photos.csv")
                            ? CsvText.LastLine.OPEN
                            : CsvText.LastLine.ENDED)));
    return files;
  }

  /** Every table by the name of its file. */
  static Map<String, CsvText> tables() {
    PatientRows patients = new PatientRows();
    ConsentLines consents = new ConsentLines();
    Courses courses = new Courses();
    List<Patient> roster = Roster.patients();
    Patient canary = canary(roster);
    for (Patient patient : roster) {
      patients.add(
          patient, patient.equals(canary) ? PatientRows.Canary.SINGING : PatientRows.Canary.NONE);
      LocalDate firstVisit = courses.add(patient);
      consents.add(patient, firstVisit);
      if (patient.number() % 100 == 50) {
        addStranger(patient, courses, consents);
      }
      if (patient.number() % 250 == 125) {
        courses.addWithoutVisit(patient, LocalDate.of(2024, 5, 14));
      }
    }
    courses.addRaggedPhotos(canary, LocalDate.of(2023, 9, 12));
    Map<String, CsvText> files = new LinkedHashMap<>();
    files.put("patients.csv", patients.csv());
    files.put("consents.csv", consents.csv());
    files.put("visits.csv", courses.visits());
    files.put("procedures.csv", courses.procedures());
    files.put("photos.csv", courses.photos());
    files.put("proms.csv", courses.proms());
    return files;
  }

  /**
   * A person with events but without a row in the patients table; every other one has signed a
   * consent.
   */
  private static void addStranger(Patient like, Courses courses, ConsentLines consents) {
    String id = like.number() == 950 ? "" : "P%06d".formatted(STRANGERS + like.number());
    LocalDate day =
        Draws.of("stranger", like.number())
            .workday(LocalDate.of(2021, 1, 4), LocalDate.of(2025, 12, 31));
    courses.addOrphan(like, id, day);
    if (like.number() % 200 == 50) {
      consents.addStranger(id, day.atTime(9, 30));
    }
  }

  /**
   * The patient with the unmistakable values: released by the eyelid study, so that a leak would
   * show.
   */
  private static Patient canary(List<Patient> roster) {
    return roster.stream()
        .filter(
            p ->
                p.story() == Story.BROAD
                    && p.care() == Care.EYELID
                    && p.born().getYear() > 1950
                    && !p.deceased())
        .findFirst()
        .orElseThrow();
  }
}

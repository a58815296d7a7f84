package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many marks of public collections the detectors meet, and how many of their places meet a
 * mark. The table of {@code src/docs/profile.md} is what this prints.
 */
final class MarkedNotesTest {

  /** Marks of one or more types, and the least share of them that is found. */
  record Floor(String collection, String what, Set<String> types, double recall) {

    @Override
    public String toString() {
      return collection + ": " + what;
    }
  }

  static Stream<Floor> floors() {
    return Stream.of(
        floor("asq-phi", "names", 0.99, "NAME"),
        floor("asq-phi", "dates", 0.98, "DATE"),
        floor("asq-phi", "telephone numbers", 1, "PHONE_NUMBER"),
        floor("asq-phi", "e-mail addresses", 1, "EMAIL_ADDRESS"),
        floor("asq-phi", "social security numbers", 1, "SOCIAL_SECURITY_NUMBER"),
        floor("asq-phi", "record numbers", 0.99, "MEDICAL_RECORD_NUMBER", "UNIQUE_IDENTIFIER"),
        floor("asq-phi", "health plan numbers", 0.93, "HEALTH_PLAN_BENEFICIARY_NUMBER"),
        floor("meddocan", "names of patients", 0.99, "NOMBRE_SUJETO_ASISTENCIA"),
        floor("meddocan", "names of staff", 0.99, "NOMBRE_PERSONAL_SANITARIO"),
        floor("meddocan", "dates and years", 0.90, "FECHAS"),
        floor("meddocan", "telephone and fax numbers", 1, "NUMERO_TELEFONO", "NUMERO_FAX"),
        floor("meddocan", "e-mail addresses", 1, "CORREO_ELECTRONICO"),
        floor("meddocan", "record numbers", 1, "ID_SUJETO_ASISTENCIA", "ID_CONTACTO_ASISTENCIAL"),
        floor("meddocan", "insurance numbers", 1, "ID_ASEGURAMIENTO"),
        floor("meddocan", "licence numbers", 1, "ID_TITULACION_PERSONAL_SANITARIO"),
        floor("meddocan", "streets", 0.84, "CALLE"),
        floor("meddocan", "ages", 0.95, "EDAD_SUJETO_ASISTENCIA"),
        floor("presidio-research", "names, of 20 countries", 0.54, "PERSON"),
        floor("presidio-research", "telephone numbers, of 20 countries", 0.80, "PHONE_NUMBER"),
        floor("presidio-research", "e-mail addresses", 1, "EMAIL_ADDRESS"),
        floor("presidio-research", "social security numbers", 1, "US_SSN"),
        floor("presidio-research", "payment cards", 0.97, "CREDIT_CARD"),
        floor("presidio-research", "bank accounts", 1, "IBAN_CODE"),
        floor("presidio-research", "IP addresses", 1, "IP_ADDRESS"),
        floor("presidio-research", "web addresses", 1, "DOMAIN_NAME"),
        floor("presidio-research", "driver licences", 1, "US_DRIVER_LICENSE"),
        floor("presidio-research", "ages", 0.82, "AGE"),
        floor("presidio-research", "addresses, of 20 countries", 0.58, "STREET_ADDRESS"));
  }

  @ParameterizedTest
  @MethodSource("floors")
  void findsTheMarksOfPeople(Floor floor) throws IOException {
    int found = 0;
    int marks = 0;
    for (MarkedNotes.Note note : notes(floor.collection())) {
      List<Found> places = Detectors.usual().find(note.text());
      for (MarkedNotes.Mark mark : note.marks()) {
        if (floor.types().contains(mark.type())) {
          marks++;
          found += places.stream().anyMatch(mark::meets) ? 1 : 0;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %.1f %% |%n",
        floor.collection(),
        floor.what(),
        marks,
        100.0 * found / marks);

    assertThat((double) found / marks).isGreaterThanOrEqualTo(floor.recall());
  }

  @Test
  void findsLittleWhereNothingIsMarked() throws IOException {
    for (String collection : List.of("asq-phi", "meddocan", "presidio-research")) {
      int places = 0;
      int right = 0;
      for (MarkedNotes.Note note : notes(collection)) {
        for (Found found : Detectors.usual().find(note.text())) {
          // The questions of ASQ-PHI have ages that are not marked, because all are under 90.
          boolean age = collection.equals("asq-phi") && found.kind() == ContentKind.AGE;
          places += age ? 0 : 1;
          right += !age && note.marks().stream().anyMatch(mark -> mark.meets(found)) ? 1 : 0;
        }
      }
      System.out.printf(
          Locale.ROOT, "| %s | all | %d | %.1f %% |%n", collection, places, 100.0 * right / places);

      assertThat((double) right / places).as(collection).isGreaterThan(0.98);
    }
  }

  private static List<MarkedNotes.Note> notes(String collection) throws IOException {
    assumeTrue(
        Files.isDirectory(MarkedNotes.folder(collection)),
        "skipped: the marked notes of " + collection + " are not here");
    return switch (collection) {
      case "asq-phi" -> MarkedNotes.asqPhi();
      case "meddocan" -> MarkedNotes.meddocan();
      default -> MarkedNotes.presidio();
    };
  }

  private static Floor floor(String collection, String what, double recall, String... types) {
    return new Floor(
        collection, what, Stream.of(types).collect(Collectors.toUnmodifiableSet()), recall);
  }
}

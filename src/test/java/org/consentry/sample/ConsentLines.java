package org.consentry.sample;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.consentry.sample.ConsentForm.Column;

/**
 * Writes the consent forms of every patient's story, in the order in which the clinic recorded
 * them.
 */
final class ConsentLines {

  /** Early enough that every later form of a story is recorded before the data ends. */
  private static final LocalDate LAST_SIGNED = ClinicGenerator.LAST_DAY.minusDays(320);

  private final List<ConsentForm> forms = new ArrayList<>();
  private int lines;

  /** Adds the forms of one patient. {@code firstVisit} is the day of the first consultation. */
  void add(Patient patient, LocalDate firstVisit) {
    Draws draws = Draws.of("consent", patient.number());
    LocalDate day = earlier(firstVisit, LAST_SIGNED);
    if (patient.story().ageGroup() == Story.AgeGroup.GROWN_UP_SINCE) {
      day = earlier(day, patient.born().plusYears(18).minusDays(30));
    }
    new ConsentStory(this, patient, day.atTime(draws.between(8, 15), draws.below(60)), draws)
        .write();
  }

  /** Adds a form of a person whom the patients table does not have. */
  void addStranger(String patientId, LocalDateTime signedAt) {
    forms.add(ConsentForm.permit(nextId(), patientId, signedAt));
  }

  CsvText csv() {
    CsvText csv = new CsvText(CsvText.LineEnd.LF, Column.header());
    forms.stream()
        .sorted(Comparator.comparing((ConsentForm form) -> form.cell(Column.RECORDED_AT)))
        .forEach(form -> csv.row(form.row()));
    return csv;
  }

  void file(ConsentForm form) {
    forms.add(form);
  }

  /** The id of the next form. */
  String nextId() {
    lines++;
    return "C%06d".formatted(lines);
  }

  private static LocalDate earlier(LocalDate day, LocalDate other) {
    return day.isBefore(other) ? day : other;
  }
}

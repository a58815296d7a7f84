package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources that are not written as programs write them: a draft runs when its placeholders are
 * replaced by their examples, with no other change.
 */
final class DraftedRunTest {

  private static final int PEOPLE = 40;

  @TempDir Path folder;

  private void table(String name, String text, String charset) {
    try {
      Path file = folder.resolve("data").resolve(name + ".csv");
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(Charset.forName(charset)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Installation.Answer call(String... words) {
    List<String> home = List.of("--home", folder.resolve("state").toString());
    return Installation.execute(Stream.concat(Stream.of(words), home.stream()).toList());
  }

  /** Drafts, fills, permits everyone, and runs. */
  private Installation.Answer run(int firstId) {
    Path made = folder.resolve("new");
    Installation.Answer drafted =
        call("init", "--from", folder.resolve("data").toString(), made.toString());
    assertThat(drafted.exitCode()).as(drafted.err()).isZero();
    Path job = Drafts.filled(made);
    Drafts.permitAll(
        made.resolve("consents.csv"),
        IntStream.range(firstId, firstId + PEOPLE).mapToObj(String::valueOf));
    return call("run", job.toString());
  }

  private String mapping() {
    return Installation.read(folder.resolve("new/mappings/first.yaml"));
  }

  @Test
  void aSourceOfMovedDatesAndAges() {
    StringBuilder people = new StringBuilder("subject_id,gender,anchor_age,anchor_year,dod\n");
    StringBuilder stays =
        new StringBuilder("subject_id,hadm_id,admittime,dischtime,deathtime,insurance\n");
    for (int i = 0; i < PEOPLE; i++) {
      int year = 2110 + 2 * i;
      people.append(7000 + i).append(",F,").append(30 + i).append(',').append(year).append(",\n");
      stays.append(7000 + i).append(',').append(20_000 + i).append(',');
      stays.append(year + "-02-03 10:00:00," + year + "-02-05 09:30:00,,Other\n");
    }
    table("patients", people.toString(), "UTF-8");
    table("admissions", stays.toString(), "UTF-8");

    Installation.Answer answer = run(7000);

    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out())
        .endsWith(
            """
                          read  not permitted  not in cohort  not usable  released
              subjects      40              0              0           0        40
              admissions    40              0              0           0        40
              patients      40              0              0           0        40
            """);
    assertThat(mapping())
        .contains(
            """
            dates:  # decades in which the dates of the rows are
              from: 2110-01-01
              to: 2189-12-31  # ages refer to it if they were moved
              calendar: moved  # moved dates: only consent for all dates covers a record
            """);
  }

  @Test
  void theExportOfAGermanSpreadsheet() {
    StringBuilder people = new StringBuilder("PatNr;Nachname;Geburtsdatum;Geschlecht\r\n");
    StringBuilder visits =
        new StringBuilder("FallNr;PatNr;Aufnahme;Diagnose;Betrag;Größe;Kreatinin\r\n");
    for (int i = 0; i < PEOPLE; i++) {
      people.append(500 + i + ";Müller;" + (1 + i % 28) + ".05." + (1940 + i) + ";w\r\n");
      visits.append(i + ";" + (500 + i) + ";" + (1 + i % 28) + ".02.2021;L30." + i % 3 + ";");
      visits.append("1." + (200 + i) + ",50 €;1," + (60 + i % 20) + ";");
      visits.append(i % 4 == 0 ? "NULL\r\n" : "0," + (7 + i % 3) + "\r\n");
    }
    table("Patienten", people.toString(), "windows-1252");
    table("Faelle", visits.toString(), "windows-1252");

    Installation.Answer answer = run(500);

    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out())
        .endsWith(
            """
                         read  not permitted  not in cohort  not usable  released
              subjects     40              0              0           0        40
              Faelle       40              0              0           0        40
              Patienten    40              0              0           0        40
            """);
    assertThat(mapping().replaceAll("\n +", " "))
        .contains(
            "- 10000 decimal: \",\" thousands: \".\" currency: - \"€\" as: Betrag_range",
            "\"Größe\":  # no hint in its name or its values; look at it; values: decimal 1234,56"
                + " role: sensitive do: generalize to: rounding by: 0.01 decimal: \",\" type:",
            "by: 0.01 decimal: \",\" nulls: - \"NULL\" type: decimal(18,2)");
  }
}

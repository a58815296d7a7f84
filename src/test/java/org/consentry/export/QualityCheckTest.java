package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is unusual in the data is noted, and blocks the release where the job has a limit. */
final class QualityCheckTest {

  private static final String JOB = "jobs/visits.yaml";
  private static final String VISITS = "clinic/visits.csv";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(JOB, "quality: {fewerThanLast: 1}\n", "");
  }

  private List<String> notes() {
    clinic.release(job);
    return clinic.notes().stream()
        .filter(note -> note.contains("QUALITY_"))
        .map(note -> note.substring(note.indexOf("QUALITY_")))
        .toList();
  }

  /** The same of another job of the study, or to another recipient. */
  private List<String> notes(String name, String recipient) {
    job = clinic.job(name, "a", recipient, Basis.DE_IDENTIFIED);
    clinic.edit("jobs/" + name + ".yaml", "quality: {fewerThanLast: 1}\n", "");
    return notes();
  }

  private void states(String quality) throws IOException {
    Files.writeString(
        root.resolve(JOB), "quality: " + quality + "\n", java.nio.file.StandardOpenOption.APPEND);
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> clinic.export(job, Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(Category.DISCLOSURE_CHECK);
              assertThat(refused.problems())
                  .extracting(
                      problem -> problem.code() + " " + problem.message() + "; " + problem.hint())
                  .containsExactly(message);
            });
    assertThat(root.resolve("releases/visits"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory(),
            folder -> assertThat(folder.resolve("2026-11-23-r2")).doesNotExist());
  }

  private void keepsVisits(int rows) throws IOException {
    Path file = root.resolve(VISITS);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, rows + 1));
  }

  @Test
  void ordinaryDataIsNotNoted() {
    assertThat(notes()).isEmpty();
    assertThat(notes()).isEmpty();
  }

  @Test
  void anEmptyTableIsNoted() throws IOException {
    keepsVisits(0);
    assertThat(notes())
        .containsExactly(
            "QUALITY_FEW_ROWS table 'visits' has 0 rows, of which 0 are released; export the table"
                + " again, or correct minRows");
  }

  @Test
  void aTableThatBecameEmptyIsComparedWithTheLastRelease() throws IOException {
    clinic.release(job);
    keepsVisits(0);
    assertThat(notes())
        .containsExactly(
            "QUALITY_FEW_ROWS table 'visits' has 0 rows, of which 0 are released; release"
                + " 2026-11-23-r1 had 20 rows; export the table again, or correct minRows");
  }

  @Test
  void fewerRowsThanTheJobAsksForBlock() throws IOException {
    states("{minRows: {visits: 21}}");
    refuses(
        "QUALITY_FEW_ROWS table 'visits' has 20 rows, of which 20 are released; quality: {minRows}"
            + " is 21; export the table again, or correct minRows");
  }

  @Test
  void aTableThatShrankIsNotedAndBlocksWhereTheJobHasALimit() throws IOException {
    clinic.release(job);
    keepsVisits(2);
    assertThat(notes())
        .containsExactly(
            "QUALITY_FEWER_ROWS table 'visits' has 2 rows, of which 2 are released; release"
                + " 2026-11-23-r1 had 20 rows: fewer by a share of 0.9; export the table again, or"
                + " raise fewerThanLast");
  }

  @Test
  void anotherJobOrRecipientHasNoReleaseBefore() throws IOException {
    clinic.release(job);
    keepsVisits(2);

    assertThat(notes("other", "uni")).isEmpty();
    assertThat(notes("visits", "inc")).isEmpty();
  }

  @Test
  void theStatedShareOfRowsIsTheLimit() throws IOException {
    clinic.release(job);
    keepsVisits(2);
    states("{fewerThanLast: {visits: 0.5}}");
    assertThatThrownBy(() -> clinic.export(job, Optional.empty()))
        .hasMessageContaining(
            "release 2026-11-23-r1 had 20 rows: fewer by a share of 0.9; quality: {fewerThanLast}"
                + " is 0.5; export");
  }

  @Test
  void rowsWithoutAPatientAreNotedAndBlockWhereTheJobHasALimit() throws IOException {
    for (int i = 0; i < 10; i++) {
      clinic.append(VISITS, "V" + i + ",,2022-05-05,ok");
    }
    assertThat(notes()).isEmpty();
    clinic.append(VISITS, "V11,NOBODY,2022-05-05,ok");
    String message =
        "QUALITY_UNKNOWN_SUBJECTS 11 of 31 rows of table 'visits' name no patient of the subjects"
            + " table, a share of 0.3549";
    assertThat(notes())
        .containsExactly(message + "; repair the ids, or export both tables at one moment");

    states("{unknownSubjects: 0.05}");
    assertThatThrownBy(() -> clinic.export(job, Optional.empty()))
        .hasMessageContaining(message + "; quality: {unknownSubjects} is 0.05; repair");
  }

  @Test
  void blankedValuesAreAShareOfTheValuesNotOfTheRows() throws IOException {
    job = clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.edit(JOB, "quality: {fewerThanLast: 1}\n", "");
    clinic.edit(
        "mappings/days.yaml",
        "do: keep, as: visited_on, type: date",
        "do: keep, as: visited_on, type: date, onInvalid: blank");
    clinic.edit(
        "mappings/days.yaml",
        "category: LAB, do: keep, type: code",
        "category: LAB, do: generalize, to: rounding, by: 10, type: integer, onInvalid: blank");
    String message =
        "QUALITY_BLANKED 20 of 20 values of column 'visits.finding' were left out, because its"
            + " operator could not take them, a share of 1";
    assertThat(notes())
        .containsExactly(
            message
                + "; correct the rule of the column or the values; consentry profile shows what"
                + " they are");

    states("{blanked: {default: 1, visits.finding: 0.1}}");
    assertThatThrownBy(() -> clinic.export(job, Optional.empty()))
        .hasMessageContaining(message + "; quality: {blanked} is 0.1; correct");
  }

  @Test
  void aColumnThatBecameEmptyIsNotedOnce() throws IOException {
    clinic.release(job);
    Path file = root.resolve(VISITS);
    Files.writeString(file, Files.readString(file).replace(",ok\n", ",\n"));
    assertThat(notes())
        .containsExactly(
            "QUALITY_EMPTY_COLUMN column 'visits.finding' is empty in all 20 released rows; release"
                + " 2026-11-23-r1 had 20 values; look at the column in the source; drop it in the"
                + " mapping if it is no longer used");
    assertThat(notes()).isEmpty();
  }

  @Test
  void lostOrChangedCountsAreNotCompared() throws IOException {
    clinic.release(job);
    Path counts = root.resolve("state/manifests/visits-1/counts.txt");
    Files.writeString(counts, Files.readString(counts).replace("20 read", "1 read"));
    keepsVisits(2);
    assertThat(notes())
        .containsExactly(
            "QUALITY_NOT_COMPARED the counts of the last release 2026-11-23-r1 are not there as"
                + " they were written, so that tables are not compared with it; look at the numbers"
                + " of rows yourself, or restore the folder from a backup");
  }

  /** A stated limit that cannot be checked is as if it were exceeded; 1 allows any difference. */
  @Test
  void aStatedLimitBlocksWhereTheCountsOfTheLastReleaseAreLost() throws IOException {
    clinic.release(job);
    Files.delete(root.resolve("state/manifests/visits-1/counts.txt"));
    states("{fewerThanLast: {default: 1, visits: 0.5}}");
    refuses(
        "QUALITY_NOT_COMPARED the counts of the last release 2026-11-23-r1 are not there as they"
            + " were written, so that quality: {fewerThanLast} cannot be checked of visits; restore"
            + " the folder from a backup; where that cannot be, compare the numbers of rows"
            + " yourself and write 1 as fewerThanLast of these tables for one release");

    clinic.edit(JOB, "visits: 0.5", "visits: 1");
    assertThat(notes()).singleElement().asString().startsWith("QUALITY_NOT_COMPARED");
  }

  @Test
  void aResumedRunCountsEverySplitOnce() throws IOException {
    clinic.export(job, Optional.empty());
    clinic.resume(job, Optional.empty()).seal().publish();
    assertThat(Files.readString(root.resolve("state/manifests/visits-1/counts.txt")))
        .isEqualTo(
            """
            20 filled patients.patient_id
            20 filled patients.sex
            20 filled visits.finding
            20 filled visits.patient_id
            20 filled visits.visit_id
            20 filled visits.visit_year
            20 read patients
            20 read visits
            20 released patients
            20 released visits
            """);
  }
}

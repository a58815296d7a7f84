package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cells that cannot be read are noted although their column is not released, and block the release
 * where the job has a limit; a row without its key is never released.
 */
final class ColumnReadingsTest {

  private static final String JOB = "jobs/visits.yaml";
  private static final String MAPPING = "mappings/years.yaml";
  private static final String VISITS = "clinic/visits.csv";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(
        MAPPING,
        "do: generalize, to: year, as: visit_year, type: integer, why: needed",
        "do: drop, format: dd.MM.yyyy");
  }

  /** All visits but some at the end of the file have a date of the stated format. */
  private void unreadable(int some) throws IOException {
    Path file = root.resolve(VISITS);
    List<String> lines = Files.readAllLines(file);
    int last = lines.size() - some;
    for (int line = 1; line < last; line++) {
      lines.set(line, lines.get(line).replace("2022-05-05", "05.05.2022"));
    }
    Files.write(file, lines);
  }

  private List<String> notes() {
    return clinic.notes().stream()
        .filter(note -> note.contains("QUALITY_UNREADABLE"))
        .map(note -> note.substring(note.indexOf("QUALITY_")))
        .toList();
  }

  private void blocks(String message) {
    assertThatThrownBy(() -> clinic.export(job, Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(Category.DISCLOSURE_CHECK);
              assertThat(refused.problems())
                  .extracting(problem -> problem.code() + " " + problem.message())
                  .containsExactly(message);
            });
  }

  @Test
  void recordDatesThatCannotBeReadAreCountedOnceAndBlockWhereTheJobHasALimit() throws IOException {
    unreadable(12);
    String message =
        "QUALITY_UNREADABLE 12 of 20 dates of column 'visits.visited_on' cannot be read as"
            + " dd.MM.yyyy, so that rows with them may be of any day";
    String hint =
        "; state format: as the column is written, or correct the cells; consentry profile shows"
            + " what they are";

    clinic.export(job, Optional.empty());
    assertThat(notes()).containsExactly(message + hint);
    int worked = clinic.worked();
    clinic.resume(job, Optional.empty());
    assertThat(notes()).containsExactly(message + hint);
    assertThat(clinic.worked()).isEqualTo(worked);

    clinic.append(JOB, "quality: {blanked: {visits.visited_on: 0.5}}");
    clinic.edit(JOB, "quality: {fewerThanLast: 1}\n", "");
    blocks(message + ", a share of 0.6; quality: {blanked} is 0.5");
  }

  @Test
  void aNumberOfFewIsNotShown() throws IOException {
    unreadable(3);

    clinic.export(job, Optional.empty());

    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith(
            "QUALITY_UNREADABLE fewer than 11 of 20 dates of column 'visits.visited_on' cannot");
  }

  /** The share of a number that is not shown would show it. */
  @Test
  void theShareOfFewIsNotShown() throws IOException {
    unreadable(3);
    clinic.append(JOB, "quality: {blanked: {visits.visited_on: 0.1}}");
    clinic.edit(JOB, "quality: {fewerThanLast: 1}\n", "");

    blocks(
        "QUALITY_UNREADABLE fewer than 11 of 20 dates of column 'visits.visited_on' cannot be read"
            + " as dd.MM.yyyy, so that rows with them may be of any day; quality: {blanked} is"
            + " 0.1");
  }

  @Test
  void fewCellsAreNotCounted() throws IOException {
    unreadable(3);
    Path file = root.resolve(VISITS);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.subList(1, lines.size() - 3).clear();
    Files.write(file, lines);

    clinic.export(job, Optional.empty());

    assertThat(notes())
        .singleElement()
        .asString()
        .startsWith("QUALITY_UNREADABLE all of fewer than 11 dates of column 'visits.visited_on'");
  }

  /** All patients have one visit, and the only one of the cohort has all the unreadable ones. */
  @Test
  void theLimitCountsForTheCohortTooWhereAllPatientsKeepIt() throws IOException {
    unreadable(0);
    for (int visit = 0; visit < 12; visit++) {
      clinic.append(VISITS, "B" + visit + "," + SmallClinic.id(1) + ",2022-05-05,chosen");
    }
    clinic.append(JOB, "cohort: {any: {table: visits, where: {finding: [chosen]}}}");
    clinic.append(JOB, "quality: {blanked: {visits.visited_on: 0.5}}");
    clinic.edit(JOB, "quality: {fewerThanLast: 1}\n", "");

    blocks(
        "QUALITY_UNREADABLE 12 of 13 dates of column 'visits.visited_on' cannot be read as"
            + " dd.MM.yyyy, so that rows with them may be of any day, a share of 0.9231; quality:"
            + " {blanked} is 0.5");
  }

  /** No person is in the cohort then, so that the rows that are released show nothing of it. */
  @Test
  void datesThatTheCohortCannotReadAreNoted() throws IOException {
    unreadable(20);
    clinic.edit(MAPPING, "    recordDate: [visited_on]\n", "");
    clinic.append(JOB, "cohort: {any: {table: visits, dateColumn: visited_on, from: 2020-01-01}}");

    clinic.export(job, Optional.empty());

    assertThat(notes())
        .containsExactly(
            "QUALITY_UNREADABLE 20 of 20 dates of column 'visits.visited_on' cannot be read as"
                + " dd.MM.yyyy; state format: as the column is written, or correct the cells;"
                + " consentry profile shows what they are");
  }

  @Test
  void aRowWithoutItsKeyCannotBeUsed() throws IOException {
    unreadable(0);
    clinic.append(VISITS, "," + SmallClinic.id(1) + ",05.05.2022,unkeyed");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(problem -> problem.code() + " " + problem.message())
                    .containsExactly(
                        "REJECTED_ROWS 1 of 21 rows read cannot be used: NO_KEY 1 (line 22);"
                            + " tolerated is a share of 0"));

    clinic.append(JOB, "rejects: {share: 0.1}");
    assertThat(Files.readString(clinic.release(job).resolve("data/visits.csv")))
        .contains(",ok")
        .doesNotContain("unkeyed");
  }
}

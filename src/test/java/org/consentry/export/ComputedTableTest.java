package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consentry.export.seal.TableOutcome;
import org.consentry.export.seal.TableOutcome.PartInRelease;
import org.consentry.export.sort.SortSizes;
import org.consentry.plan.PlanReport;
import org.consentry.plan.ReleasedTable;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A computed table has what the written files of the other tables show, and nothing else. */
final class ComputedTableTest {

  private static final SortSizes TWO_ROWS = new SortSizes(1 << 20, 1 << 20, 1 << 20, 2);

  @TempDir private Path root;
  private SmallClinic clinic;

  /** The second patient's consent covers one of the days, and the fifth has no visit. */
  @BeforeEach
  void clinic() {
    clinic =
        new SmallClinic(root)
            .patient(1, "2020-01-02", "2023-05-06", "2021-03-04", "2022-12-31")
            .patient(2, "2019-02-03", "2021-06-07", "2022-06-07")
            .patient(3, "2022-10-11")
            .patient(4, "2018-01-01", "2024-01-01")
            .patient(5)
            .permits(2, "2021-01-01", "2021-12-31", "*")
            .withdraws(4);
  }

  private Path job(Basis basis, String... more) {
    Path job = clinic.job("visits", "a", "uni", basis, more);
    String mapping =
        switch (basis) {
          case DE_IDENTIFIED -> "years";
          case ONE_TIME -> "one-time";
          case SHIFTED -> "shifted";
          default -> "days";
        };
    boolean hasYears = basis == Basis.DE_IDENTIFIED || basis == Basis.ONE_TIME;
    clinic.append(
        "mappings/" + mapping + ".yaml",
        "spans:",
        "  periods:",
        "    of: visits." + (hasYears ? "visit_year" : "visited_on"),
        "    columns:",
        "      began: {is: first, why: rates}",
        "      patient_id: {is: subject, why: joins tables}",
        "      kind: {is: constant, value: -7, why: provenance}",
        "      ended: {is: last, why: rates}");
    return job;
  }

  private static List<String> lines(Path release, String table) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(release.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = release.resolve("data").relativize(file).toString().replace(".csv", "");
        if (name.equals(table) || name.startsWith(table + "/")) {
          lines.addAll(Files.readAllLines(file).stream().skip(1).toList());
        }
      }
    }
    return lines;
  }

  /** The slow and plain second version: by the released cells alone. */
  private static List<String> expected(Path release) throws IOException {
    Map<String, TreeSet<String>> dates = new TreeMap<>();
    for (String visit : lines(release, "visits")) {
      String[] cells = visit.split(",", -1);
      dates.computeIfAbsent(cells[1], code -> new TreeSet<>()).add(cells[2]);
    }
    return dates.entrySet().stream()
        .map(of -> of.getValue().first() + "," + of.getKey() + ",-7," + of.getValue().last())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"NAMING"},
      mode = Mode.EXCLUDE)
  void hasTheFirstAndLastReleasedDateOfEachPersonWhoHasOne(Basis basis) throws IOException {
    StageRun run = new StageRun(clinic, job(basis), "test", TWO_ROWS);

    StagedTables tables = run.sort();

    Path release = run.staging().release();
    assertThat(lines(release, "periods")).isEqualTo(expected(release)).hasSize(3);
    assertThat(tables.counts())
        .containsEntry("periods rows released", 3L)
        .doesNotContainKey("periods rows read");
  }

  @Test
  void isEmptyWhereNoDateIsReleased() throws IOException {
    Path job = job(Basis.DE_IDENTIFIED);
    clinic.withdraws(1).withdraws(2).withdraws(3);
    StageRun run = new StageRun(clinic, job);

    run.sort();

    assertThat(lines(run.staging().release(), "patients")).hasSize(1);
    assertThat(Files.readString(run.staging().release().resolve("data/periods.csv")))
        .isEqualTo("began,patient_id,kind,ended\r\n");
  }

  @Test
  void isWrittenOnceOnOneBasisAndAgainWithTheSameBytes() throws IOException {
    Path job = job(Basis.DE_IDENTIFIED);
    StagedTables first = new StageRun(clinic, job, "test", TWO_ROWS).sort();
    StageRun again = new StageRun(clinic, job, "test", TWO_ROWS);
    StagedTables second = again.sort();
    assertThat(again.workers().begun()).isEmpty();
    StageRun lost = new StageRun(clinic, job, "test", TWO_ROWS);
    Files.delete(lost.staging().work().resolve("visits-1.periods.spans"));
    Files.writeString(lost.staging().release().resolve("data/periods/part-00000.csv"), "x\n");

    StagedTables third = lost.sort();

    assertThat(lost.workers().begun()).containsExactly("sort visits-1", "compute periods-0");
    assertThat(files(second)).isEqualTo(files(first));
    assertThat(files(third)).isEqualTo(files(first));
  }

  private static List<PartInRelease> files(StagedTables tables) {
    return tables.tables().values().stream()
        .map(TableOutcome::files)
        .flatMap(List::stream)
        .toList();
  }

  /** A consent that changes before a resume takes its dates out of the computed table too. */
  @Test
  void followsAConsentThatChangesBeforeAResume() throws IOException {
    Path job = job(Basis.DE_IDENTIFIED);
    new StageRun(clinic, job).sort();
    clinic.withdraws(1);
    job(Basis.DE_IDENTIFIED);
    StageRun resumed = new StageRun(clinic, job);

    resumed.sort();

    Path release = resumed.staging().release();
    assertThat(lines(release, "periods")).isEqualTo(expected(release)).hasSize(2);
  }

  @Test
  void hasNoRowOfAPersonWhomSuppressionLeavesOut() throws IOException {
    clinic.patient(6, "2022-03-04").patient(7, "2022-01-01");
    Path job = job(Basis.DE_IDENTIFIED);
    clinic.append(
        "jobs/visits.yaml", "risk: {identity: [visits.visit_year], k: 3, onViolation: suppress}");
    StageRun run = new StageRun(clinic, job);

    run.sort();

    Path release = run.staging().release();
    assertThat(lines(release, "periods"))
        .isEqualTo(expected(release))
        .hasSize(3)
        .allMatch(row -> row.startsWith("2022,") && row.endsWith(",2022"));
  }

  /** Codes of one release differ in every release, and with them the bytes of the table. */
  @Test
  void isTheSameWhereTheTablesAreThatItIsComputedFrom() throws IOException {
    clinic.release(job(Basis.ONE_TIME));
    Path same = clinic.release(job(Basis.ONE_TIME));
    clinic.withdraws(1);
    Path other = clinic.release(job(Basis.ONE_TIME));

    assertThat(Files.readString(same.resolve("CHANGES.md")))
        .contains(
            "except for codes that are valid in one release only (patients, visits, periods)");
    assertThat(Files.readString(other.resolve("CHANGES.md")))
        .contains("Changed data: patients, visits, periods.");
  }

  @Test
  void isReleasedByAJobThatNamesItOrNoTable() {
    StageRun without = new StageRun(clinic, job(Basis.DE_IDENTIFIED, "tables: [patients, visits]"));
    StageRun with =
        new StageRun(clinic, job(Basis.DE_IDENTIFIED, "tables: [patients, visits, periods]"));

    assertThat(without.plan().released()).extracting(ReleasedTable::name).doesNotContain("periods");
    assertThat(with.plan().released())
        .extracting(ReleasedTable::name)
        .containsExactly("patients", "visits", "periods");
    assertThat(PlanReport.of(with.plan()))
        .contains(
            "table     periods, computed from the release alone: a row for each person with a value"
                + " in visits.visit_year; the first and the last of these values",
            "  kind integer = spans the mapping (value -7)");
  }

  @Test
  void isRefusedWithoutAnyTableThatItIsComputedFrom() {
    assertThatThrownBy(
            () -> new StageRun(clinic, job(Basis.DE_IDENTIFIED, "tables: [patients, periods]")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error SPAN_NOTHING no table from which 'periods' is computed is released; release one"
                + " of them, or leave 'periods' out of the job's tables");
  }

  /** The legal target judges the cells where they are, and these are the cells. */
  @Test
  void hasNoDateThatTheTargetRefuses() {
    Path job = job(Basis.DE_IDENTIFIED);
    clinic.edit("mappings/years.yaml", "do: generalize, to: year,", "do: keep,");
    clinic.edit(
        "mappings/years.yaml", "as: visit_year, type: integer", "as: visit_year, type: date");

    assertThatThrownBy(() -> new StageRun(clinic, job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error SH_DATE");
  }

  @Test
  void isNoColumnOfARisk() {
    Path job = job(Basis.DE_IDENTIFIED);
    clinic.append(
        "jobs/visits.yaml", "risk: {identity: [periods.began], k: 3, onViolation: report}");

    assertThatThrownBy(() -> new StageRun(clinic, job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error RISK_COLUMN 'periods.began' is computed from other columns of the release; name"
                + " the columns from which it is computed");
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version of a mapping means one thing. */
final class MappingVersionsTest {

  private static final String MAPPING = "mappings/days.yaml";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void releases() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.release(job);
  }

  private ExportPlan plan() {
    return Planner.plan(
        job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
  }

  private Optional<String> problem() {
    return new MappingVersions(clinic.ledger(), clinic.state())
        .problem(plan())
        .map(problem -> problem.code() + " " + problem.message() + "; " + problem.hint());
  }

  private void coarsensTheDay() {
    clinic.edit(
        MAPPING,
        "do: keep, as: visited_on, type: date",
        "do: generalize, to: year, as: visit_year, type: integer");
  }

  @Test
  void theSameContentMayLeaveAgain() {
    clinic.edit(MAPPING, "description: a small clinic", "description: other words # and a comment");

    assertThat(problem()).isEmpty();
  }

  @Test
  void otherContentNeedsAnotherVersion() {
    coarsensTheDay();

    assertThat(problem())
        .contains(
            "MAPPING_CHANGED days version 1 is not what the study released as visits/2026-11-23-r1:"
                + " visits.visit_year new, visits.visited_on gone; write version: 2, or restore"
                + " the mapping and its lists");

    clinic.edit(MAPPING, "version: 1", "version: 2");
    assertThat(problem()).isEmpty();
  }

  @Test
  void refusesTheRunWithExitCode10() {
    coarsensTheDay();
    ExportPlan plan = plan();

    assertThatThrownBy(() -> new MappingVersions(clinic.ledger(), clinic.state()).require(plan))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
              assertThat(refused.problems())
                  .extracting(Problem::code)
                  .containsExactly("MAPPING_CHANGED");
            });
  }

  @Test
  void theContentOfAnEarlierVersionMayLeaveAgainButNoOther() throws IOException {
    Path file = root.resolve(MAPPING);
    String first = Files.readString(file);
    clinic.edit(MAPPING, "type: date", "type: date, onInvalid: blank");
    clinic.edit(MAPPING, "version: 1", "version: 3");
    clinic.release(job);

    Files.writeString(file, first);
    assertThat(problem()).isEmpty();

    clinic.edit(MAPPING, "version: 1", "version: 2");
    assertThat(problem())
        .contains(
            "MAPPING_OLDER days version 2 was never released, and the study released"
                + " visits/2026-11-23-r2 with the newer version 3; write version: 4");
  }

  @Test
  void aLostContentIsRefusedWithoutWords() throws IOException {
    Path content = root.resolve("state/manifests/visits-1/mapping.txt");
    coarsensTheDay();

    Files.writeString(content, "visits.sex = {}\n");
    String words =
        "MAPPING_CHANGED days version 1 is not what the study released as visits/2026-11-23-r1;"
            + " write version: 2, or restore the mapping and its lists";
    assertThat(problem()).contains(words);

    Files.delete(content);
    assertThat(problem()).contains(words);
  }

  @Test
  void anotherStudyHasVersionsOfItsOwn() {
    job = clinic.job("other", "b", "uni", Basis.LIMITED_DATA_SET);
    coarsensTheDay();

    assertThat(problem()).isEmpty();
  }

  @Test
  void aChangedListIsAChangeOfTheMapping() throws IOException {
    Path list = root.resolve("mappings/findings.csv");
    Files.writeString(list, "from,to\nok,fine\n");
    clinic.edit(
        MAPPING,
        "category: LAB, do: keep, type: code",
        "category: LAB, do: recode, table: findings.csv, type: code");
    clinic.edit(MAPPING, "version: 1", "version: 2");
    clinic.release(job);
    assertThat(problem()).isEmpty();

    Files.writeString(list, "from,to\nok,healthy\n");
    assertThat(problem())
        .contains(
            "MAPPING_CHANGED days version 2 is not what the study released as visits/2026-11-23-r2:"
                + " list findings.csv; write version: 3, or restore the mapping and its lists");
  }
}

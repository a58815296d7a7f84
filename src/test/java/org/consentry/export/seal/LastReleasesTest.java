package org.consentry.export.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.ledger.LedgerEntry;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The release before is the one of the same study, job and recipient. */
final class LastReleasesTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path days;
  private Path years;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 40);
    days = clinic.job("days", "a", "uni", Basis.LIMITED_DATA_SET);
    years = clinic.job("years", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private static JsonNode predicate(Path release) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(release.resolve("manifest.json")))
        .path("predicate");
  }

  private List<String> breaking(Path job) {
    LocalDate day = clinic.now().toLocalDate();
    ExportPlan plan = Planner.plan(job, day, day, Optional.empty());
    return LastReleases.errors(plan, clinic.state(), clinic.ledger()).stream()
        .map(problem -> problem.code() + " " + problem.place())
        .toList();
  }

  @Test
  void theFirstReleaseOfAnotherJobIsComparedWithNothing() throws IOException {
    clinic.release(days);

    Path first = clinic.release(years);

    assertThat(first.resolve("CHANGES.md")).doesNotExist();
    assertThat(predicate(first).has("changes")).isFalse();
    assertThat(predicate(first).at("/release/previous/job").asString())
        .as("the chain has every release of the study to the recipient")
        .isEqualTo("days");
  }

  @Test
  void eachJobIsComparedWithItsOwnReleases() throws IOException {
    clinic.release(days);
    clinic.release(years);

    JsonNode since = predicate(clinic.release(days)).at("/changes/since");

    assertThat(since.path("job").asString()).isEqualTo("days");
    assertThat(since.path("name").asString()).isEqualTo("2026-11-23-r1");
  }

  @Test
  void aColumnThatGoesIsStillRefusedWhateverOtherJobsReleased() {
    clinic.release(days);
    clinic.release(years);
    clinic
        .edit("mappings/days.yaml", "do: keep, as: visited_on, type: date", "do: drop")
        .edit("mappings/days.yaml", "version: 1", "version: 2");

    assertThat(breaking(days)).containsExactly("BREAKING_CHANGE visits.visited_on");
    assertThat(breaking(years)).isEmpty();
  }

  @Test
  void anotherRecipientHasNoReleaseBefore() throws IOException {
    clinic.release(days);

    Path other = clinic.release(clinic.job("days", "a", "inc", Basis.LIMITED_DATA_SET));

    assertThat(predicate(other).has("changes")).isFalse();
    assertThat(predicate(other).at("/release/previous").isMissingNode()).isTrue();
  }

  @Test
  void theSameDataOfAnotherJobIsNoReasonToSkip() {
    clinic.release(days);
    Path copy = clinic.job("copy", "a", "uni", Basis.LIMITED_DATA_SET);
    clinic.append("jobs/copy.yaml", "skipUnchanged: yes");

    Path first = clinic.release(copy);
    clinic.release(copy);

    assertThat(first).isDirectory();
    assertThat(clinic.ledger().entries(LedgerEntry.Kind.UNCHANGED))
        .singleElement()
        .extracting(LedgerEntry::job)
        .isEqualTo("copy");
  }

  /** Otherwise the recipient of both would subtract one from the other. */
  @Test
  void figuresAreThoseOfTheStudyWhateverJobReleasedThem() throws IOException {
    for (int patient = 1; patient <= 15; patient++) {
      clinic.denies(patient);
    }
    JsonNode before = predicate(clinic.release(days)).at("/consent/subjects");
    clinic.denies(16).on("2026-11-30");

    JsonNode after = predicate(clinic.release(years)).at("/consent/subjects");

    assertThat(before.path("released").asInt() - after.path("released").asInt()).isEqualTo(1);
    assertThat(after.path("excluded")).isEqualTo(before.path("excluded"));
    assertThat(after.path("excludedTotal")).isEqualTo(before.path("excludedTotal"));
    assertThat(after.path("countedOn").path("excludedTotal").asString()).isEqualTo("2026-11-23");
  }
}

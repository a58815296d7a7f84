package org.consentry.export.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.consentry.testing.ReadManifest;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which counts a recipient sees: rounded, hidden under eleven people, and slow to move. */
final class FigureChoiceTest {

  private static final String MAPPING = "mappings/years.yaml";

  @TempDir private Path root;
  private SmallClinic clinic;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 60);
  }

  private ReadManifest release() {
    return ReadManifest.of(
        clinic, clinic.release(clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED)));
  }

  private ReadManifest releaseAsItIs() {
    return ReadManifest.of(clinic, clinic.release(root.resolve("jobs/visits.yaml")));
  }

  private void withdraw(int from, int to) {
    for (int patient = from; patient <= to; patient++) {
      clinic.withdraws(patient);
    }
  }

  @Test
  void hidesTenExcludedPersons() {
    withdraw(1, 10);

    ReadManifest manifest = release();

    assertThat(manifest.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("\"<11\"");
    assertThat(manifest.shown("/consent/subjects/excludedTotal")).isEqualTo("\"<11\"");
    assertThat(manifest.exact("/consent/subjects/excludedTotal")).isEqualTo("10");
  }

  @Test
  void roundsElevenExcludedPersonsToTen() {
    withdraw(1, 11);

    ReadManifest manifest = release();

    assertThat(manifest.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("10");
    assertThat(manifest.shown("/consent/subjects/excludedTotal")).isEqualTo("10");
  }

  @Test
  void roundsFifteenUp() {
    withdraw(1, 15);

    assertThat(release().shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("20");
  }

  @Test
  void hidesThatNoOneWasExcluded() {
    assertThat(release().shown("/consent/subjects/excluded"))
        .isEqualTo("{\"NOT_PERMITTED\":\"<11\",\"NOT_IN_COHORT\":\"<11\",\"NOT_USABLE\":\"<11\"}");
  }

  @Test
  void countsReasonsOfOneGroupTogether() {
    withdraw(1, 6);
    for (int patient = 7; patient <= 12; patient++) {
      clinic.denies(patient);
    }

    ReadManifest manifest = release();

    assertThat(manifest.exact("/consent/subjects/excluded"))
        .isEqualTo("{\"NO_CONSENT\":6,\"REFUSED\":6}");
    assertThat(manifest.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("10");
  }

  @Test
  void countsAPersonWhoseOwnRowIsNotReleasedWithThoseWhoAreExcluded() {
    withdraw(1, 6);
    for (int patient = 7; patient <= 12; patient++) {
      clinic.permits(patient, "*", "*", "VISIT|LAB");
    }

    assertThat(release().shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("10");
  }

  @Test
  void keepsTheGroupsApart() {
    withdraw(1, 12);
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    for (int patient = 13; patient <= 36; patient++) {
      clinic.edit(
          "clinic/visits.csv",
          SmallClinic.id(patient) + ",2022-05-05,ok",
          SmallClinic.id(patient) + ",2022-05-05,bad");
    }
    clinic.append("jobs/visits.yaml", "cohort: {any: {table: visits, where: {finding: [ok]}}}");

    ReadManifest manifest = releaseAsItIs();

    assertThat(manifest.shown("/consent/subjects/excluded"))
        .isEqualTo("{\"NOT_PERMITTED\":10,\"NOT_IN_COHORT\":20,\"NOT_USABLE\":\"<11\"}");
    assertThat(manifest.shown("/consent/subjects/excludedTotal")).isEqualTo("40");
  }

  @Test
  void readIsWhatWasReleasedAndTheShownExclusions() {
    withdraw(1, 16);

    ReadManifest manifest = release();

    assertThat(manifest.shown("/consent/subjects/released")).isEqualTo("44");
    assertThat(manifest.shown("/consent/subjects/excludedTotal")).isEqualTo("20");
    assertThat(manifest.shown("/consent/subjects/read")).isEqualTo("60");
  }

  @Test
  void readDoesNotGiveHiddenExclusionsAway() {
    withdraw(1, 7);

    ReadManifest manifest = release();

    assertThat(manifest.shown("/consent/subjects/released")).isEqualTo("53");
    assertThat(manifest.shown("/consent/subjects/read")).isEqualTo("60");
    withdraw(8, 8);
    assertThat(release().shown("/consent/subjects/read")).isEqualTo("60");
  }

  @Test
  void hidesTheManyRowsOfFewPersons() {
    String[] days = new String[40];
    java.util.Arrays.fill(days, "2022-05-05");
    clinic.patient(61, days).withdraws(61);

    ReadManifest manifest = release();
    String rows = manifest.table("visits") + "/rows";

    assertThat(manifest.exact(rows + "/excludedTotal")).isEqualTo("40");
    assertThat(manifest.shown(rows + "/excluded/NOT_PERMITTED")).isEqualTo("\"<11\"");
    assertThat(manifest.shown(rows + "/excludedTotal")).isEqualTo("\"<11\"");
  }

  @Test
  void countsRowsAndNotPersonsOnceElevenPersonsAreBehindThem() {
    withdraw(1, 11);
    String[] days = new String[40];
    java.util.Arrays.fill(days, "2022-05-05");
    clinic.patient(61, days).withdraws(61);

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.table("visits") + "/rows/excluded/NOT_PERMITTED"))
        .isEqualTo("50");
  }

  @Test
  void theTotalDoesNotGiveAwayTheManyRowsOfAHiddenGroup() {
    withdraw(1, 20);
    String[] rows = new String[40];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "V-" + i + ",unknown,2022-05-05,ok";
    }
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append("clinic/visits.csv", rows);

    ReadManifest manifest = releaseAsItIs();
    String visits = manifest.table("visits") + "/rows";

    assertThat(manifest.exact(visits + "/excluded"))
        .isEqualTo("{\"UNKNOWN_SUBJECT\":40,\"NO_CONSENT\":20}");
    assertThat(manifest.shown(visits + "/excluded/NOT_USABLE")).isEqualTo("\"<11\"");
    assertThat(manifest.shown(visits + "/excludedTotal")).isEqualTo("30");
  }

  @Test
  void hidesCellsThatConsentOfFewPersonsDoesNotCover() {
    for (int patient = 1; patient <= 10; patient++) {
      clinic.permits(patient, "*", "*", "DEMOGRAPHIC|VISIT");
    }

    ReadManifest manifest = release();
    String finding = manifest.column("visits", "finding") + "/released";

    assertThat(manifest.shown(finding + "/withheldCells")).isEqualTo("\"<11\"");
    assertThat(manifest.exact(finding + "/withheldCells")).isEqualTo("10");
  }

  @Test
  void roundsCellsThatConsentOfElevenPersonsDoesNotCover() {
    for (int patient = 1; patient <= 11; patient++) {
      clinic.permits(patient, "*", "*", "DEMOGRAPHIC|VISIT");
    }

    ReadManifest manifest = release();

    assertThat(manifest.shown(manifest.column("visits", "finding") + "/released/withheldCells"))
        .isEqualTo("10");
  }

  @Test
  void hidesAndRoundsCellsThatWereEmptied() {
    clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.edit(
        MAPPING, "type: integer, why: needed", "type: integer, why: needed, onInvalid: blank");
    blankYears(1, 10);
    ReadManifest few = releaseAsItIs();
    blankYears(11, 24);
    ReadManifest many = releaseAsItIs();

    assertThat(few.shown(few.column("visits", "visit_year") + "/released/blankedCells"))
        .isEqualTo("\"<11\"");
    assertThat(many.shown(many.column("visits", "visit_year") + "/released/blankedCells"))
        .isEqualTo("20");
  }

  private void blankYears(int from, int to) {
    for (int patient = from; patient <= to; patient++) {
      clinic.edit(
          "clinic/visits.csv",
          SmallClinic.id(patient) + ",2022-05-05",
          SmallClinic.id(patient) + ",2222-05-05");
    }
  }

  @Test
  void repeatsAFigureUntilElevenPeopleMoved() {
    withdraw(1, 20);
    release();

    clinic.on("2026-12-01");
    withdraw(21, 30);
    ReadManifest tenMoved = release();

    assertThat(tenMoved.exact("/consent/subjects/excludedTotal")).isEqualTo("30");
    assertThat(tenMoved.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("20");
    assertThat(tenMoved.shown("/consent/subjects/countedOn/NOT_PERMITTED"))
        .isEqualTo("\"2026-11-23\"");
  }

  @Test
  void countsAgainWhenElevenPeopleMoved() {
    withdraw(1, 20);
    release();

    clinic.on("2026-12-01");
    withdraw(21, 31);
    ReadManifest elevenMoved = release();

    assertThat(elevenMoved.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("30");
    assertThat(elevenMoved.shown("/consent/subjects/countedOn/NOT_PERMITTED"))
        .isEqualTo("\"2026-12-01\"");
  }

  @Test
  void anotherStudyCountsForItself() {
    withdraw(1, 20);
    release();

    clinic.on("2026-12-01");
    withdraw(21, 30);
    ReadManifest other =
        ReadManifest.of(
            clinic, clinic.release(clinic.job("other", "b", "uni", Basis.DE_IDENTIFIED)));

    assertThat(other.shown("/consent/subjects/excluded/NOT_PERMITTED")).isEqualTo("30");
  }
}

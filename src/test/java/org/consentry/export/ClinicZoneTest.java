package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zone of a clinic's days comes from the job or the state folder and from nothing else. */
final class ClinicZoneTest {

  private static final ZoneId PHOENIX = ZoneId.of("America/Phoenix");
  private static final String MISSING =
      "error ZONE_MISSING no time zone is named, so the day at the clinic is not known; add zone:"
          + " America/Phoenix, or the clinic's own, ";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 3);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private void properties(String text) throws IOException {
    Files.writeString(clinic.state().home().resolve("application.properties"), text);
  }

  @Test
  void theJobNamesIt() throws IOException {
    properties("zone=Europe/Berlin\n");
    clinic.append("jobs/visits.yaml", "zone: America/Phoenix");

    assertThat(ClinicZone.of(job, clinic.state())).isEqualTo(PHOENIX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zone=America/Phoenix",
        "zone: America/Phoenix",
        "# clinic\nother = x\nzone =  America/Phoenix  \n"
      })
  void theStateFolderNamesItWhereTheJobDoesNot(String text) throws IOException {
    properties(text);

    assertThat(ClinicZone.of(job, clinic.state())).isEqualTo(PHOENIX);
  }

  @Test
  void aJobIsRefusedWhereNeitherNamesIt() throws IOException {
    properties("other=x\n");

    assertThatThrownBy(() -> ClinicZone.of(job, clinic.state()))
        .isInstanceOf(ProblemException.class)
        .hasMessageEndingWith(
            MISSING + "to the job or to application.properties of the state folder")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.FILES_INVALID);
    assertThat(ClinicZone.check(job, clinic::state))
        .extracting(Problem::code)
        .containsExactly("ZONE_MISSING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MST", "+01:00", "America/Phenix", "", "utc"})
  void aZoneThatDoesNotExistIsRefused(String word) throws IOException {
    properties("zone=" + word + "\n");

    assertThatThrownBy(() -> ClinicZone.of(job, clinic.state()))
        .hasMessageContaining("application.properties: error ZONE there is no time zone ")
        .hasMessageEndingWith("name a region such as America/Phoenix, or UTC");
  }

  @Test
  void propertiesThatCannotBeReadAreRefused() throws IOException {
    properties("zone=\\uZZZZ\n");

    assertThatThrownBy(() -> ClinicZone.of(job, clinic.state()))
        .hasMessageContaining("error ZONE the file in the state folder cannot be read");
  }

  @Test
  void aJobThatCannotBeReadIsRefusedForThatAndNotForItsZone() throws IOException {
    Files.writeString(job, "job: [\n");

    assertThat(ClinicZone.of(job, clinic.state())).isEqualTo(ZoneOffset.UTC);
    assertThat(ClinicZone.check(job, clinic::state)).isEmpty();
  }

  @Test
  void aMappingIsAskedForNoZone() {
    assertThat(ClinicZone.check(root.resolve("mappings/years.yaml"), clinic::state)).isEmpty();
  }

  @Test
  void anInstallationWithoutRunsIsInUtc() {
    assertThat(ClinicZone.ofInstallation(clinic.state())).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void anInstallationHasTheZoneOfItsStateFolder() throws IOException {
    properties("zone=America/Phoenix\n");

    assertThat(ClinicZone.ofInstallation(clinic.state())).isEqualTo(PHOENIX);
  }
}

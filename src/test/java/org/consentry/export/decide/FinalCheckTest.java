package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.ExportDriver;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreements, approvals and consent are as valid at publication as they were at the start. */
final class FinalCheckTest {

  private static final String JOB = "jobs/visits.yaml";

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
  }

  private ExportDriver.Sealed sealed() {
    return clinic.export(job, Optional.empty()).seal();
  }

  private void refuses(ExportDriver.Sealed sealed, Category category, String message) {
    assertThatThrownBy(sealed::publish)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(category);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void publishesOnAnotherDayWhenNothingChanged() {
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2026-12-24");

    assertThatCode(sealed::publish).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          approvedOn: 2015-01-01, expiresOn: 2039-12-31 | approvedOn: 2015-01-01, expiresOn: 2026-11-23
          signedOn: 2015-01-01, expiresOn: 2039-12-31   | signedOn: 2015-01-01, expiresOn: 2026-11-23
          by: officer, on: 2015-01-01                   | by: officer, on: 2015-01-01, expiresOn: 2026-11-23
          """)
  void refusesWhatExpiredSinceTheStart(String words, String expiring) {
    clinic.edit(JOB, words, expiring);
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2026-11-24");

    refuses(sealed, Category.AUTHORITY, "EXPIRED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          approvedOn: 2015-01-01, expiresOn: 2039-12-31 | approvedOn: 2015-01-01, expiresOn: 2026-11-24
          signedOn: 2015-01-01, expiresOn: 2039-12-31   | signedOn: 2015-01-01, expiresOn: 2026-11-24
          """)
  void acceptsWhatExpiresAtTheEndOfTheDay(String words, String expiring) {
    clinic.edit(JOB, words, expiring);
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2026-11-24");

    assertThatCode(sealed::publish).doesNotThrowAnyException();
  }

  @Test
  void refusesSafeHarborWhenTheYearTurned() {
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2027-01-01");

    refuses(
        sealed,
        Category.STALE,
        "error REFERENCE_DATE_PAST the year turned while the run was at work, so ages over 89 could"
            + " be disclosed; abandon the run and start another");
  }

  @Test
  void publishesALimitedDataSetWhenTheYearTurned() {
    job = clinic.job("visits", "a", "uni", Basis.LIMITED_DATA_SET);
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2027-01-01");

    assertThatCode(sealed::publish).doesNotThrowAnyException();
  }

  @Test
  void refusesWhenAPatientWithdrewSinceTheStart() {
    ExportDriver.Sealed sealed = sealed();
    clinic.withdraws(4);

    refuses(
        sealed,
        Category.STALE,
        root
            + "/clinic/consents.csv: error CONSENT_CHANGED consent changed while the run was at"
            + " work; nothing was published; resume the run: it decides again and leaves out who"
            + " withdrew");
  }

  @Test
  void refusesWhenAPermitBecameNarrower() {
    ExportDriver.Sealed sealed = sealed();
    clinic.permits(4, "*", "*", "DEMOGRAPHIC|VISIT");

    refuses(sealed, Category.STALE, "error CONSENT_CHANGED");
  }

  @Test
  void refusesWhenAPermitEndedMeanwhile() {
    clinic.edit(
        "clinic/consents.csv",
        SmallClinic.id(4) + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,,",
        SmallClinic.id(4)
            + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,2026-11-23,");
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2026-11-25");

    refuses(sealed, Category.STALE, "error CONSENT_CHANGED");
  }

  @Test
  void refusesWhenAPermitOfALaterHourIsDueByNow() {
    clinic.edit(
        "clinic/consents.csv",
        SmallClinic.id(4) + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00",
        SmallClinic.id(4) + ",PERMIT,ACTIVE,2026-11-23T11:00:00,2026-11-23T18:00:00");
    ExportDriver.Sealed sealed = sealed();
    clinic.on("2026-11-24");

    refuses(sealed, Category.STALE, "error CONSENT_CHANGED");
  }

  @Test
  void publishesWhenOnlyTheOrderOfTheLinesChanged() {
    ExportDriver.Sealed sealed = sealed();
    String first = line(1);
    clinic.edit("clinic/consents.csv", first, "");
    clinic.append("clinic/consents.csv", first.strip());

    assertThatCode(sealed::publish).doesNotThrowAnyException();
  }

  private String line(int patient) {
    return SmallClinic.everything(root.resolve("clinic"))
        .lines()
        .filter(line -> line.startsWith("L" + patient + ","))
        .findFirst()
        .map(line -> line + "\n")
        .orElseThrow();
  }
}

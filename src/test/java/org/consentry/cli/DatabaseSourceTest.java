package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that read records and consent lines from a database. */
final class DatabaseSourceTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void install() {
    place = SmallSample.in(folder);
    ClinicDatabase.removeRaggedRows(place);
  }

  @Test
  void everyCommandReadsDatabases() throws SQLException {
    ClinicDatabase.usePostgres(place, JOB);
    String job = place.job(JOB).toString();
    requireRelease(place.run(JOB));

    Answer validate = place.call("validate", job);
    Answer plan = place.call("plan", job);
    Answer profile = place.call("profile", job);
    Answer explain = place.call("explain", "--patient", "P000450", job);

    assertThat(validate.exitCode()).as(validate.out() + validate.err()).isZero();
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("consent   clinic.consents");
    assertThat(List.of(0, 10)).as(profile.err()).contains(profile.exitCode());
    assertThat(profile.out()).contains("visits");
    assertThat(explain.exitCode()).as(explain.err()).isZero();
    assertThat(explain.out()).contains("clinic.consents:");
  }

  @Test
  void readsTheDatabaseAgainWhenARunIsResumed() throws SQLException {
    PostgresServer.Database database = ClinicDatabase.usePostgres(place, JOB);
    AtomicBoolean isAtWork = new AtomicBoolean();
    Answer failed =
        place.callAnd(
            "sealing",
            () -> {
              isAtWork.set(true);
              throw new IllegalStateException("the machine fails here");
            },
            "run",
            "--create-keys",
            place.job(JOB).toString());
    assertThat(isAtWork).isTrue();
    assertThat(failed.exitCode()).isEqualTo(1);
    database.execute("DELETE FROM clinic.proms");

    requireRelease(place.call("resume", place.newestRun().run()));

    assertThat(Installation.read(place.release(JOB).resolve("data/proms.csv")).lines()).hasSize(1);
  }

  @Test
  void refusesColumnsThatAreNoPlainValuesWhereTheyAreReleasedOrDecide() throws SQLException {
    ClinicDatabase.usePostgres(place, JOB)
        .execute(
            "ALTER TABLE clinic.procedures ALTER COLUMN icd10_codes TYPE text[] USING"
                + " string_to_array(icd10_codes, '|')",
            "ALTER TABLE clinic.procedures ALTER COLUMN benefits_language TYPE text[] USING"
                + " ARRAY[benefits_language]",
            "ALTER TABLE clinic.procedures ALTER COLUMN surgeon TYPE text[] USING ARRAY[surgeon]");
    place.replace(place.job(JOB), "      cpt_code: [", "      surgeon: [x]\n      cpt_code: [");

    Answer validate = place.call("validate", place.job(JOB).toString());

    assertThat(validate.exitCode()).isEqualTo(10);
    assertThat(validate.out() + validate.err())
        .containsPattern(
            "clinic-limited-data-set\\.yaml:\\d+:\\d+: error COLUMN_TYPE column 'icd10_codes' of"
                + " clinic\\.procedures is of type text\\[], whose cells are no plain values;"
                + " give it a common type in a view of the source, or drop it: do: drop")
        .containsOnlyOnce("COLUMN_TYPE column 'icd10_codes'")
        .containsOnlyOnce(
            "COLUMN_TYPE column 'benefits_language' of clinic.procedures is of type text[]")
        .containsOnlyOnce("COLUMN_TYPE column 'surgeon' of clinic.procedures is of type text[]");
  }

  @Test
  void findsAnExampleOfAConsentLineBesideAColumnThatIsNoPlainValue() throws SQLException {
    ClinicDatabase.usePostgres(place, JOB)
        .execute(
            "ALTER TABLE clinic.consents ALTER COLUMN source TYPE text[] USING ARRAY[source]",
            "UPDATE clinic.consents SET form_id = '<id>'");

    Answer validate = place.call("validate", place.job(JOB).toString());

    assertThat(validate.exitCode()).isEqualTo(10);
    assertThat(validate.out() + validate.err()).contains("error CONSENT_EXAMPLE");
  }

  private static void requireRelease(Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }
}

package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.connector.Connectors;
import org.consentry.operator.Operators;
import org.consentry.plan.Catalogue;
import org.consentry.policy.Policies;
import org.consentry.policy.StateRegistry;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A legal target is a file of its own and one line in the catalogue. */
final class AddedTargetTest {

  /** The one line. */
  private static final Catalogue ADDED =
      new Catalogue(
          Operators.SHIPPED, Policies.SHIPPED.with(new StateRegistry()), Connectors.SHIPPED);

  @TempDir private Path folder;

  private Path job(SmallClinic clinic, String mapping) throws IOException {
    Path job = clinic.job("registry", "a", "state", Basis.WAIVER);
    replace(job, "target: limited-data-set", "target: state-registry");
    Path map = clinic.root().resolve("mappings/days.yaml");
    replace(map, "do: keep, as: visited_on, type: date", mapping);
    return job;
  }

  private static void replace(Path file, String old, String text) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(old);
    Files.writeString(file, before.replace(old, text));
  }

  private SmallClinic clinic() throws IOException {
    return new SmallClinic(folder.toRealPath()).patients(1, 20);
  }

  @Test
  void runsThroughAWholeExport() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);
    Path job = job(clinic, "do: generalize, to: year, as: year, type: integer");

    Path release = clinic.release(job);

    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(release.resolve("manifest.json")));
    JsonNode predicate = manifest.path("predicate");
    assertThat(predicate.path("authority").path("target").asString()).isEqualTo("state-registry");
    assertThat(predicate.path("warnings").get(0).toString())
        .isEqualTo(
            "{\"code\":\"REG_YEAR\",\"warning\":\"column 'visited_on' of table 'visits' is released"
                + " as a year (registry act, section 1)\",\"remedy\":\"make sure that a year is"
                + " enough\"}");
  }

  @Test
  void refusesWhatItForbidsWithThePlace() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);
    Path job = job(clinic, "do: dateShift, maxDays: 365, as: day, type: date");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "/mappings/days.yaml:24:48: error REG_SHIFTED column 'visited_on' of table 'visits' is a"
                + " shifted date (registry act, section 1); release the year");
  }

  @Test
  void takesAnAnswerToItsOwnWarning() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);
    Path job =
        job(
            clinic,
            "do: generalize, to: year, as: year, type: integer, acknowledge: {code: REG_YEAR,"
                + " reason: a year is enough, until: 2039-12-31}");

    Path release = clinic.release(job);

    JsonNode predicate =
        JsonMapper.shared()
            .readTree(Files.readString(release.resolve("manifest.json")))
            .path("predicate");
    assertThat(predicate.path("acknowledged").get(0).path("code").asString()).isEqualTo("REG_YEAR");
  }

  @Test
  void needsItsAttestationAndItsLegalBasis() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);
    Path job = job(clinic, "do: generalize, to: year, as: year, type: integer");
    replace(job, "attestation: {text: no actual knowledge, by: officer, on: 2015-01-01}\n", "");
    replace(job, "legalBasis: waiver", "legalBasis: authorization");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "BASIS_TARGET legal basis authorization is not served by target state-registry; one of:"
                + " safe-harbor, limited-data-set, expert-determination")
        .hasMessageContaining(
            "ATTESTATION_MISSING state-registry needs the registrar's word (registry act, section"
                + " 2); add attestation: {text, by, on}")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.AUTHORITY);
  }

  @Test
  void isUnknownWithoutItsLine() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, "do: generalize, to: year, as: year, type: integer");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error UNKNOWN_WORD there is no target 'state-registry'; one of:");
  }
}

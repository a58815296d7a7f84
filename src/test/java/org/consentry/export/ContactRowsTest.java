package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.connector.Connectors;
import org.consentry.operator.Operators;
import org.consentry.plan.Catalogue;
import org.consentry.policy.Policies;
import org.consentry.policy.StateRegistry;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who is in a list of contacts, with which address, and why the others are not. */
final class ContactRowsTest {

  /** A target that lets names out. */
  private static final Catalogue NAMES =
      new Catalogue(
          Operators.SHIPPED, Policies.SHIPPED.with(new StateRegistry()), Connectors.SHIPPED);

  private static final String MAPPING =
      """
      mapping: days
      version: 1
      subjects: {table: patients, key: patient_id, birthDate: date_of_birth, deathDate: died}
      tables:
        patients:
          subject: patient_id
          key: patient_id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            name: {role: direct-identifier, do: keep, type: text, why: addressed}
            patient_id: {role: linkage-key, do: drop}
            date_of_birth: {role: quasi-identifier, do: drop}
            died: {role: quasi-identifier, do: drop}
            chosen: {role: direct-identifier, do: drop}
            message: {role: direct-identifier, do: drop}
            street: {role: direct-identifier, do: drop}
            mobile: {role: direct-identifier, do: drop}
            home: {role: direct-identifier, do: drop}
            secure: {role: direct-identifier, do: drop}
          derive:
            - do: contactChannel
              channels: {letter: mail, mobile: mobile, home: home, secure: email}
              from: {preferred: chosen, leaveMessage: message, mail: street, telephone: [mobile, home], email: secure, deathDate: died}
              release:
                - {of: for, as: for, role: direct-identifier, type: code, why: addressed}
                - {of: channel, as: channel, role: direct-identifier, type: code, why: chosen}
                - {of: leaveMessage, as: leave_message, role: direct-identifier, type: code, why: stated}
            - {do: keepWhere, is: letter, from: {value: street, where: chosen}, release: {as: street, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: mobile, from: {value: mobile, where: chosen}, release: {as: mobile, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: home, from: {value: home, where: chosen}, release: {as: home, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: secure, from: {value: secure, where: chosen}, release: {as: secure, role: direct-identifier, type: text, why: chosen}}
      """;

  private static final String HEAD =
      "patient_id,name,date_of_birth,died,chosen,message,street,mobile,home,secure";

  /** Every address is there, so that one in the list shows what was chosen. */
  private static final String ALL = "1 Way,mob,hom,s@b";

  @TempDir private Path folder;

  private SmallClinic clinic(List<String> rows) throws IOException {
    SmallClinic clinic = new SmallClinic(folder.toRealPath()).patients(1, rows.size()).with(NAMES);
    StringBuilder patients = new StringBuilder(HEAD).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      patients.append(SmallClinic.id(i + 1)).append(',').append(rows.get(i)).append('\n');
    }
    Files.writeString(clinic.root().resolve("clinic/patients.csv"), patients);
    return clinic;
  }

  private static Path job(SmallClinic clinic) throws IOException {
    Path job = clinic.job("list", "a", "staff", Basis.WAIVER);
    clinic.edit("jobs/list.yaml", "target: limited-data-set", "target: state-registry");
    Files.writeString(clinic.root().resolve("mappings/days.yaml"), MAPPING);
    return job;
  }

  private static List<String> list(Path release) throws IOException {
    return Files.readAllLines(release.resolve("data/patients.csv"));
  }

  private static JsonNode excluded(SmallClinic clinic) throws IOException {
    return SmallGroupsTest.table(SmallGroupsTest.internal(clinic, "list"), "patients")
        .at("/rows/excluded");
  }

  @Test
  void namesEachPersonWithTheOneAddressOfTheChannelTheyChose() throws IOException {
    SmallClinic clinic =
        clinic(
            List.of(
                "Ada,1970-01-01,,letter,yes," + ALL,
                "Bea,1970-01-01,,mobile,yes," + ALL,
                "Cid,1970-01-01,,home,no," + ALL,
                "Dan,1970-01-01,,secure,," + ALL));

    Path release = clinic.release(job(clinic));

    assertThat(list(release))
        .containsExactly(
            "name,for,channel,leave_message,street,mobile,home,secure",
            "Ada,patient,mail,,1 Way,,,",
            "Bea,patient,telephone,yes,,mob,,",
            "Cid,patient,telephone,no,,,hom,",
            "Dan,patient,email,,,,,s@b");
    assertThat(SmallClinic.everything(release)).doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void leavesOutWhoHasDiedOrCannotBeReached() throws IOException {
    SmallClinic clinic =
        clinic(
            List.of(
                "Ada,1970-01-01,2024-05-05,letter,yes," + ALL,
                "Bea,1970-01-01,unknown,letter,yes," + ALL,
                "Cid,1970-01-01,9999-12-31,,," + ALL,
                "Dan,1970-01-01,,,yes," + ALL,
                "Eve,1970-01-01,,no messages,yes," + ALL,
                "Fay,1970-01-01,,secure,yes,1 Way,mob,hom,",
                "Gus,1970-01-01,,letter,yes, ,mob,hom,s@b",
                "Hal,1970-01-01,,home,yes,1 Way,mob,,s@b",
                "Ivy,1970-01-01,,letter,yes," + ALL));

    Path release = clinic.release(job(clinic));

    assertThat(list(release)).hasSize(2).last().asString().startsWith("Ivy,");
    assertThat(excluded(clinic).at("/DECEASED").asLong()).isEqualTo(3);
    assertThat(excluded(clinic).at("/NOT_REACHABLE").asLong()).isEqualTo(5);
  }

  @Test
  void asksConsentBeforeAnythingElse() throws IOException {
    SmallClinic clinic =
        clinic(List.of("Ada,1970-01-01,2024-05-05,,," + ALL, "Bea,1970-01-01,,letter,," + ALL));
    Path patients = clinic.root().resolve("clinic/patients.csv");
    String rows = Files.readString(patients);
    clinic.withdraws(1);
    Files.writeString(patients, rows);

    Path release = clinic.release(job(clinic));

    assertThat(list(release)).hasSize(2).last().asString().startsWith("Bea,");
    assertThat(excluded(clinic).at("/NO_CONSENT").asLong()).isEqualTo(1);
    assertThat(excluded(clinic).at("/DECEASED").asLong()).isZero();
  }

  @Test
  void noTargetOfResearchAllowsIt() throws IOException {
    SmallClinic clinic = clinic(List.of("Ada,1970-01-01,,letter,yes," + ALL));
    Path job = job(clinic);
    clinic.edit("jobs/list.yaml", "target: state-registry", "target: limited-data-set");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DERIVED_IDENTIFIER column 'channel' of table 'patients'")
        .hasMessageContaining("DERIVED_IDENTIFIER column 'street' of table 'patients'");
  }

  @Test
  void aMinorIsReachedThroughParentOrGuardian() throws IOException {
    SmallClinic clinic =
        clinic(
            List.of(
                "Kim,2009-02-03,,letter,," + ALL,
                "Lea,2009-02-03,,letter,," + ALL,
                "Max,1970-01-01,,letter,," + ALL));
    String consents = Files.readString(clinic.root().resolve("clinic/consents.csv"));
    String ofKim =
        consents.lines().filter(line -> line.contains(SmallClinic.id(1))).findFirst().orElseThrow();
    clinic.edit(
        "clinic/consents.csv", ofKim, ofKim.replace(",PATIENT,,NA,", ",PARENT,mother,YES,"));

    Path release = clinic.release(job(clinic));

    assertThat(list(release).stream().map(row -> row.replaceFirst(",mail.*", "")))
        .containsExactly(
            "name,for,channel,leave_message,street,mobile,home,secure",
            "Kim,parent or guardian",
            "Max,patient");
    assertThat(excluded(clinic).at("/MINOR").asLong()).isEqualTo(1);
  }
}

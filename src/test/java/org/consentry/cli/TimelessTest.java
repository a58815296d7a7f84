package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose rows no date must be covered for has one row a person and no event. */
final class TimelessTest {

  private static final String CONTACTS =
      """
        contacts:
          subject: patient
          key: patient
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            kind: {role: sensitive, do: keep, type: code}
      """;

  private final ChainClinic clinic;

  TimelessTest(@TempDir Path folder) throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
  }

  @BeforeEach
  void addPatients() {
    for (String id : new String[] {"QQ-1", "QQ-2"}) {
      clinic.row("patients", id, "1980-01-01");
      clinic.consent("L" + id, id, Map.of());
    }
    mapping(CONTACTS);
  }

  private void mapping(String contacts) {
    Installation.write(clinic.file("map.yaml"), ChainClinic.MAPPING + contacts);
  }

  private Answer run(String contacts) {
    Installation.write(clinic.file("data/contacts.csv"), contacts);
    return clinic.run();
  }

  @Test
  void releasesOneRowAPerson() {
    Answer answer = run("patient,kind\nQQ-1,consult\nQQ-2,surgery\n");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Installation.read(clinic.release().resolve("data/contacts.csv")))
        .contains("consult", "surgery");
  }

  @Test
  void refusesASecondRowOfAPerson() {
    Answer answer = run("patient,kind\nQQ-1,consult\nQQ-2,surgery\n QQ-1,surgery\n");

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains(
            "contacts.csv: error TIMELESS_ROWS 1 row is of a subject that has an earlier row, but the"
                + " mapping declares the table timeless, with one row a person; name the table's"
                + " recordDate instead of timeless, or repair the table")
        .contains("contacts.csv:4: error TIMELESS_ROW an earlier row is of the same subject")
        .doesNotContain("QQ-");
    assertThat(Installation.files(clinic.file("releases/chain"))).isEmpty();
  }

  @Test
  void refusesADateThatTheMappingDrops() {
    mapping(CONTACTS + "      called_on: {role: quasi-identifier, do: drop}\n");

    Answer answer = run("patient,kind,called_on\nQQ-1,consult,2020-01-01\n");

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains(
            "error TIMELESS_DATE column 'called_on' of the timeless table 'contacts' is a date");
  }

  @Test
  void refusesADateThatTheMappingDoesNotName() {
    Path map = clinic.file("map.yaml");
    Installation.write(
        map, Installation.read(map).replace("version: 1\n", "version: 1\nunmapped: drop\n"));

    Answer answer = run("patient,kind,DISCHTIME\nQQ-1,consult,08:00\n");

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains(
            "error TIMELESS_DATE column 'DISCHTIME' of the timeless table 'contacts' is a date");
  }
}

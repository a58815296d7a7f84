package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A declared key is released as a primary key only if no two released rows share it. */
class RepeatedKeysTest {

  @TempDir private Path root;

  private SmallClinic clinic;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 30);
  }

  @Test
  void namesThePrimaryKeyOfATableThatNoOtherRefersTo() throws IOException {
    Path release = clinic.release(clinic.job("j", "a", "r", Basis.DE_IDENTIFIED));

    assertThat(primaryKeys(release)).isEqualTo(2);
    assertThat(clinic.notes()).noneMatch(note -> note.contains("KEY_REPEATED"));
  }

  @Test
  void warnsWithACountAndNamesNoPrimaryKeyWhereADeclaredKeyRepeats() throws IOException {
    clinic.repeatsAVisitId();

    Path release = clinic.release(clinic.job("j", "a", "r", Basis.DE_IDENTIFIED));

    assertThat(primaryKeys(release)).isEqualTo(1);
    assertThat(clinic.notes())
        .contains(
            root
                + "/clinic/visits.csv: warning KEY_REPEATED 1 released row of table 'visits'"
                + " repeats the declared key of another, so the data package names no primaryKey;"
                + " repair the rows, or correct the table's key in the mapping");
  }

  @Test
  void warnsWithACountAndNamesNoPrimaryKeyWhereAColumnOfSeveralIsEmpty() throws IOException {
    Path job = clinic.job("j", "a", "r", Basis.DE_IDENTIFIED);
    clinic.edit("mappings/years.yaml", "key: [visit_id]", "key: [visit_id, finding]");
    clinic.edit("mappings/years.yaml", "category: LAB, do: keep", "do: keep");
    clinic.edit(
        "clinic/visits.csv",
        "1-1," + SmallClinic.id(1) + ",2022-05-05,ok",
        "1-1," + SmallClinic.id(1) + ",2022-05-05,");

    Path release = clinic.release(job);

    assertThat(primaryKeys(release)).isEqualTo(1);
    assertThat(clinic.notes())
        .contains(
            root
                + "/clinic/visits.csv: warning KEY_EMPTY column 'finding' of the declared key of"
                + " table 'visits' is empty in 1 released row, so the data package names no"
                + " primaryKey; repair the rows, or correct the table's key in the mapping");
  }

  private static int primaryKeys(Path release) throws IOException {
    return Files.readString(release.resolve("datapackage.json")).split("\"primaryKey\"", -1).length
        - 1;
  }
}

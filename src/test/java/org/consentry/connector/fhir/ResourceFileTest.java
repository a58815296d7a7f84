package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory opens like a file and fails when it is read. */
final class ResourceFileTest {

  @TempDir private Path folder;

  @Test
  void aReadThatNoOtherTryRepairsFailsTheRun() throws IOException {
    ResourceFile file =
        new ResourceFile(folder, 0, Files.size(folder), new FhirProblems("Patient.ndjson"));

    ProblemException found =
        catchThrowableOfType(
            ProblemException.class, () -> file.cut("patients", 1, 1, new ArrayList<>()));

    assertThat(found.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(found).hasMessageContaining("Patient.ndjson").hasMessageContaining("READ_FAILED");
  }
}

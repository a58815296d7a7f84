package org.consentry.connector.parquet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory opens like a file and fails when it is read. */
final class FileBytesTest {

  @TempDir private Path folder;

  @Test
  void aReadThatNoOtherTryRepairsFailsTheRun() throws IOException {
    ParquetProblems problems = new ParquetProblems("visits.parquet");

    try (FileBytes bytes = new FileBytes(folder, Files.size(folder), problems)) {
      ProblemException found =
          catchThrowableOfType(ProblemException.class, () -> bytes.read(0, new byte[4], 0, 4));

      assertThat(found.category()).isEqualTo(Category.RUN_FAILED);
      assertThat(found).hasMessageContaining("visits.parquet").hasMessageContaining("READ_FAILED");
    }
  }
}

package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** What can be wrong with any file that is read. */
final class FileProblemsTest {

  private static final FileProblems PROBLEMS = () -> "export/visits.csv";

  @Test
  void aFailureThatMayPassIsTriedAgain() {
    ProblemException found = PROBLEMS.interrupted(new IOException("Input/output error"));

    assertThat(found.category()).isEqualTo(Category.TEMPORARY);
    assertThat(found)
        .hasMessage(
            "export/visits.csv: error READ_FAILED the file system failed while the file was read;"
                + " try again");
  }

  @Test
  void aPersonMustGiveBackAPermission() {
    ProblemException found = PROBLEMS.interrupted(new AccessDeniedException("Canary"));

    assertThat(found.category()).isEqualTo(Category.RUN_FAILED);
    assertThat(found)
        .hasMessage(
            "export/visits.csv: error READ_FAILED the file system failed while the file was read;"
                + " check the file, its permissions and the disk");
  }

  @Test
  void noMessageRepeatsTheWordsOfAFailureOrHasItAsItsCause() {
    ProblemException found =
        PROBLEMS.interrupted(new FileSystemException("Canary", "Canary", "Canary"));

    assertThat(found).hasMessageNotContaining("Canary").hasNoCause();
  }
}

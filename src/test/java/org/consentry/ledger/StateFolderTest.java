package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path folder = Path.of("");

  @Test
  void isOpenToItsOwnerAlone() throws IOException {
    StateFolder state = new StateFolder(folder.resolve("a/home"));

    state.prepare();

    try (Stream<Path> all = Files.walk(folder.resolve("a"))) {
      assertThat(all.toList()).hasSize(9).allSatisfy(StateFolderTest::isShut);
    }
  }

  @Test
  void shutsInnerFoldersThatOthersMayOnlyRead() throws IOException {
    StateFolder state = new StateFolder(folder);
    Files.createDirectory(state.vault());
    Files.setPosixFilePermissions(state.vault(), PosixFilePermissions.fromString("rwxr-xr-x"));

    state.prepare();
    state.prepare();

    isShut(state.vault());
    isShut(state.runs());
  }

  @Test
  void reportsWhichFolderCannotBeMade() throws IOException {
    StateFolder state = new StateFolder(Files.writeString(folder.resolve("file"), "no folder"));

    assertThatThrownBy(state::prepare)
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            state.home()
                + ": error STATE_FOLDER the state folder cannot be created or written;"
                + " check its permissions and free space")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.TEMPORARY);
  }

  private static void isShut(Path path) {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}

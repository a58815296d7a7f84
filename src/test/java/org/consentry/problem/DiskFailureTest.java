package org.consentry.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another try is worth it only where it may succeed. */
final class DiskFailureTest {

  @TempDir private Path folder;

  @Test
  void aPersonMustChangePermissionsAndReadOnlyDisks() {
    assertThat(DiskFailure.category(new AccessDeniedException("file")))
        .isEqualTo(Category.RUN_FAILED);
    assertThat(DiskFailure.category(new FileSystemException("file", null, "Read-only file system")))
        .isEqualTo(Category.RUN_FAILED);
  }

  @Test
  void aPersonMustRemoveWhatIsInPlaceOfAFileOrFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    IOException inFile =
        catchThrowableOfType(IOException.class, () -> Files.writeString(file.resolve("inner"), ""));
    IOException overFolder =
        catchThrowableOfType(IOException.class, () -> Files.writeString(folder, ""));

    assertThat(DiskFailure.category(inFile)).isEqualTo(Category.RUN_FAILED);
    assertThat(DiskFailure.category(overFolder)).isEqualTo(Category.RUN_FAILED);
  }

  @Test
  void aFullDiskPasses() {
    IOException full =
        catchThrowableOfType(
            IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1 << 16]));

    assertThat(full).hasMessageEndingWith("No space left on device");
    assertThat(DiskFailure.category(full)).isEqualTo(Category.TEMPORARY);
  }
}

package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

  private static final int SIZE = 100_000;

  @TempDir Path folder = Path.of("");

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("file");

    DurableFiles.replace(file, "old");
    DurableFiles.replace(file, "new");

    assertThat(file).hasContent("new");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void replacesAFileOverWhatAKilledWriterLeft() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(folder.resolve("file.new"), "hal");

    DurableFiles.replace(file, "whole");

    assertThat(file).hasContent("whole");
  }

  @Test
  void keepsTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
    Path file = folder.resolve("file");
    DurableFiles.replace(file, "old");
    Files.createDirectories(folder.resolve("file.new/in-the-way"));

    assertThatThrownBy(() -> DurableFiles.replace(file, "new"))
        .isInstanceOf(DirectoryNotEmptyException.class);

    assertThat(file).hasContent("old");
  }

  @Test
  void leavesNothingWhenTheContentCannotBeWritten() throws IOException {
    Path file = folder.resolve("file");
    DurableFiles.replace(file, "old");

    assertThatThrownBy(
            () ->
                DurableFiles.replace(
                    file,
                    out -> {
                      out.writeBytes("secret");
                      out.flush();
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(file).hasContent("old");
    assertOnly(file);
  }

  @Test
  void leavesNothingWhenTheFileCannotBeRenamed() throws IOException {
    Path file = folder.resolve("file");
    Files.createDirectories(file.resolve("in-the-way"));

    assertThatThrownBy(() -> DurableFiles.replace(file, "new")).isInstanceOf(IOException.class);

    assertOnly(file);
  }

  @Test
  void ofTwoThatCreateOneFileAtOnceTheFirstToEndWins() throws IOException {
    Path file = folder.resolve("file");

    assertThatThrownBy(
            () ->
                DurableFiles.create(
                    file,
                    out -> {
                      out.writeBytes("slow");
                      DurableFiles.create(file, inner -> inner.writeBytes("fast"));
                      out.writeBytes("er");
                    }))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("fast");
    assertOnly(file);
  }

  @Test
  void createsAFileOnceAndNeverOverALink() throws IOException {
    Path file = folder.resolve("inner/file");
    DurableFiles.create(file, new byte[] {1});
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));

    assertThatThrownBy(() -> DurableFiles.create(file, new byte[] {2}))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> DurableFiles.create(link, new byte[] {2}))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void opensFilesAndFoldersToTheirOwnerAlone() throws IOException {
    DurableFiles.create(folder.resolve("a/b/created"), new byte[1]);
    DurableFiles.replace(folder.resolve("a/b/replaced"), "text");
    DurableFiles.openNew(folder.resolve("a/b/new")).close();
    DurableFiles.open(folder.resolve("a/b/opened")).close();
    Files.setPosixFilePermissions(
        folder.resolve("a/b"), PosixFilePermissions.fromString("rwxrwxrwx"));
    DurableFiles.createClosedFolder(folder.resolve("a/b"));

    try (Stream<Path> all = Files.walk(folder.resolve("a"))) {
      assertThat(all)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"))
          .hasSize(6);
    }
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void showsAReaderTheOldFileOrTheNewOneButNeverHalf() throws Exception {
    Path file = folder.resolve("file");
    DurableFiles.replace(file, "a".repeat(SIZE));
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Long> mixed = reader.submit(() -> mixedReads(file));
      for (int i = 0; i < 100; i++) {
        DurableFiles.replace(file, (i % 2 == 0 ? "b" : "a").repeat(SIZE));
      }

      assertThat(mixed.get()).isZero();
    } finally {
      reader.shutdownNow();
    }
  }

  private static long mixedReads(Path file) throws IOException {
    long mixed = 0;
    for (int i = 0; i < 300; i++) {
      String text = Files.readString(file);
      boolean whole = text.length() == SIZE && text.chars().distinct().count() == 1;
      mixed += whole ? 0 : 1;
    }
    return mixed;
  }
}

package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
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

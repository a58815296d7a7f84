package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.Schema;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartOutputTest {

  private static final Schema SCHEMA =
      new Schema("visits", List.of(new Field("a", FieldType.TEXT, "")));

  private final Path folder;

  PartOutputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void neverWritesOverAFile(String format) throws IOException {
    Path file = Files.writeString(folder.resolve("part-00000." + format), "kept");

    assertThatThrownBy(() -> open(format, file))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.category()).isEqualTo(Category.RUN_FAILED))
        .hasMessage(
            "part-00000."
                + format
                + ": error FILE_EXISTS expected no such part file but there is one; a part file is"
                + " never overwritten; resume or abandon the run it belongs to")
        .hasNoCause();
    assertThat(file).hasContent("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void reportsThatTheFolderDoesNotExist(String format) {
    Path file = folder.resolve("nowhere").resolve("part." + format);

    assertThatThrownBy(() -> open(format, file))
        .hasMessage(
            "part."
                + format
                + ": error NOT_WRITABLE the part file cannot be created: its folder does not"
                + " exist; resume the run, or abandon it and start again")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void makesFilesThatOnlyTheirOwnerReads(String format) throws IOException {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system knows no modes");
    Path file = folder.resolve("part." + format);

    open(format, file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void callsAFullDiskTemporaryAndNamesNoFolder() {
    ProblemException problem =
        WriteFailure.of(folder.resolve("p.csv"), new IOException("No space left on device"));

    assertThat(problem.category()).isEqualTo(Category.TEMPORARY);
    assertThat(problem)
        .hasMessage(
            "p.csv: error WRITE_FAILED the part file cannot be written: No space left on device;"
                + " make room or repair the disk, then resume the run")
        .hasNoCause();
  }

  @Test
  void doesNotRepeatAForeignMessage() {
    assertThat(WriteFailure.of(folder.resolve("p.csv"), new IOException("/secret/folder")))
        .hasMessage(
            "p.csv: error WRITE_FAILED the part file cannot be written; make room or repair the"
                + " disk, then resume the run")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 64, 1000})
  void writesWhatItWasGivenWhateverItsBufferTakes(int capacity) throws IOException {
    byte[] expected = new byte[700];
    new SplittableRandom(capacity).nextBytes(expected);
    Path file = folder.resolve("part");
    int at = 0;

    PartWriter.PartFile written;
    try (PartOutput output = PartOutput.create(file, capacity + PartOutput.SLACK)) {
      while (at < expected.length) {
        int some = Math.min(expected.length - at, 1 + at % 97);
        if (some == 1) {
          output.write(expected[at]);
        } else {
          output.write(expected, at, some);
        }
        at += some;
        assertThat(output.size()).isEqualTo(at);
      }
      written = output.finish(7);
    }

    assertThat(file).hasBinaryContent(expected);
    assertThat(written)
        .isEqualTo(new PartWriter.PartFile(7, expected.length, Sha256.hex(expected)));
  }

  @Test
  void makesRoomInItsBuffer() throws IOException {
    Path file = folder.resolve("part");

    try (PartOutput output = PartOutput.create(file, PartOutput.SLACK)) {
      for (int i = 0; i < 10; i++) {
        output.reserve(100);
        assertThat(output.buffer().length - output.position())
            .isGreaterThanOrEqualTo(100 + PartOutput.SLACK);
        output.buffer()[output.position()] = (byte) i;
        output.position(output.position() + 1);
      }
      output.finish(0);
    }

    assertThat(file).hasBinaryContent(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  }

  @Test
  void anUnfinishedFileIsNotReported() throws IOException {
    Path file = folder.resolve("part");

    try (PartOutput output = PartOutput.create(file, 1 << 10)) {
      output.write(new byte[] {1, 2, 3}, 0, 3);
    }

    assertThat(file).isEmptyFile();
  }

  private static PartWriter open(String format, Path file) {
    return Connectors.SHIPPED.output(format).orElseThrow().get(0).open(file, SCHEMA, Map.of());
  }
}

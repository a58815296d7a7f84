package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.connector.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines and what the memory for them depends on: the longest line, never the file. */
final class LineReaderTest {

  private static final int LONGEST = 1000;

  /** Of a line that is too long, no more is read than a chunk beyond the limit. */
  private static final int MOST_BYTES = LONGEST + LineReader.CHUNK;

  @TempDir private Path folder;

  @Test
  void aLineAsLongAsTheLimitIsReadAndALongerOneRefusedWithFileAndLine() throws IOException {
    ResourceFile file = write("a\n" + "b".repeat(LONGEST) + "\n" + "c".repeat(LONGEST + 1) + "\n");
    List<Integer> lengths = new ArrayList<>();

    assertThatThrownBy(() -> lengths(file, lengths))
        .hasMessage(
            "Patient.ndjson:3: error RECORD_TOO_LONG a resource begins here that is longer than"
                + " 1000 bytes; write one resource on each line");
    assertThat(lengths).containsExactly(1, LONGEST);
  }

  @Test
  void theLastLineWithoutALineFeedIsRefusedWhenItIsTooLong() throws IOException {
    ResourceFile file = write("Zzyzx" + "a".repeat(LONGEST));

    assertThatThrownBy(() -> lengths(file, new ArrayList<>()))
        .hasMessageStartingWith("Patient.ndjson:1: error RECORD_TOO_LONG")
        .hasMessageNotContaining("Zzyzx");
  }

  @Test
  void aFileWithoutALineFeedIsRefusedBeforeItIsInMemory() throws IOException {
    ResourceFile file = write("a".repeat(16 << 20));
    try (LineReader lines = open(file)) {

      assertThatThrownBy(lines::next).hasMessageContaining("RECORD_TOO_LONG");

      assertThat(lines.buffer().length).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  @Test
  void linesOfAnyNumberAreReadThroughOneBuffer() throws IOException {
    ResourceFile file = write(("a".repeat(LONGEST) + "\n").repeat(5000));
    try (LineReader lines = open(file)) {
      int read = 0;
      while (lines.next()) {
        read++;
      }

      assertThat(read).isEqualTo(5000);
      assertThat(lines.buffer().length).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  @Test
  void theBufferOfALongLineHasNoMoreThanAChunkBeyondTheLimit() throws IOException {
    int longest = 5 * LineReader.CHUNK;
    ResourceFile file = write("b\n" + "a".repeat(longest) + "\n");
    Split split = Split.ofBytes("people", 0, 0, file.size(), 1, 0);
    try (LineReader lines = new LineReader(file, split, longest, false)) {
      lines.next();
      lines.next();

      assertThat(lines.to() - lines.from()).isEqualTo(longest);
      assertThat(lines.buffer().length).isLessThanOrEqualTo(longest + LineReader.CHUNK);
    }
  }

  private ResourceFile write(String text) throws IOException {
    Path file = folder.resolve("Patient.ndjson");
    Files.writeString(file, text, StandardCharsets.US_ASCII);
    return new ResourceFile(file, 0, Files.size(file), new FhirProblems("Patient.ndjson"));
  }

  private static LineReader open(ResourceFile file) {
    return new LineReader(file, Split.ofBytes("people", 0, 0, file.size(), 1, 0), LONGEST, false);
  }

  private static void lengths(ResourceFile file, List<Integer> into) {
    try (LineReader lines = open(file)) {
      while (lines.next()) {
        into.add(lines.to() - lines.from());
      }
    }
  }
}

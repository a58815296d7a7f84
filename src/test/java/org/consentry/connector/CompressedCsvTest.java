package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.consentry.config.Encoding;
import org.consentry.connector.csv.CsvSource;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compressed CSV file is read as the file that it was made of. */
final class CompressedCsvTest {

  /** Every text of the files contains it. */
  private static final String CANARY = "CNRYQZ";

  private static final String TEXT =
      IntStream.range(0, 5000)
          .mapToObj(i -> i + ",\"" + CANARY + " é, line\n" + i + "\",2020-01-01\r\n")
          .collect(Collectors.joining("", "a,b,c\r\n", ""));

  @TempDir private Path folder;

  private static byte[] packed(String form, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (form.equals("zst")) {
      return Zstd.compress(bytes);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private SourceTable table() {
    return Read.fast(folder, Encoding.UTF_8, CsvSource.Sizes.usual());
  }

  private void write(String form, byte[] bytes) throws IOException {
    Files.write(folder.resolve("t.csv." + form), bytes);
  }

  private Read plain(String text) throws IOException {
    Path other = Files.createTempDirectory(folder, "plain");
    Files.writeString(other.resolve("t.csv"), text);
    return Read.all(Read.fast(other, Encoding.UTF_8, CsvSource.Sizes.usual()));
  }

  private String refusal() {
    try {
      return "read " + Read.all(table()).rows().size();
    } catch (ProblemException refused) {
      assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
      return String.valueOf(refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void readsTheRowsAndLinesOfTheFileInOneSplit(String form) throws IOException {
    write(form, packed(form, TEXT));

    Read read = Read.all(table());

    assertThat(read).isEqualTo(plain(TEXT));
    assertThat(read.rows()).hasSize(5000);
    assertThat(table().splits()).hasSize(1);
    assertThat(Read.look(table())).isEqualTo(read);
    assertThat(Read.columns(table(), List.of(2)).rows()).hasSize(5000);
    assertThat(Read.all(Read.general(folder, Encoding.UTF_8, CsvSource.Sizes.usual())))
        .isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void readsSeveralMembersAsOneFile(String form) throws IOException {
    write(form, joined(packed(form, TEXT), packed(form, "x,y,z\r\n")));

    assertThat(Read.all(table())).isEqualTo(plain(TEXT + "x,y,z\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void hasNoSplitWhereThereIsAHeaderAlone(String form) throws IOException {
    write(form, packed(form, "a,b,c\r\n"));

    assertThat(table().columns()).containsExactly("a", "b", "c");
    assertThat(table().splits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void refusesAFileThatIsCutOff(String form) throws IOException {
    byte[] whole = packed(form, TEXT);
    for (int length = 0; length < whole.length; length += 1 + length / 10) {
      write(form, Arrays.copyOf(whole, length));
      assertThat(refusal())
          .as("%d of %d bytes", length, whole.length)
          .contains("t.csv." + form + ": error ")
          .doesNotContain(CANARY);
    }
    write(form, Arrays.copyOf(whole, whole.length - 1));
    assertThat(refusal())
        .isEqualTo(
            "./t.csv."
                + form
                + ": error COMPRESSION the compressed file is cut off or damaged near its end;"
                + " export the table again, or copy the file again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void refusesOtherBytesAfterTheEnd(String form) throws IOException {
    write(form, joined(packed(form, TEXT), new byte[1000]));

    assertThat(refusal()).contains("t.csv." + form + ": error COMPRESSION the compressed file is");
  }

  @Test
  void refusesAGzipMemberWithAnotherChecksum() throws IOException {
    byte[] whole = packed("gz", TEXT);
    whole[whole.length - 6] ^= 1;
    write("gz", whole);

    assertThat(refusal()).contains("error COMPRESSION");
  }

  @Test
  void refusesAFileThatIsNotCompressed() throws IOException {
    Files.writeString(folder.resolve("t.csv.gz"), TEXT);

    assertThat(refusal()).contains("t.csv.gz: error COMPRESSION").doesNotContain(CANARY);
  }

  @Test
  void refusesATableInTwoForms() throws IOException {
    write("gz", packed("gz", TEXT));
    Files.writeString(folder.resolve("t.csv"), TEXT);

    assertThat(refusal())
        .isEqualTo(
            "./t.csv: error TWO_FORMS the table is in this file and in t.csv.gz too;"
                + " remove the one that is not current");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void noticesAFileThatChangedAfterItWasCut(String form) throws IOException {
    byte[] whole = packed(form, TEXT);
    write(form, whole);
    SourceTable table = table();
    Split split = table.splits().get(0);
    for (int at : new int[] {whole.length / 2, whole.length - 3}) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      write(form, changed);

      assertThatThrownBy(() -> readAll(table.open(split, List.of(0))))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.category()).isEqualTo(Category.STALE));
    }
  }

  private static void readAll(BatchReader rows) {
    try (rows) {
      for (Optional<?> batch = rows.next(); batch.isPresent(); ) {
        batch = rows.next();
      }
    }
  }
}

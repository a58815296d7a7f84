package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.CsvWords.Delimiter;
import org.consentry.config.Encoding;
import org.consentry.connector.CsvFolderForm;
import org.consentry.connector.CsvFolderForm.Stated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a folder look like together. */
final class FolderLookTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir Path folder;

  private void file(String name, String text, Charset charset) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(charset));
  }

  private List<String> look(Stated stated) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return FolderLook.of(folder, names, stated).inWords();
    }
  }

  @Test
  void plainLettersAndSingleColumnsAgreeWithTheOthers() throws IOException {
    file("a.csv", "id;Größe\n1;2\n", WINDOWS);
    file("b.csv", "id;size\n1;2\n", WINDOWS);
    file("c.csv", "id\n1\n", WINDOWS);
    file("d.csv", "", WINDOWS);

    assertThat(look(Stated.NOTHING))
        .containsExactly("all files: delimiter \";\", encoding windows-1252");
  }

  @Test
  void looksAtAllOfAFileThatBeginsWithPlainLetters() throws IOException {
    String plain = "id,size\n" + "1,2\n".repeat(1 << 15);
    file("a.csv", "id,Größe\n1,2\n", WINDOWS);
    file("b.csv", "id,Größe\n1,2\n", WINDOWS);
    file("c.csv", plain + "1,groß\n", StandardCharsets.UTF_8);
    file("d.csv", plain + "1,groß\n", WINDOWS);
    file("e.csv", plain, WINDOWS);
    file("f.csv", plain + "1,groß\n".repeat(1 << 15), StandardCharsets.UTF_8);

    assertThat(look(Stated.NOTHING))
        .containsExactly(
            "most files: delimiter \",\", encoding windows-1252",
            "c: delimiter \",\", encoding utf-8",
            "f: delimiter \",\", encoding utf-8");
  }

  @Test
  void listsTheFilesThatDiffer() throws IOException {
    file("a.csv", "id\tGröße\n1\t2\n", StandardCharsets.UTF_8);
    file("b.csv", "id\tGröße\n1\t2\n", StandardCharsets.UTF_8);
    file("c.csv", "id|Größe\n1|2\n", WINDOWS);

    assertThat(look(Stated.NOTHING))
        .containsExactly(
            "most files: delimiter tab, encoding utf-8",
            "c: delimiter \"|\", encoding windows-1252");
  }

  @Test
  void guessesNothingThatAPersonStated() throws IOException {
    file("a.csv", "id;Größe\n1;2\n", WINDOWS);

    assertThat(look(new Stated(Optional.of(new Delimiter("|")), Optional.of(Encoding.ISO_8859_1))))
        .containsExactly("all files: delimiter \"|\", encoding iso-8859-1");
    assertThat(look(new Stated(Optional.empty(), Optional.of(Encoding.ISO_8859_1))))
        .containsExactly("all files: delimiter \";\", encoding iso-8859-1");
  }

  @Test
  void takesNoFileOfWideCharactersForSingleBytes() throws IOException {
    file("a.csv", "id;Größe\n", StandardCharsets.UTF_16);
    file("b.csv", "id;Größe\n", StandardCharsets.UTF_16LE);
    file("c.csv", "id,size\n1,2\n", StandardCharsets.UTF_8);

    assertThat(look(Stated.NOTHING)).isEqualTo(CsvFolderForm.RFC_4180.inWords()).isEmpty();
  }
}

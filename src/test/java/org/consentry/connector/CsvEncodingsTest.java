package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.consentry.config.Encoding;
import org.consentry.connector.csv.CsvSource.Sizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every encoding are read as UTF-8, and bytes that are no text reject their row alone. */
final class CsvEncodingsTest {

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final List<Sizes> SIZES =
      List.of(Sizes.usual(), new Sizes(1, 1, 1 << 12), new Sizes(5, 8, 1 << 12));

  @TempDir private Path folder;

  private void write(byte[] bytes) throws IOException {
    Files.write(folder.resolve("t.csv"), bytes);
  }

  private void assertRows(Encoding encoding, List<List<String>> rows, List<String> rejected) {
    for (Sizes sizes : SIZES) {
      for (SourceTable table :
          List.of(Read.fast(folder, encoding, sizes), Read.general(folder, encoding, sizes))) {
        Read read = Read.all(table);
        assertThat(read.rows()).as("%s", sizes).isEqualTo(rows);
        assertThat(read.rejected()).as("%s", sizes).isEqualTo(rejected);
      }
    }
  }

  @Test
  void everyByteOfLatin1IsACharacter() throws IOException {
    StringBuilder high = new StringBuilder();
    for (char c = 0x80; c <= 0xFF; c++) {
      high.append(c);
    }
    write(("a,b\n1," + high + "\n").getBytes(LATIN));

    assertRows(Encoding.ISO_8859_1, List.of(List.of("1", high.toString())), List.of());
  }

  @ParameterizedTest
  @CsvSource({"80, €", "8a, Š", "93, “", "99, ™", "9f, Ÿ", "a0, \u00A0", "e9, é", "ff, ÿ"})
  void windows1252HasCharactersOfItsOwn(String hex, String character) throws IOException {
    byte[] text = "a,b\n1,?\n".getBytes(LATIN);
    text[6] = HexFormat.of().parseHex(hex)[0];
    write(text);

    assertRows(Encoding.WINDOWS_1252, List.of(List.of("1", character)), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "8d", "8f", "90", "9d"})
  void fiveBytesOfWindows1252AreNoCharacters(String hex) throws IOException {
    byte[] text = "a,b\n1,?\n2,x\n".getBytes(LATIN);
    text[6] = HexFormat.of().parseHex(hex)[0];
    write(text);

    assertRows(Encoding.WINDOWS_1252, List.of(List.of("2", "x")), List.of("ENCODING 2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c3", "c328", "a9", "e282", "eda080", "f0828282", "f4908080", "c080", "ff", "fe"})
  void bytesThatAreNoUtf8RejectTheirRow(String hex) throws IOException {
    byte[] bad = HexFormat.of().parseHex(hex);
    byte[] text = new byte["a,b\n1,\n2,x\n".length() + bad.length];
    byte[] head = "a,b\n1,".getBytes(LATIN);
    System.arraycopy(head, 0, text, 0, head.length);
    System.arraycopy(bad, 0, text, head.length, bad.length);
    byte[] tail = "\n2,x\n".getBytes(LATIN);
    System.arraycopy(tail, 0, text, head.length + bad.length, tail.length);
    write(text);

    assertRows(Encoding.UTF_8, List.of(List.of("2", "x")), List.of("ENCODING 2"));
  }

  @Test
  void aBadByteInAColumnThatIsNotReadRejectsTheRowToo() throws IOException {
    write("a,b\n1,\u00E9\n2,x\n".getBytes(LATIN));

    Read read = Read.columns(Read.fast(folder, Encoding.UTF_8, Sizes.usual()), List.of(0));

    assertThat(read.rows()).containsExactly(List.of("2"));
    assertThat(read.rejected()).containsExactly("ENCODING 2");
  }

  @Test
  void charactersInQuotesAreWrittenAgainToo() throws IOException {
    write("a,b\n\"\u00E9\"\"\u00FC\",\"\u00E4\n\u00F6\"\n3,4\n".getBytes(LATIN));

    assertRows(Encoding.ISO_8859_1, List.of(List.of("é\"ü", "ä\nö"), List.of("3", "4")), List.of());
  }

  @Test
  void namesOfColumnsAreOfTheEncodingToo() throws IOException {
    write("gr\u00F6\u00DFe,\u20AC\n1,2\n".getBytes(WINDOWS));

    for (Sizes sizes : SIZES) {
      assertThat(Read.fast(folder, Encoding.WINDOWS_1252, sizes).columns())
          .isEqualTo(Read.general(folder, Encoding.WINDOWS_1252, sizes).columns())
          .containsExactly("größe", "€");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ISO_8859_1", "WINDOWS_1252"})
  void aMarkOfUtf8ShowsThatTheEncodingIsAnother(Encoding encoding) throws IOException {
    write("\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Read.fast(folder, encoding, Sizes.usual()))
        .hasMessage(
            "./t.csv: error WRONG_ENCODING expected "
                + encoding.word()
                + " but the file begins with the byte order mark of UTF-8; set encoding: utf-8");
  }

  @Test
  void utf8UnderAnotherEncodingIsRefused() throws IOException {
    write("a,b\n1,é\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Read.fast(folder, Encoding.WINDOWS_1252, Sizes.usual()))
        .hasMessage(
            "./t.csv: error WRONG_ENCODING expected windows-1252 but the characters beyond ASCII"
                + " are utf-8; set encoding: utf-8");
  }

  @ParameterizedTest
  @CsvSource({"feff0061, UTF-16", "fffe6100, UTF-16", "0000feff, UTF-32", "fffe0000, UTF-16"})
  void aMarkOfAnotherUnicodeIsRefused(String hex, String name) throws IOException {
    write(HexFormat.of().parseHex(hex));

    assertThatThrownBy(() -> Read.fast(folder, Encoding.UTF_8, Sizes.usual()))
        .hasMessageContaining(
            "error WRONG_ENCODING expected utf-8 but the file begins with the byte order mark of "
                + name);
  }

  @Test
  void aFileInUtf16WithoutAMarkIsRefusedByItsHeader() throws IOException {
    write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE));

    assertThatThrownBy(() -> Read.fast(folder, Encoding.UTF_8, Sizes.usual()))
        .hasMessageContaining("./t.csv:1: error HEADER_NUL");
  }
}

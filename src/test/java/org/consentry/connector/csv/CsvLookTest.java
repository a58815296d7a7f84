package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.consentry.config.Encoding;
import org.junit.jupiter.api.Test;

/** What a CSV file of a spreadsheet looks like. */
final class CsvLookTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static Optional<String> hint(byte[] file, CsvDialect read, Encoding declared) {
    return CsvLook.of(file).hint(read, declared);
  }

  private static Optional<String> hint(byte[] file) {
    return hint(file, CsvDialect.RFC_4180, Encoding.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void recognisesTheFileOfAGermanSpreadsheet() {
    byte[] file = "id;Größe;Ort\r\n1;1,80;\"Bad; Köln\"\r\n".getBytes(WINDOWS);

    assertThat(hint(file))
        .contains(
            "this looks like \";\" and windows-1252: set delimiter: \";\" and encoding:"
                + " windows-1252");
  }

  @Test
  void statesOnlyTheKeyThatIsWrong() {
    CsvDialect semicolons = new CsvDialect(";", '"', Optional.empty(), Optional.empty());
    byte[] file = "id;Größe\n1;2\n".getBytes(WINDOWS);

    assertThat(hint(file, semicolons, Encoding.UTF_8))
        .contains("this looks like windows-1252: set encoding: windows-1252");
    assertThat(hint(file, CsvDialect.RFC_4180, Encoding.ISO_8859_1))
        .contains("this looks like \";\": set delimiter: \";\"");
    assertThat(hint(utf8("id;Größe\n1;2\n"), semicolons, Encoding.WINDOWS_1252))
        .contains("this looks like utf-8: set encoding: utf-8");
  }

  @Test
  void recognisesTabsAndBars() {
    assertThat(hint(utf8("a\tb\n1\t2\n"))).contains("this looks like tab: set delimiter: tab");
    assertThat(hint(utf8("a|b\n1,5|2\n"))).contains("this looks like \"|\": set delimiter: \"|\"");
  }

  @Test
  void acceptsAnyEncodingOfPlainLetters() {
    CsvDialect semicolons = new CsvDialect(";", '"', Optional.empty(), Optional.empty());

    assertThat(hint(utf8("a;b\n1;2\n"), semicolons, Encoding.WINDOWS_1252)).isEmpty();
  }

  @Test
  void hintsAtNothingThatIsStatedAlready() {
    assertThat(hint(utf8("a,b\n1,2\n"))).isEmpty();
  }

  @Test
  void guessesNothingOfLinesThatDiffer() {
    assertThat(hint(utf8("a;b\n1;2;3\n"))).isEmpty();
    assertThat(hint(new byte[0])).isEmpty();
  }
}

package org.consentry.connector.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a CSV file of a spreadsheet looks like. */
final class CsvLookTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @Test
  void recognisesTheFileOfAGermanSpreadsheet() {
    byte[] file = "id;Größe;Ort\r\n1;1,80;\"Bad; Köln\"\r\n".getBytes(WINDOWS);

    Optional<CsvLook> look = CsvLook.of(file);

    assertThat(look.flatMap(found -> found.hint(CsvDialect.RFC_4180, Encoding.UTF_8)))
        .contains(
            "this looks like \";\" and windows-1252: set delimiter: \";\" and encoding:"
                + " windows-1252");
  }

  @Test
  void recognisesTabsAndBars() {
    assertThat(CsvLook.of("a\tb\n1\t2\n".getBytes(StandardCharsets.UTF_8)))
        .contains(new CsvLook('\t', "utf-8"));
    assertThat(CsvLook.of("a|b\n1,5|2\n".getBytes(StandardCharsets.UTF_8)))
        .contains(new CsvLook('|', "utf-8"));
  }

  @Test
  void hintsAtNothingThatIsStatedAlready() {
    Optional<CsvLook> look = CsvLook.of("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

    assertThat(look.flatMap(found -> found.hint(CsvDialect.RFC_4180, Encoding.UTF_8))).isEmpty();
  }

  @Test
  void guessesNothingOfLinesThatDiffer() {
    assertThat(CsvLook.of("a;b\n1;2;3\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(CsvLook.of(new byte[0])).isEmpty();
  }
}

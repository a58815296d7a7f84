package org.consentry.operator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small CSV files as RFC 4180 writes them. */
final class CsvTextTest {

  @Test
  void endsRecordsWithCrLfOrLfAndTheLastOneWithNeither() throws CsvText.Misquoted {
    assertThat(CsvText.read("a,b\r\nc,d\ne,f"))
        .containsExactly(row(1, "a", "b"), row(2, "c", "d"), row(3, "e", "f"));
    assertThat(CsvText.read("a,b\r\n")).containsExactly(row(1, "a", "b"));
    assertThat(CsvText.read("")).isEmpty();
  }

  @Test
  void leavesOutLinesWithoutACharacterAndCountsThem() throws CsvText.Misquoted {
    assertThat(CsvText.read("\na\n\r\n\nb\n")).containsExactly(row(2, "a"), row(5, "b"));
  }

  @Test
  void aCommaAtTheEndBeginsAnEmptyField() throws CsvText.Misquoted {
    assertThat(CsvText.read(",\na,\n,b,"))
        .containsExactly(row(1, "", ""), row(2, "a", ""), row(3, "", "b", ""));
  }

  @Test
  void readsCommasQuotesAndLineBreaksInsideQuotes() throws CsvText.Misquoted {
    assertThat(CsvText.read("\"a,b\",\"c\"\"d\"\n\"e\r\nf\",\"\"\ng"))
        .containsExactly(row(1, "a,b", "c\"d"), row(2, "e\r\nf", ""), row(4, "g"));
    assertThat(CsvText.read("\"\"\"\"")).containsExactly(row(1, "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "a\"b, 1",
    "'a\nb\"', 2",
    "'\"a\"b', 1",
    "'x\n\"a\" ,b', 2",
    "'x\ny\n\"a\nb', 3",
    "'a\rb', 1",
    "'\"', 1"
  })
  void namesTheLineOfAMisplacedQuoteOrCarriageReturn(String text, long line) {
    assertThatThrownBy(() -> CsvText.read(text))
        .isInstanceOfSatisfying(
            CsvText.Misquoted.class, broken -> assertThat(broken.line()).isEqualTo(line))
        .hasMessage("line " + line);
  }

  private static CsvText.Row row(long line, String... fields) {
    return new CsvText.Row(line, List.of(fields));
  }
}

package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpreadsheetFormulaTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "-",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "\uFF1D1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20A"
      })
  void isATextThatBeginsWithASignATabOrALineBreak(String text) {
    assertThat(is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " =1",
        "'=1",
        "\"=1\"",
        "1=1",
        "a@b",
        "\uFF1C1",
        "\uFF1E",
        "\u2212",
        "\uFEFF=1"
      })
  void isNoOtherText(String text) {
    assertThat(is(text)).isFalse();
  }

  @Test
  void countsCellsAndNotMissingOnes() {
    byte[] buffer = "=a-b".getBytes(StandardCharsets.UTF_8);
    int[] starts = {0, BytesColumn.MISSING, 1, 2};
    int[] ends = {1, BytesColumn.MISSING, 2, 4};

    assertThat(SpreadsheetFormula.count(new BytesColumn(4, buffer, starts, ends))).isEqualTo(2);
  }

  private static boolean is(String text) {
    byte[] bytes = ("x" + text + "=").getBytes(StandardCharsets.UTF_8);
    return SpreadsheetFormula.is(bytes, 1, bytes.length - 1);
  }
}

package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Short numbers and amounts, recognised from their bytes. */
final class AmountTest {

  private static final long SEED = 20261130;
  private static final String CHARACTERS = "0123456789.-,/:a\u00e9";
  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{0,5}|-?[0-9]{0,5}\\.[0-9]{1,3}");

  private static int digits(String text, int behind) {
    byte[] cell = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = ("7." + text + "9".repeat(behind)).getBytes(StandardCharsets.UTF_8);
    return Amount.digits(bytes, 2, 2 + cell.length);
  }

  /** The reference implementation. */
  private static int plainDigits(String text) {
    boolean isAmount = AMOUNT.matcher(text).matches() && !text.startsWith(".");
    return isAmount ? text.replaceAll("[^0-9]", "").length() : Amount.NONE;
  }

  @Test
  void countsTheDigitsOfAmountsAsAPlainReaderDoes() {
    Random random = new Random(SEED);
    int amounts = 0;
    for (int i = 0; i < 300_000; i++) {
      StringBuilder text = new StringBuilder();
      int size = random.nextInt(13);
      int few = random.nextBoolean() ? 12 : CHARACTERS.length();
      for (int j = 0; j < size; j++) {
        text.append(
            CHARACTERS.charAt(random.nextInt(4) > 0 ? random.nextInt(10) : random.nextInt(few)));
      }
      int expected = plainDigits(text.toString());
      assertThat(digits(text.toString(), random.nextInt(9)))
          .as("seed %d, %s", SEED, text)
          .isEqualTo(expected);
      amounts += expected == Amount.NONE ? 0 : 1;
    }
    assertThat(amounts).isBetween(30_000, 270_000);
  }

  @Test
  void takesNoNumberOfSixDigitsForAnAmount() {
    assertThat(digits("99999", 8)).isEqualTo(5);
    assertThat(digits("-12345.678", 0)).isEqualTo(8);
    assertThat(digits("123456", 8)).isEqualTo(Amount.NONE);
    assertThat(digits("1234567.1", 8)).isEqualTo(Amount.NONE);
    assertThat(digits("1.2345", 8)).isEqualTo(Amount.NONE);
  }
}

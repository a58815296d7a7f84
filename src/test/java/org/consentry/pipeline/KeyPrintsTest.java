package org.consentry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.consentry.keys.Prf;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPrintsTest {

  private final KeyPrints prints = new KeyPrints(new PlainPrf("a"));

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"V-1,v-1", "V-1, V-1 ", "V-1,v-1\t", "É1,e\u03011", "É1,E\u03011"})
  void agreesForEveryWayToWriteAKey(String key, String written) {

    assertThat(print(prints, written)).isEqualTo(print(prints, key));
  }

  @Test
  void keepsASharpSApartFromTwoLetters() {
    assertThat(print(prints, "ß")).isNotEqualTo(print(prints, "SS"));
  }

  @Test
  void differsFromKeyToKey() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(print(prints, "V-" + i));
    }

    assertThat(seen).hasSize(10_000);
  }

  @Test
  void differsFromRunToRun() {
    assertThat(print(new KeyPrints(new PlainPrf("b")), "V-1")).isNotEqualTo(print(prints, "V-1"));
  }

  @Test
  void isTheFirstEightBytesOfTheFunction() {
    Prf counting =
        (input, start, end, output, at) -> {
          for (int i = 0; i < Prf.SIZE; i++) {
            output[at + i] = (byte) (0xF1 + i);
          }
        };

    assertThat(print(new KeyPrints(counting), "V-1")).isEqualTo(0xF1F2F3F4F5F6F7F8L);
  }

  private static long print(KeyPrints prints, String key) {
    byte[] bytes = ("xx" + key + "yy").getBytes(StandardCharsets.UTF_8);
    return prints.of(bytes, 2, bytes.length - 2);
  }
}

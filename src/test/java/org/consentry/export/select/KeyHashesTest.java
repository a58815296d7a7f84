package org.consentry.export.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.consentry.data.Prf;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashesTest {

  private final KeyHashes prints = new KeyHashes(new PlainPrf("a"));

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"V-1, V-1 ", "V-1,V-1\t", "V-1,\u200BV-1\u00A0"})
  void passesOverBlanksAtTheEndsOfAKey(String key, String written) {
    assertThat(print(prints, written)).isEqualTo(print(prints, key));
  }

  @ParameterizedTest
  @CsvSource({"eAb1,EAB1", "V-1,v-1", "É1,E\u03011", "1,01", "V 1,V1"})
  void keepsKeysApartThatAreWrittenDifferently(String key, String other) {
    assertThat(print(prints, other)).isNotEqualTo(print(prints, key));
  }

  @ParameterizedTest
  @CsvSource({"eAb1,EAB1", "V-1,v-1", "É1,e\u03011"})
  void foldsTheKeysOfTablesThatAskForIt(String key, String other) {
    KeyHashes folding = new KeyHashes(new PlainPrf("a"), Set.of("visits"));

    assertThat(print(folding, "visits", other)).isEqualTo(print(folding, "visits", key));
    assertThat(print(folding, "labs", other)).isNotEqualTo(print(folding, "labs", key));
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
    assertThat(print(new KeyHashes(new PlainPrf("b")), "V-1")).isNotEqualTo(print(prints, "V-1"));
  }

  @Test
  void isTheFirstEightBytesOfTheFunction() {
    Prf counting =
        (input, start, end, output, at) -> {
          for (int i = 0; i < Prf.SIZE; i++) {
            output[at + i] = (byte) (0xF1 + i);
          }
        };

    assertThat(print(new KeyHashes(counting), "V-1")).isEqualTo(0xF1F2F3F4F5F6F7F8L);
  }

  private static long print(KeyHashes prints, String table, String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return prints.of(table, bytes, 0, bytes.length);
  }

  private static long print(KeyHashes prints, String key) {
    byte[] bytes = ("xx" + key + "yy").getBytes(StandardCharsets.UTF_8);
    return prints.of(bytes, 2, bytes.length - 2);
  }
}

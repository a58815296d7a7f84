package org.consentry.operator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which codes an entry of a set lists. */
final class CodeRangeTest {

  @ParameterizedTest
  @CsvSource({
    "15823, 15823, 15823, 15822, 15824",
    "15780-15783, 15780, 15783, 15779, 15784",
    "15823-15823, 15823, 15823, 15822, 15824",
    "140-, 14000, 14099, 13999, 14100",
    "1577-, 15770, 15779, 15769, 15780",
    "1-, 10000, 19999, 09999, 20000",
    "0-, 00100, 09999, 10000, 0001A",
    "00-, 00100, 00999, 01000, 0001F",
    "J0585-J0588, J0585, J0588, J0584, J0589",
    "0001F-0005F, 0001F, 0005F, 0006F, 00100"
  })
  void listsProcedures(String entry, String first, String last, String before, String after) {
    Optional<CodeRange> range = CodeRange.read(CodeSet.Kind.PROCEDURE, entry);

    assertThat(includes(range, procedure(first))).isTrue();
    assertThat(includes(range, procedure(last))).isTrue();
    assertThat(includes(range, procedure(before))).isFalse();
    assertThat(includes(range, procedure(after))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Z41.1, Z41.1, Z41.1, Z41.0, Z41.11",
    "Z41, Z41, Z41, Z40, Z41.1",
    "Z41.1-Z41.1, Z41.1, Z41.19, Z41.0, Z41.2",
    "Q35-Q37, Q35, Q37.9, Q34.9, Q38",
    "Q35.1-Q35.3, Q35.1, Q35.39, Q35.0, Q35.4",
    "Z90.1-, Z90.1, Z90.13, Z90.09, Z90.2",
    "Z41-, Z41, Z41.9, Z40.9, Z42",
    "Z41.-, Z41, Z41.9, Z40.9, Z42",
    "Z4-, Z40, Z49.9, Z39.9, Z50",
    "Z-, Z00, Z99.9, Y99, A00",
    "F-, F01, F99.9, E89, G00",
    "F0-, F01, F09.9, E89, F10",
    "S02.2XXA-, S02.2XXA, S02.2XXA, S02.2XX, S02.2XXB"
  })
  void listsDiagnoses(String entry, String first, String last, String before, String after) {
    Optional<CodeRange> range = CodeRange.read(CodeSet.Kind.DIAGNOSIS, entry);

    assertThat(includes(range, diagnosis(first))).isTrue();
    assertThat(includes(range, diagnosis(last))).isTrue();
    assertThat(includes(range, diagnosis(before))).isFalse();
    assertThat(includes(range, diagnosis(after))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "-15823",
        "15823-",
        "000-",
        "15823-RT",
        "15823-15822",
        "15780-J0585",
        "J0585-15780",
        "0001F-J0585",
        "S206-S206",
        "J-",
        "j0585",
        " 15823",
        "15823 ",
        "1577a-"
      })
  void refusesEntriesThatListNoProcedure(String entry) {
    assertThat(CodeRange.read(CodeSet.Kind.PROCEDURE, entry)).isEmpty();
    assertThat(CodeRange.read(CodeSet.Kind.RETIRED_PROCEDURE, entry)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        ".-",
        "Z4.-",
        "Z41.1.-",
        "Z411",
        "Z41-Z40",
        "Z41-Z4",
        "Z41.1 ",
        " Z41.1",
        "F00-",
        "H96-",
        "S02.2XXAA-",
        "41-",
        "z41-",
        "Z411-",
        "Q37-Q35"
      })
  void refusesEntriesThatListNoDiagnosis(String entry) {
    assertThat(CodeRange.read(CodeSet.Kind.DIAGNOSIS, entry)).isEmpty();
  }

  private static boolean includes(Optional<CodeRange> range, long key) {
    CodeRange known = range.orElseThrow();
    return known.low() <= key && key <= known.high();
  }

  private static long procedure(String code) {
    return CodeKey.procedure(code.getBytes(UTF_8), 0, code.length());
  }

  private static long diagnosis(String code) {
    return CodeKey.diagnosis(code.getBytes(UTF_8), 0, code.length());
  }
}

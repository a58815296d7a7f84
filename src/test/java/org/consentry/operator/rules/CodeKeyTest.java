package org.consentry.operator.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of CPT, HCPCS and ICD-10-CM codes. */
final class CodeKeyTest {

  private static final String CHARACTERS = "?0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  @ParameterizedTest
  @CsvSource({
    "15823, 15823",
    "' 15823 ', 15823",
    "\u00A015823\u200B, 15823",
    "15823-RT, 15823",
    "15823-50-rt, 15823",
    "'15823 50 LT', 15823",
    "15823-A9, 15823",
    "00100, 00100",
    "99999, 99999",
    "0001A, 0001A",
    "0002f, 0002F",
    "0003M, 0003M",
    "0004T, 0004T",
    "0005U, 0005U",
    "A0001, A0001",
    "j0585, J0585",
    "L8600-RT, L8600",
    "V9999, V9999"
  })
  void readsAProcedureCode(String cell, String code) {
    assertThat(procedure(cell)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1582",
        "158233",
        "00099",
        "1582O",
        "1582B",
        "15-823",
        "1582/",
        "1582:",
        "1582@",
        "1582[",
        "1582`",
        "1582{",
        "15823-",
        "15823-R",
        "15823-RTX",
        "15823-RT-",
        "15823-RT5",
        "15823RT",
        "15823--RT",
        "15823-?R",
        "15823-R?",
        "15823_RT",
        "I0585",
        "F0585",
        "N0585",
        "O0585",
        "W0585",
        "X0585",
        "Y0585",
        "Z0585",
        "JJ585",
        "J058J",
        "0J585",
        "058J5",
        "1582é",
        "-15823",
        "5823A-",
        "A582",
        "?"
      })
  void refusesWhatHasNoFormOfAProcedureCode(String cell) {
    assertThat(procedure(cell)).isEqualTo("unreadable");
  }

  @Test
  void aCodeEndsWhereItsCellEnds() {
    byte[] cells = "15823158231582315823".getBytes(UTF_8);

    assertThat(CodeKey.procedure(cells, 5, 9)).isEqualTo(CodeKey.UNREADABLE);
    assertThat(CodeKey.procedure(cells, 5, 10)).isEqualTo(key("15823"));
    assertThat(CodeKey.procedure(cells, 5, 11)).isEqualTo(CodeKey.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00A0\u200B"})
  void nothingIsNoCode(String cell) {
    assertThat(procedure(cell)).isEqualTo("none");
    assertThat(diagnosis(cell)).isEqualTo("none");
  }

  @Test
  void numbersSortLikeCodes() {
    assertThat(
            Stream.of(
                "00100", "00101", "15823", "99999", "0001A", "0001F", "9999U", "A0001", "A0002",
                "B0001", "V9999"))
        .extracting(CodeKeyTest::key)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(Stream.of("A00", "A00.1", "A00.11", "A01", "B00", "C43", "C44.1", "C4A", "S02.2XXS"))
        .extracting(code -> CodeKey.diagnosis(code.getBytes(UTF_8), 0, code.length()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "Z41.1, Z411",
    "z411, Z411",
    "' Z41.1 ', Z411",
    "N62, N62",
    "S02.2XXS, S022XXS",
    "s022xxs, S022XXS",
    "C4A.0, C4A0",
    "C7B.00, C7B00",
    "M1A.0, M1A0",
    "O9A, O9A",
    "D8A, D8A",
    "F0A, F0A"
  })
  void readsADiagnosisCode(String cell, String code) {
    assertThat(diagnosis(cell)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Z4",
        "Z",
        "Z41.",
        "Z.41",
        "Z4.11",
        "Z41.1.1",
        "Z41..1",
        ".Z41",
        "S02.2XXSX",
        "S022XXSX",
        "Z41-1",
        "Z41,1",
        "HO2.8",
        "ZA1",
        "Z4C",
        "411",
        "41.1",
        "4Z1",
        "Z41.é",
        "H9A",
        "T8A",
        "P9B"
      })
  void refusesWhatHasNoFormOfADiagnosisCode(String cell) {
    assertThat(diagnosis(cell)).isEqualTo("unreadable");
  }

  @ParameterizedTest
  @CsvSource({
    "A00, A99", "B00, B99", "C00, C99", "D00, D89", "E00, E89", "F01, F99", "G00, G99",
    "H00, H95", "I00, I99", "J00, J99", "K00, K95", "L00, L99", "M00, M99", "N00, N99",
    "O00, O99", "P00, P96", "Q00, Q99", "R00, R99", "S00, S99", "T00, T88", "U00, U85",
    "V00, V99", "W00, W99", "X00, X99", "Y00, Y99", "Z00, Z99"
  })
  void knowsTheFirstAndTheLastCategoryOfEveryLetter(String first, String last) {
    assertThat(diagnosis(first)).isEqualTo(first);
    assertThat(diagnosis(last)).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"D90", "E90", "F00", "H96", "K96", "P97", "T89", "U86"})
  void refusesCategoriesBeyondTheChapters(String category) {
    assertThat(diagnosis(category)).isEqualTo("unreadable");
  }

  @Test
  void readsTheSeventhCharacter() {
    assertThat(CodeKey.seventh(CodeKey.diagnosis("S02.2XXS".getBytes(UTF_8), 0, 8)))
        .isEqualTo(CodeKey.character((byte) 's'));
    assertThat(CodeKey.seventh(CodeKey.diagnosis("S02.2XX".getBytes(UTF_8), 0, 7))).isZero();
  }

  private static long key(String code) {
    return CodeKey.procedure(code.getBytes(UTF_8), 0, code.length());
  }

  /** The cell in the middle of a buffer whose neighbours look like parts of a code. */
  private static String procedure(String cell) {
    byte[] bytes = ("1-RT" + cell + "-RT1").getBytes(UTF_8);
    long key = CodeKey.procedure(bytes, 4, bytes.length - 4);
    return key < 0 ? word(key) : text(key & ((1L << CodeKey.FORM) - 1), CodeKey.PROCEDURE_LENGTH);
  }

  private static String diagnosis(String cell) {
    byte[] bytes = ("A.A" + cell + ".A").getBytes(UTF_8);
    long key = CodeKey.diagnosis(bytes, 3, bytes.length - 2);
    return key < 0 ? word(key) : text(key, CodeKey.DIAGNOSIS_LENGTH);
  }

  private static String word(long key) {
    return List.of("unreadable", "none").get((int) (key - CodeKey.UNREADABLE));
  }

  private static String text(long key, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = length - 1; i >= 0; i--) {
      int character = (int) (key >> (i * CodeKey.BITS)) & 63;
      text.append(character == 0 ? "" : CHARACTERS.charAt(character));
    }
    return text.toString();
  }
}

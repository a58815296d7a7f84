package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an id is typed does not keep a restriction from its patient. */
final class ConfusablesTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\u00A0P1,P1",
        "P\u200B1,P1",
        "P\u202F1,P1",
        "P1\u200E,P1",
        "\u202EP1\u202C,P1",
        "P\u2066\u206F1,P1",
        "P\uFEFF1,P1",
        "P\u00AD1,P1",
        "P\u00AD1,P-1",
        "\u00ADP1,-P1",
        "P\u200D1\uFE0F,P1",
        "P 1,P1",
        "P\t1,P1",
        "p1,P1",
        "P1,p1",
        "\uFF30\uFF11,P1",
        "\uD835\uDC0F\uD835\uDFCF,P1",
        "\u24C5\u2460,P1",
        "P\u00B9,P1",
        "P\u2081,P1",
        "P\u0661,P1",
        "P\u06F7,P7",
        "P\u096B,P5",
        "\u04201,P1",
        "\u04401,P1",
        "\u0440\u0432\u0441,PBC",
        "\u03A11,P1",
        "\u03C11,p1",
        "PI,P1",
        "Pl,P1",
        "P|,P1",
        "P\u0406,P1",
        "PO,P0",
        "P\u041E5,P05",
        "P\u20101,P-1",
        "P\u20111,P-1",
        "P\u20131,P-1",
        "P\u20141,P-1",
        "P\u22121,P-1",
        "P\uFE631,P-1",
        "P\uFF0D1,P-1",
        "P\u30431,P\u30431",
        "7,007",
        "007,7",
        "OO7,7",
        "P007,P7",
        "P09,P9",
        "A-07-010,A-7-10",
        "0,000",
        "P\u00DF1,PSS1",
        "PSS1,p\u00DF1",
        "\u017F1,S1",
        "e\u0301-1,\u00C9-1",
        "\u212A1,K1",
        "\uA7331,AA1",
        "\u03BD\u03971,vH1"
      })
  void findsThePatientWhoIsMeant(String written, String id) {
    assertThat(meets(written, id)).as("%s, %s", written, id).isTrue();
    assertThat(new PatientsAlike(ConsentFile.keys("Z", id)).of(written)).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "P1,P2",
    "P1,Q1",
    "P1,P11",
    "P1,P10",
    "P1005,P105",
    "P100,P10",
    "7,70",
    "7.0,70",
    "P-1,P1",
    "1-11,11-1",
    "A1,\u00C41"
  })
  void keepsIdsApartThatDoNotLookAlike(String written, String id) {
    assertThat(meets(written, id)).isFalse();
    assertThat(new PatientsAlike(ConsentFile.keys("Z", id)).of(written)).isEmpty();
  }

  @Test
  void findsNoPatientByBlanksOrWithoutPatients() {
    assertThat(Confusables.forms(" \u200B\u00AD")).containsExactly("-");
    assertThat(Confusables.forms(" \u200B\uFEFF")).isEmpty();
    assertThat(new PatientsAlike(new SubjectKeys()).of("P1")).isEmpty();
  }

  @Test
  void findsThePatientAmongMany() {
    String[] ids = IntStream.range(0, 3_000).mapToObj(n -> "P-" + n).toArray(String[]::new);
    PatientsAlike alike = new PatientsAlike(ConsentFile.keys(ids));

    for (int n = 0; n < ids.length; n++) {
      assertThat(alike.of("p\u2010" + n)).containsExactly(n);
    }
    assertThat(alike.of("P-3000")).isEmpty();
  }

  @Test
  void hasOneFormThatDoesNotDependOnCaseBlanksOrLeadingZeros() {
    assertThat(Confusables.form("p\u200B007"))
        .isEqualTo(Confusables.form("P7"))
        .isEqualTo(Confusables.form("\uFF30\u06F7"))
        .isNotEqualTo(Confusables.form("P70"));
  }

  @Test
  void findsAmongManyWhatAComparisonOneByOneFinds() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> letters =
        List.of(
            "P", "p", "\u0420", "1", "l", "0", "O", "o", "\u200B", "-", "\u2010", "7", "\u0667");
    for (int i = 0; i < 300; i++) {
      SubjectKeys keys = new SubjectKeys();
      List<String> ids = random.ints(40, 0, 1 << 30).mapToObj(n -> word(n, letters)).toList();
      ids.forEach(
          id -> {
            byte[] bytes = id.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            keys.addWritten(bytes, 0, bytes.length);
          });
      String asked = word(random.nextInt(1 << 30), letters);

      List<Integer> found =
          java.util.Arrays.stream(new PatientsAlike(keys).of(asked)).boxed().toList();

      List<Integer> expected =
          IntStream.range(0, keys.size())
              .filter(
                  subject ->
                      meets(
                          asked,
                          new String(keys.key(subject), java.nio.charset.StandardCharsets.UTF_8)))
              .boxed()
              .toList();
      assertThat(found).as("seed %d, %d", seed, i).isEqualTo(expected);
    }
  }

  private static String word(int number, List<String> letters) {
    StringBuilder word = new StringBuilder("x");
    for (int rest = number, at = 0; at < 4; at++, rest /= letters.size()) {
      word.append(letters.get(rest % letters.size()));
    }
    return word.toString();
  }

  private static boolean meets(String one, String other) {
    return !Collections.disjoint(Confusables.forms(one), Confusables.forms(other));
  }
}

package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.consentry.keys.StudyKey;
import org.junit.jupiter.api.Test;

public class CodesTest {

  private static final CodeForm FORM = new CodeForm("PR");

  private final Prf prf = StudyKey.generate().pseudonyms("S", "patient");

  /** RFC 4648 section 10 knows "foobar" as MZXW6YTBOI; the rest are zero bytes. */
  @Test
  void writesBase32OfRfc4648InLowerCaseWithoutPadding() {
    byte[] bytes = Arrays.copyOf("foobar".getBytes(StandardCharsets.US_ASCII), 16);
    byte[] text = new byte[Codes.SIZE];

    Codes.encode(bytes, 0, text, 0);

    assertThat(new String(text, StandardCharsets.US_ASCII))
        .isEqualTo("mzxw6ytboi" + "a".repeat(16));
  }

  @Test
  void fillsAColumnWithTheCodesOfTheSelectedSubjects() {
    SubjectKeys keys = subjects(1_000);

    BytesColumn column = FORM.keyed(prf, keys, subject -> subject % 3 == 0);

    Set<String> codes = new HashSet<>();
    for (int subject = 0; subject < 1_000; subject++) {
      assertThat(column.isMissing(subject)).isEqualTo(subject % 3 != 0);
      if (subject % 3 == 0) {
        assertThat(text(column, subject)).isEqualTo("PR-" + Codes.keyed(prf, keys.key(subject)));
        codes.add(text(column, subject));
      }
    }
    assertThat(codes).hasSize(334);
  }

  public static SubjectKeys subjects(int count) {
    SubjectKeys keys = new SubjectKeys();
    for (int i = 0; i < count; i++) {
      byte[] id = ("MRN-" + i).getBytes(StandardCharsets.US_ASCII);
      keys.add(id, 0, id.length);
    }
    return keys;
  }

  public static String text(BytesColumn column, int row) {
    int start = column.starts()[row];
    return new String(
        column.buffer(), start, column.ends()[row] - start, StandardCharsets.US_ASCII);
  }
}

package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.data.SubjectKeys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cells can be read; a permit with any other cell permits nothing. */
final class ConsentCellsTest {

  private static final String DIGITS = "0123456789ABCDEFabcdef9fF0aA".repeat(3).substring(0, 63);

  private final SubjectKeys keys = ConsentFile.keys("P1");
  private final SeenLines seen = new SeenLines();

  @ParameterizedTest
  @CsvSource({
    "valid_to, 2028-02-29",
    "valid_to, 2024-05-02",
    "signed_at, 2024-05-02",
    "signed_at, 2024-05-02T10:00",
    "signed_at, 2024-05-02T23:59:59",
    "signed_at, 2024-05-02T10:00:00.5",
    "signed_at, ''",
    "recorded_at, ''",
    "data_to, 2020-01-01",
    "expiry_event, NONE",
    "expiry_event, ''",
    "evidence_sha256, ''",
    "duo, NRES",
    "duo, DUO:0000004",
    "duo, DUO:0000025:60",
    "duo, TS:1",
    "duo, TS:9999",
    "duo, DS",
    "duo, DS:H02.4",
    "duo, DS:C4A1",
    "duo, MOR",
    "duo, MOR:12",
    "duo, MOR:2028-02-29",
    "duo, GS:anywhere",
    "duo, RS:what the board decides",
    "categories_in, *|VISIT",
    "revokes, *|L7"
  })
  void isReadable(String column, String cell) {
    read(column, cell);

    assertThat(seen.all()).containsExactly("0 line 2");
  }

  @ParameterizedTest
  @CsvSource({
    "valid_to, 2027-02-29",
    "valid_to, 2028-2-29",
    "valid_to, 28-02-29",
    "valid_to, 02/29/2028",
    "valid_to, *",
    "valid_to, 2024-05-01",
    "signed_at, 2024-05-02T24:00",
    "signed_at, 2024-05-02T10:60",
    "signed_at, 2024-05-02T10:00:00Z",
    "signed_at, 2024-05-02T10:00:00+02:00",
    "signed_at, 2024-05-02T10:00:00.00000000000000000000000",
    "recorded_at, yesterday",
    "data_to, 2019-12-31",
    "data_to, **",
    "expiry_event, NOT_STATED",
    "legal_basis, NOT_STATED",
    "signer_role, patient",
    "assent, MAYBE",
    "duo, *",
    "duo, HMB|",
    "duo, hmb",
    "duo, DUO:45",
    "duo, DUO:",
    "duo, :60",
    "duo, NRES:x",
    "duo, TS",
    "duo, TS:0",
    "duo, TS:06",
    "duo, TS:10000",
    "duo, TS:-1",
    "duo, DS:ptosis",
    "duo, MOR:0",
    "duo, MOR:soon",
    "duo, MOR:2027-02-29",
    "duo, MOR:2027-2-28",
    "duo, MOR:2028-02-291",
    "purposes, HRESCH||TREAT",
    "categories_in, VISIT|visit"
  })
  void isNotReadable(String column, String cell) {
    read(column, cell);

    assertThat(seen.all()).containsExactly("0 bad permit 2");
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "a", "f", "A", "F"})
  void aDigestHas64HexadecimalDigits(String last) {
    read("evidence_sha256", DIGITS + last);

    assertThat(seen.all()).containsExactly("0 line 2");
    assertThat(seen.lines().get(0).evidenceSha256()).isEqualTo(DIGITS + last);
  }

  @ParameterizedTest
  @CsvSource({"/", ":", "@", "G", "`", "g", "''", "00", "\u00E9"})
  void aDigestHasNothingElse(String last) {
    read("evidence_sha256", DIGITS + last);

    assertThat(seen.all()).containsExactly("0 bad permit 2");
  }

  private void read(String column, String cell) {
    ConsentFile file = new ConsentFile();
    if (column.equals("data_to")) {
      file.permit(column, cell, "data_from", "2020-01-01");
    } else {
      file.permit(column, cell);
    }
    file.readInto(seen, keys);
  }
}

package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes of a vault in memory, found by digest and by code. */
final class VaultTableTest {

  @Test
  void findsEveryEntryByItsDigestAndByItsCode() {
    long seed = 20261128;
    SplittableRandom random = new SplittableRandom(seed);
    VaultTable table = new VaultTable(0);
    Map<Integer, byte[]> added = new HashMap<>();
    for (int number = 0; number < 5_000; number++) {
      byte[] entry = new byte[VaultTable.ENTRY];
      random.nextBytes(entry);

      assertThat(table.find(entry, 0)).as("seed %d, entry %d", seed, number).isEqualTo(-1);
      assertThat(table.hasCode(entry, Codes.BYTES)).isFalse();
      assertThat(table.add(entry, 0)).isTrue();
      added.put(number, entry);
    }

    assertThat(table.size()).isEqualTo(5_000);
    added.forEach(
        (number, entry) -> {
          assertThat(table.find(entry, 0)).isEqualTo(number);
          assertThat(table.hasCode(entry, Codes.BYTES)).isTrue();
          assertThat(code(table, number)).isEqualTo(code(entry));
        });
  }

  /** Digests and codes that begin alike share a slot, and are compared by all their bytes. */
  @Test
  void distinguishesWhatBeginsAlike() {
    VaultTable table = new VaultTable(0);
    for (int number = 0; number < 40; number++) {
      assertThat(table.add(entry(number, number), 0)).isTrue();
    }

    for (int number = 0; number < 40; number++) {
      assertThat(table.find(entry(number, 0), 0)).isEqualTo(number);
    }
    assertThat(table.find(entry(40, 0), 0)).isEqualTo(-1);
    assertThat(table.hasCode(entry(0, 40), Codes.BYTES)).isFalse();
    assertThat(table.hasCode(entry(0, 39), Codes.BYTES)).isTrue();
  }

  @Test
  void addsNeitherADigestNorACodeTwice() {
    VaultTable table = new VaultTable(0);
    table.add(entry(1, 1), 0);

    assertThat(table.add(entry(1, 2), 0)).isFalse();
    assertThat(table.add(entry(2, 1), 0)).isFalse();

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.find(entry(2, 0), 0)).isEqualTo(-1);
    assertThat(table.hasCode(entry(0, 2), Codes.BYTES)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 100})
  void hasRoomForMoreThanExpected(int expected) {
    VaultTable table = new VaultTable(expected);
    for (int number = 0; number < 200; number++) {
      assertThat(table.add(entry(number, number), 0)).isTrue();
    }

    ByteBuffer last = table.from(198);

    assertThat(table.size()).isEqualTo(200);
    assertThat(last.remaining()).isEqualTo(2 * VaultTable.ENTRY);
    byte[] found = new byte[VaultTable.ENTRY];
    last.get(found);
    assertThat(found).isEqualTo(entry(198, 198));
    assertThat(table.from(200).hasRemaining()).isFalse();
  }

  @Test
  void refusesMoreThanAnArrayCanHave() {
    assertThatThrownBy(() -> new VaultTable(67_108_864))
        .hasMessage("a vault has at most 67108863 codes");
  }

  /** Sixteen bytes of a digest and sixteen of a code; the first twelve of each are the same. */
  private static byte[] entry(int digest, int code) {
    return ByteBuffer.allocate(VaultTable.ENTRY)
        .putInt(Codes.BYTES - Integer.BYTES, digest)
        .putInt(VaultTable.ENTRY - Integer.BYTES, code)
        .array();
  }

  private static String code(VaultTable table, int number) {
    CodeForm form = new CodeForm("P");
    byte[] text = new byte[form.size()];
    table.encode(number, form, text, 0);
    return new String(text, StandardCharsets.US_ASCII).substring("P-".length());
  }

  private static String code(byte[] entry) {
    byte[] text = new byte[Codes.SIZE];
    Codes.encode(entry, Codes.BYTES, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }
}

package org.consentry.operator.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Buffers that grow, look-ups of listed values, and their hash. */
final class BytesTest {

  @Test
  void aBufferGrowsAndKeepsWhatWasWritten() {
    ByteOutput output = new ByteOutput(1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      output.append("é" + i);
      expected.append('é').append(i);
    }

    assertThat(written(output)).isEqualTo(expected.toString());
  }

  @Test
  void aBufferDoublesSoThatWritingStaysCheap() {
    ByteOutput output = new ByteOutput(100);

    assertThat(output.buffer()).hasSize(100);
    assertThat(output.reserve(100)).isZero();
    assertThat(output.buffer()).hasSize(100);
    assertThat(output.reserve(1)).isEqualTo(100);
    assertThat(output.buffer()).hasSize(200);
    assertThat(output.reserve(1_000)).isEqualTo(101);
    assertThat(output.buffer()).hasSize(1_101);
    assertThat(output.size()).isEqualTo(1_101);
    assertThat(new ByteOutput(0).buffer()).hasSize(16);
  }

  @Test
  void aBufferRefusesMoreThanAnArrayHas() {
    ByteOutput output = new ByteOutput(16);
    output.reserve(16);

    assertThatThrownBy(() -> output.reserve(Integer.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void appendsAPartOfOtherBytes() {
    ByteOutput output = new ByteOutput(16);
    output.append("abcdef".getBytes(UTF_8), 2, 4);
    output.append("abcdef".getBytes(UTF_8), 6, 6);

    assertThat(written(output)).isEqualTo("cd");
  }

  @Test
  void findsEveryListedValueAndNoOther() {
    List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "H" + i).toList();
    BytesLookup lookup = new BytesLookup(keys);

    for (int i = 0; i < 1_000; i++) {
      assertThat(find(lookup, "H" + i)).isEqualTo(i);
      assertThat(find(lookup, "K" + i)).isEqualTo(-1);
    }
    assertThat(find(lookup, "")).isEqualTo(-1);
    assertThat(find(lookup, "H1000")).isEqualTo(-1);
    assertThat(find(new BytesLookup(List.of()), "a")).isEqualTo(-1);
    assertThat(find(new BytesLookup(List.of("a", "b", "ab", "ba", "aa")), "ba")).isEqualTo(3);
  }

  @Test
  void findsAValueWithBlanksAtItsEndsWhereItIsNotListedItself() {
    BytesLookup lookup = new BytesLookup(List.of("M", " F", "F ", ""));

    assertThat(find(lookup, "M ")).isZero();
    assertThat(find(lookup, "\u00A0M")).isZero();
    assertThat(find(lookup, " F")).isEqualTo(1);
    assertThat(find(lookup, "F ")).isEqualTo(2);
    assertThat(find(lookup, "F")).isEqualTo(-1);
    assertThat(find(lookup, " ")).isEqualTo(3);
  }

  /** Codes of a clinic differ in a digit or two: they must not meet in a table. */
  @Test
  void theHashSpreadsIdsThatDifferInADigit() {
    int size = 1 << 14;
    BitSet slots = new BitSet(size);
    for (int i = 0; i < size; i++) {
      byte[] id = ("MRN-" + i).getBytes(UTF_8);
      slots.set(ByteHash.of(id, 0, id.length) & (size - 1));
    }

    assertThat(slots.cardinality()).isGreaterThan((int) (size * 0.6));
  }

  @Test
  void theHashIsOfTheRangeAlone() {
    byte[] bytes = "xabcx".getBytes(UTF_8);

    assertThat(ByteHash.of(bytes, 1, 4)).isEqualTo(ByteHash.of("abc".getBytes(UTF_8), 0, 3));
    assertThat(ByteHash.of(bytes, 1, 4)).isNotEqualTo(ByteHash.of(bytes, 0, 4));
  }

  private static int find(BytesLookup lookup, String text) {
    byte[] bytes = ("x" + text + "x").getBytes(UTF_8);
    return lookup.findTrimmed(bytes, 1, bytes.length - 1);
  }

  private static String written(ByteOutput output) {
    return new String(output.buffer(), 0, output.size(), UTF_8);
  }
}

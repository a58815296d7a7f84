package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {

  static List<Split.Range> ranges() {
    return List.of(
        new Split.Bytes(10, 90, 2),
        new Split.RowGroups(3, 2, 4_711),
        new Split.Keys("P 1", "", 12),
        new Split.Keys("a-b", "Zo\u00eb\n", 0));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void writesItsRangeInWordsAndReadsThem(Split.Range range) {
    assertThat(range.words()).noneMatch(word -> word.isEmpty() || word.contains(" "));
    assertThat(Split.range(range.words())).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 1 2",
        "bytes 1 2 x",
        "row-groups 1 2",
        "keys aa bb 1",
        "keys - - x",
        "rows 1 2 3"
      })
  void refusesOtherWords(String words) {
    List<String> split = List.of(words.split(" ", -1));

    assertThatThrownBy(() -> Split.range(split)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotShowKeys() {
    Split split = new Split("visits", 0, new Split.Keys("P4711", "P4712", 2), 7);

    assertThat(split).hasToString("Split[table=visits, number=0, range=Keys[2], digest=7]");
  }

  @Test
  void refusesToReadKeysAsBytes() {
    Split split = new Split("visits", 0, new Split.Keys("a", "b", 2), 7);

    assertThatThrownBy(split::bytes).hasMessage("the split is no range of bytes");
  }
}

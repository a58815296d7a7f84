package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.data.BytesColumn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered of the values of a batch, and when remembering is given up. */
final class MemoTest {

  /** Asks position by position. */
  private interface Asker {
    int earlier(int position);
  }

  private interface Maker {
    Asker of(BytesColumn column, int[] rows, int count);
  }

  /** One remembers values, the other tuples. */
  static List<Maker> makers() {
    return List.of(
        (column, rows, count) -> new Memo(column, rows, count)::earlier,
        (column, rows, count) ->
            new TupleMemo(
                    new TransformInput(
                        List.of(new TransformInput.Values.Cells(column)),
                        rows,
                        count,
                        new int[rows.length],
                        new Subjects().index(),
                        (position, input, expected) -> {}),
                    PerTuple.Memory.ONCE_PER_TUPLE)
                ::earlier);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void pointsAtTheFirstRowOfTheSameValue(Maker maker) {
    Asker memo = of(maker, List.of("a", "b", "a", "ab", "b", "a"));

    assertThat(IntStream.range(0, 6).map(memo::earlier)).containsExactly(-1, -1, 0, -1, 1, 0);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void keepsRememberingWhenOneOfEightIsARepetition(Maker maker) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Memo.TRIAL; i++) {
      values.add("v" + (i < Memo.TRIAL / 8 ? 0 : i));
    }
    values.add("v0");
    Asker memo = of(maker, values);
    IntStream.range(0, Memo.TRIAL).forEach(memo::earlier);

    assertThat(memo.earlier(Memo.TRIAL)).isZero();
  }

  @ParameterizedTest
  @MethodSource("makers")
  void givesUpWhenNearlyAllValuesOfTheTrialDiffer(Maker maker) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Memo.TRIAL; i++) {
      values.add("v" + (i < Memo.TRIAL / 8 - 1 ? 0 : i));
    }
    values.add("v0");
    Asker memo = of(maker, values);
    IntStream.range(0, Memo.TRIAL).forEach(memo::earlier);

    assertThat(memo.earlier(Memo.TRIAL)).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void remembersSoManyValuesAndNoMore(Maker maker) {
    int most = 1 << 14;
    List<String> values = new ArrayList<>();
    for (int i = 0; i < Memo.TRIAL; i++) {
      values.add("v0");
    }
    for (int i = 1; i < most + 1; i++) {
      values.add("v" + i);
    }
    values.add("v" + (most - 1));
    values.add("v" + most);
    Asker memo = of(maker, values);
    int last = values.size() - 1;
    IntStream.range(0, last - 1).forEach(memo::earlier);

    assertThat(memo.earlier(last - 1)).as("the last that fits").isEqualTo(last - 3);
    assertThat(memo.earlier(last)).as("one more").isEqualTo(-1);
  }

  private static Asker of(Maker maker, List<String> values) {
    BytesColumn column = Batch.column(values.stream().map(Optional::of).toList());
    int[] rows = IntStream.range(0, values.size()).toArray();
    return maker.of(column, rows, rows.length);
  }
}

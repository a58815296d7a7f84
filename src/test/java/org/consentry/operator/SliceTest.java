package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.data.SubjectIndex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few rows of three subjects, in which values repeat: every row is answered as if it was alone.
 */
final class SliceTest {

  private static final List<String> VALUES =
      List.of(
          "2024-02-29",
          "85004",
          "12.5",
          "",
          "x",
          "2024-02-29",
          "85004",
          "x",
          "0",
          "9999-12-31",
          "1936-05-05",
          "",
          "2024-02-29",
          "-7",
          "x",
          "K1A 0B1",
          "K1A 0B1",
          "2024-12-30T10:00");
  private static final SubjectIndex INDEX =
      new Subjects()
          .add("P-1", Optional.of(LocalDate.of(1980, 3, 1)), 7, "first")
          .add("P-2", Optional.empty(), -14, "second")
          .add("P-3", Optional.of(LocalDate.of(2023, 12, 31)), 364, "third")
          .index();

  static List<String> operators() {
    return List.copyOf(OperatorFixtures.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void answersARowAsIfItWasAlone(String name) {
    Transformer transformer = Optional.ofNullable(OperatorFixtures.all().get(name)).orElseThrow();
    List<Optional<String>> values =
        VALUES.stream().map(text -> Optional.of(text).filter(each -> !each.isEmpty())).toList();
    int[] subjects = IntStream.range(0, values.size()).map(i -> i % 3).toArray();
    List<Batch.Cell> alone = new ArrayList<>();
    for (int i = 0; i < subjects.length; i++) {
      alone.addAll(
          new Batch(List.of(values.get(i)), new int[] {subjects[i]}, INDEX).transform(transformer));
    }

    assertThat(new Batch(values, subjects, INDEX).transform(transformer)).isEqualTo(alone);
    assertThat(new Batch(values, subjects, INDEX).transform(transformer, 5)).isEqualTo(alone);
    assertThat(alone.stream().filter(cell -> cell.value().isPresent()))
        .as("some are released")
        .isNotEmpty();
    assertThat(alone.get(3)).isEqualTo(new Batch.Cell(Optional.empty(), Optional.empty()));
  }
}

package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.consentry.data.SubjectIndex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No operator's answer depends on the size of a batch, the order of rows or the thread. */
final class IndependenceTest {

  private static final long SEED = 20_261_123L;
  private static final int ROWS = 12_000;
  private static final int SUBJECTS = 50;

  private static final List<Optional<String>> VALUES = new Given(SEED).values(ROWS);
  private static final SubjectIndex INDEX = subjects();
  private static final int[] SUBJECT_OF =
      new SplittableRandom(SEED).ints(ROWS, 0, SUBJECTS).toArray();

  static List<String> operators() {
    return List.copyOf(OperatorFixtures.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void answersDoNotDependOnTheSizeOfABatch(String name) {
    Transformer transformer = transformer(name);
    Batch batch = new Batch(VALUES, SUBJECT_OF, INDEX);

    List<Batch.Cell> whole = batch.transform(transformer);

    assertThat(batch.transform(transformer, 1_000)).as("seed %d", SEED).isEqualTo(whole);
    assertThat(batch.transform(transformer, 7)).as("seed %d", SEED).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void answersDoNotDependOnTheOrderOfRows(String name) {
    Transformer transformer = transformer(name);
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    SplittableRandom random = new SplittableRandom(SEED + 2);
    for (int i = ROWS - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    int[] subjects = order.stream().mapToInt(row -> SUBJECT_OF[row]).toArray();

    List<Batch.Cell> inOrder = new Batch(VALUES, SUBJECT_OF, INDEX).transform(transformer);
    List<Batch.Cell> shuffled =
        new Batch(order.stream().map(VALUES::get).toList(), subjects, INDEX).transform(transformer);

    assertThat(shuffled).as("seed %d", SEED).isEqualTo(order.stream().map(inOrder::get).toList());
  }

  @ParameterizedTest
  @MethodSource("operators")
  void oneTransformerServesManyThreads(String name) {
    Transformer transformer = transformer(name);
    List<Batch.Cell> alone = new Batch(VALUES, SUBJECT_OF, INDEX).transform(transformer);

    List<List<Batch.Cell>> together =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> new Batch(VALUES, SUBJECT_OF, INDEX).transform(transformer, 3_000))
            .toList();

    assertThat(together).as("seed %d", SEED).allMatch(alone::equals);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void missingStaysMissingAndInvalidGivesNothing(String name) {
    List<Batch.Cell> cells = new Batch(VALUES, SUBJECT_OF, INDEX).transform(transformer(name));

    for (int row = 0; row < ROWS; row++) {
      Batch.Cell cell = cells.get(row);
      if (VALUES.get(row).isEmpty()) {
        assertThat(cell).isEqualTo(new Batch.Cell(Optional.empty(), Optional.empty()));
      }
      if (cell.invalid().isPresent()) {
        assertThat(cell.value()).isEmpty();
      }
    }
  }

  private static Transformer transformer(String name) {
    return Optional.ofNullable(OperatorFixtures.all().get(name)).orElseThrow();
  }

  private static SubjectIndex subjects() {
    Given given = new Given(SEED + 1);
    Subjects subjects = new Subjects();
    for (int i = 0; i < SUBJECTS; i++) {
      subjects.add(
          "P-" + i, i % 7 == 0 ? Optional.empty() : Optional.of(given.day()), i + 1, "code" + i);
    }
    return subjects.index();
  }
}

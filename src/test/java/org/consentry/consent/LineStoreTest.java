package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.consentry.consent.LineFacts.NamedLines;
import org.consentry.consent.LineFacts.Scope;
import org.consentry.data.LongSet;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** A store of lines returns what was put in, and finds ids as a map of all ids does. */
final class LineStoreTest {

  private static final long SEED = 81;
  private static final int SUBJECTS = 50;

  /** More lines than a page has. */
  private static final int LINES = 40_000;

  private final Random random = new Random(SEED);
  private final LineStore store = new LineStore(SUBJECTS);
  private final List<LineFacts> added = new ArrayList<>();
  private final List<Integer> subjects = new ArrayList<>();

  private void fill() {
    long line = 1;
    for (int i = 0; i < LINES; i++) {
      line += random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 1;
      LineFacts facts = facts(line);
      int subject = random.nextInt(SUBJECTS);
      assertThat(store.add(subject, facts)).isEqualTo(i);
      store.names(i, facts);
      added.add(facts);
      subjects.add(subject);
    }
  }

  private LineFacts facts(long line) {
    boolean isSigned = random.nextInt(4) > 0;
    // Whole seconds of this century, and in some pages moments that four bytes do not have.
    long second = random.nextInt(1 << 30) * 1_000_000L;
    boolean isOdd = line > 18_000 && random.nextInt(9_000) == 0;
    long odd = random.nextBoolean() ? second + 1 : second * 40 - 4_000_000_000_000_000L;
    long from = isOdd ? odd : second;
    return new LineFacts(
        "consents.csv",
        line,
        random.nextInt(LINES * 2),
        random.nextInt(1 << 19) & ~(SubjectDecision.DUPLICATED | SubjectDecision.TAKEN_BACK),
        isSigned ? from : ConsentLine.NO_TIME,
        isSigned ? from + random.nextInt(3) * 86_399_999_999L : ConsentLine.NO_TIME,
        (byte) random.nextInt(3),
        new Scope(random.nextInt(3), LineScope.EVER, random.nextInt(3)),
        random.nextInt(8) == 0
            ? new NamedLines(List.of(line, 7L), List.of(line + 1))
            : NamedLines.NONE,
        Optional.empty(),
        moratorium(),
        Optional.empty());
  }

  private Optional<Optional<LocalDate>> moratorium() {
    return switch (random.nextInt(3)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Optional.empty());
      default -> Optional.of(Optional.of(LocalDate.of(2027, 1, 1)));
    };
  }

  @Test
  void returnsEveryLineAsItWas() {
    fill();

    for (int i = 0; i < LINES; i++) {
      LineFacts facts = added.get(i);
      assertThat(store.id(i)).isEqualTo(facts.id());
      assertThat(store.place(i)).isEqualTo(facts.place());
      assertThat(store.signedFrom(i)).as("line %d, seed %d", i, SEED).isEqualTo(facts.signedFrom());
      assertThat(store.signedTo(i)).isEqualTo(facts.signedTo());
      assertThat(store.failed(i)).isEqualTo(facts.failed());
      assertThat(store.scope(i))
          .containsExactly(facts.scope().categories(), facts.scope().from(), facts.scope().to());
      for (int bit = 1; bit < 1 << 19; bit <<= 1) {
        assertThat(store.has(i, bit)).isEqualTo(facts.has(bit));
      }
      int names = store.refs(i);
      assertThat(names == LineStore.NONE).isEqualTo(facts.names().isEmpty());
      if (names != LineStore.NONE) {
        assertThat(store.refs().revoked(names, 0)).isEqualTo(facts.line());
        assertThat(store.refs().superseded(names, 0)).isEqualTo(facts.line() + 1);
      }
      int until = store.moratorium(i);
      assertThat(until == LineStore.NO_MORATORIUM).isEqualTo(facts.moratorium().isEmpty());
      assertThat(until == LineStore.NO_LAST_DAY)
          .isEqualTo(facts.moratorium().equals(Optional.of(Optional.empty())));
    }
  }

  @Test
  void chainsTheLinesOfASubjectTheLastFirst() {
    fill();
    Map<Integer, List<Integer>> chains = new HashMap<>();
    for (int i = LINES - 1; i >= 0; i--) {
      chains.computeIfAbsent(subjects.get(i), subject -> new ArrayList<>()).add(i);
    }

    for (int subject = 0; subject < SUBJECTS; subject++) {
      List<Integer> chain = new ArrayList<>();
      for (int line = store.head(subject); line != LineStore.NONE; line = store.next(line)) {
        chain.add(line);
      }
      assertThat(chain).isEqualTo(chains.get(subject));
    }
  }

  @Test
  void aMarkIsThatLinesAlone() {
    fill();
    boolean withdrew = store.has(6, SubjectDecision.WITHDRAWS);

    store.mark(5, SubjectDecision.DUPLICATED);
    store.mark(5, SubjectDecision.TAKEN_BACK);
    store.mark(5, SubjectDecision.WITHDRAWS);

    assertThat(store.has(5, SubjectDecision.DUPLICATED)).isTrue();
    assertThat(store.has(5, SubjectDecision.TAKEN_BACK)).isTrue();
    assertThat(store.has(5, SubjectDecision.WITHDRAWS)).isTrue();
    assertThat(store.has(6, SubjectDecision.DUPLICATED | SubjectDecision.TAKEN_BACK)).isFalse();
    assertThat(store.has(6, SubjectDecision.WITHDRAWS)).isEqualTo(withdrew);
    assertThat(store.signedTo(5)).isEqualTo(added.get(5).signedTo());
  }

  @Test
  void findsEveryIdThatIsThereTwiceAndTheFirstLineOfEveryId() {
    fill();
    Map<Long, Integer> first = new TreeMap<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      Integer before = first.putIfAbsent(added.get(i).id(), i);
      if (before != null) {
        expected.add(i + " of " + before);
      }
    }
    LongSet wanted = new LongSet();
    List<Integer> firsts = new ArrayList<>();
    for (long id = 0; id < 3_000; id += 3) {
      wanted.add(id);
      Optional.ofNullable(first.get(id)).ifPresent(firsts::add);
    }
    List<String> found = new ArrayList<>();
    List<Integer> foundFirsts = new ArrayList<>();

    new LineIds(store).duplicates((line, before) -> found.add(line + " of " + before));
    new LineIds(store).first(wanted, foundFirsts::add);

    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(1_000);
    assertThat(foundFirsts).containsExactlyInAnyOrderElementsOf(firsts).isSorted();
  }

  @Test
  void aStoreWithoutLinesHasNoIds() {
    new LineIds(store).duplicates((line, before) -> assertThat(line).isNegative());

    assertThat(store.size()).isZero();
    assertThat(store.head(0)).isEqualTo(LineStore.NONE);
  }

  @Test
  void aLineOfAnUnknownPatientHasItsIdAndPlace() {
    int line = store.addOfUnknown(17, Place.of("consents.csv", 9));

    assertThat(store.id(line)).isEqualTo(17);
    assertThat(store.place(line)).hasToString("consents.csv:9");
    assertThat(store.has(line, -1)).isFalse();
    assertThat(store.signedFrom(line)).isEqualTo(ConsentLine.NO_TIME);
  }

  /** There are 28 bits for the place of the words in the pool, and none may get lost. */
  @Test
  void refusesMoreDifferentLinesThanItHasRoomFor() {
    Place place = Place.of("consents.csv", 31_000_000);

    assertThat(LineStore.common((1 << 28) - 1, place)).isEqualTo((1 << 28) - 1);
    assertThatThrownBy(() -> LineStore.common(1 << 28, place))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
              assertThat(refused.problems())
                  .containsExactly(
                      Problem.error(
                          "TOO_MANY_CONSENT_LINES",
                          place,
                          "the consent lines up to here differ in more ways than one run can decide"
                              + " on",
                          "divide the patients among several jobs, each with a source and consent"
                              + " lines of its own"));
            });
  }
}

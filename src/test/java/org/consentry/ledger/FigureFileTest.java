package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the figures of a release, and of the people behind its counts. */
final class FigureFileTest {

  @TempDir Path folder;

  /** One bit a count: eight to a byte. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17})
  void hasWhoIsBehindEachCount(int counts) {
    List<Figure.Key> keys =
        IntStream.range(0, counts).mapToObj(i -> new Figure.Key("t", "G" + i)).toList();
    List<BitSet> sets = IntStream.range(0, counts).mapToObj(FigureFileTest::every).toList();
    KeyedPeople people = people(IntStream.range(0, 40).toArray());

    FigureFile file = write(new FigureFile.Head("run-0", List.of(), keys), sets, people);

    assertThat(file.base()).isEqualTo("run-0");
    Map<Figure.Key, BitSet> found = file.people(people);
    assertThat(found).hasSize(counts);
    for (int count = 0; count < counts; count++) {
      assertThat(found.get(keys.get(count))).isEqualTo(sets.get(count));
    }
  }

  /** A person who is not of the later run has a number behind those of its people. */
  @Test
  void numbersPeopleAsALaterRunDoes() {
    Figure.Key key = new Figure.Key("", "G");
    BitSet all = new BitSet();
    all.set(0, 3);
    FigureFile file =
        write(
            new FigureFile.Head("run-0", List.of(), List.of(key)),
            List.of(all),
            people(new int[] {5, 6, 7}));

    BitSet found = file.people(people(new int[] {9, 7, 8, 6})).getOrDefault(key, new BitSet());

    assertThat(found.cardinality()).isEqualTo(3);
    assertThat(found.get(1)).as("person 7").isTrue();
    assertThat(found.get(3)).as("person 6").isTrue();
    assertThat(found.nextSetBit(4)).as("person 5, who is not there any more").isPositive();
  }

  @Test
  void givesTheDigestOfEachPerson() {
    KeyedPeople people = people(new int[] {5, 6, 7});
    byte[] into = new byte[Membership.DIGEST + 2];

    people.digest(2, into, 1);

    assertThat(into[1]).isEqualTo((byte) (7 * 37));
    assertThat(into[16]).isEqualTo((byte) 7);
    assertThat(into[0] + into[17]).isZero();
  }

  @Test
  void hasTheFiguresAsTheyWereShown() {
    Figure.Key key = new Figure.Key("visits", "G");
    FigureFile.Shown shown = new FigureFile.Shown(key, "40", "2026-01-01", "run-0");

    FigureFile file =
        write(
            new FigureFile.Head("run-0", List.of(shown), List.of()), List.of(), people(new int[0]));

    assertThat(file.of(key)).contains(shown);
    assertThat(file.of(new Figure.Key("visits", "H"))).isEmpty();
  }

  /** The digest is right, so the file was written so by another version or by a mistake. */
  @Test
  void refusesAFileOfAnotherForm() throws IOException {
    Path path = folder.resolve("run-1.figures");
    FigureFile.write(
        path, new FigureFile.Head("run-0", List.of(), List.of()), List.of(), people(new int[0]));
    byte[] whole = Files.readAllBytes(path);
    byte[] otherName = whole.clone();
    otherName[0] ^= 1;
    byte[] noHead = whole.clone();
    noHead[whole.length - 1] = 'x';

    for (byte[] bytes : List.of(otherName, noHead, Arrays.copyOf(whole, 22), new byte[0])) {
      Files.write(path, bytes);
      assertThatThrownBy(() -> FigureFile.read(path, Sha256.hex(bytes)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              thrown -> assertThat(thrown.category()).isEqualTo(Category.VERIFY))
          .hasMessageStartingWith(path + ": error FIGURES the figures that an earlier release");
    }
  }

  @Test
  void reportsAFullDisk() throws IOException {
    Path path = Files.createFile(folder.resolve("file")).resolve("run-1.figures");

    assertThatThrownBy(
            () ->
                FigureFile.write(
                    path,
                    new FigureFile.Head("run-0", List.of(), List.of()),
                    List.of(),
                    people(new int[0])))
        .hasMessage(
            path
                + ": error FIGURES the figures of the release cannot be written to the state"
                + " folder; check free space and permissions of the state folder, then resume the"
                + " run");
  }

  @ParameterizedTest
  @CsvSource({"NOT_PERMITTED, true", "read, false", "excludedTotal, false", "cells zip, false"})
  void aGroupIsNeitherATotalNorAColumn(String what, boolean group) {
    assertThat(new Figure.Key("visits", what).ofGroup()).isEqualTo(group);
  }

  @Test
  void figuresAreFoundByWhatTheyCountInTheOrderOfTables() {
    Figure figure = new Figure("40", StudyReleases.FIRST);
    Figures figures =
        new Figures(
            new TreeMap<>(
                Map.of(
                    new Figure.Key("b", "a"), figure,
                    new Figure.Key("a", "b"), figure,
                    new Figure.Key("a", "a"), figure)));

    assertThat(figures.byKey().keySet())
        .containsExactly(
            new Figure.Key("a", "a"), new Figure.Key("a", "b"), new Figure.Key("b", "a"));
    assertThat(figures.of("a", "b")).isEqualTo(figure);
    assertThatThrownBy(() -> figures.of("a", "c")).hasMessage("no figure of a c");
  }

  private FigureFile write(FigureFile.Head head, List<BitSet> sets, KeyedPeople people) {
    Path path = folder.resolve("run-1.figures");
    return FigureFile.read(path, FigureFile.write(path, head, sets, people));
  }

  /** Every second, third, ... of forty people. */
  private static BitSet every(int count) {
    BitSet set = new BitSet();
    IntStream.range(0, 40).filter(person -> person % (count + 2) == 0).forEach(set::set);
    return set;
  }

  private static KeyedPeople people(int[] persons) {
    return new KeyedPeople(
        new FigureBook.People() {
          @Override
          public int count() {
            return persons.length;
          }

          @Override
          public void digest(int person, byte[] into, int at) {
            into[at] = (byte) (persons[person] * 37);
            into[at + 15] = (byte) persons[person];
          }
        });
  }
}

package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of later releases: people 0 to 99 are read, and some of them are left out. */
final class FigureBookTest {

  private static final String NOT_PERMITTED = "NOT_PERMITTED";
  private static final String NOT_IN_COHORT = "NOT_IN_COHORT";

  @TempDir Path home;

  private StudyReleases study;

  @BeforeEach
  void open() {
    study = new StudyReleases(home);
  }

  @Test
  void aFirstReleaseCountsOnItsDay() {
    Map<Figure.Key, Figure> figures = release(range(0, 44), range(50, 53));

    assertThat(shown(figures, NOT_PERMITTED)).isEqualTo("40 of 2026-01-01");
    assertThat(shown(figures, NOT_IN_COHORT)).isEqualTo("<11 of 2026-01-01");
    assertThat(shown(figures, Figure.Key.READ)).isEqualTo("100 of 2026-01-01");
  }

  @Test
  void aFigureIsRepeatedWithItsDayUntilElevenPeopleMoved() {
    release(range(0, 44), range(50, 53));

    assertThat(shown(release(range(0, 45), range(50, 53)), NOT_PERMITTED))
        .isEqualTo("40 of 2026-01-01");
    assertThat(shown(release(range(0, 50), range(50, 53)), NOT_PERMITTED))
        .isEqualTo("40 of 2026-01-01");
    assertThat(shown(release(range(0, 44, 60, 70), range(50, 53)), NOT_PERMITTED))
        .isEqualTo("40 of 2026-01-01");
    assertThat(shown(release(range(0, 44, 60, 71), range(50, 53)), NOT_PERMITTED))
        .isEqualTo("60 of 2026-01-05");
  }

  /** Six came and six went: the count is the same and twelve moved. */
  @Test
  void whoCameAndWhoWentDoNotCancelOut() {
    release(range(0, 44), range(50, 53));

    Map<Figure.Key, Figure> figures = release(range(6, 44, 60, 66), range(50, 53));

    assertThat(shown(figures, NOT_PERMITTED)).isEqualTo("40 of 2026-01-02");
    assertThat(shown(figures, NOT_IN_COHORT)).isEqualTo("<11 of 2026-01-01");
  }

  /** A figure that is near an earlier one is that one, however far the one between was. */
  @Test
  void differentFiguresOfACountAreNeverFewPeopleApart() {
    release(range(0, 44), range());
    release(range(0, 64), range());

    assertThat(shown(release(range(0, 45), range()), NOT_PERMITTED)).isEqualTo("40 of 2026-01-01");
  }

  /** Of ten and then one who moved, the last would otherwise be known as the eleventh. */
  @Test
  void nothingIsCountedAgainBeforeElevenPeopleMovedAltogether() {
    release(range(0, 30), range(50, 70));
    release(range(0, 38), range(50, 73));

    Map<Figure.Key, Figure> figures = release(range(0, 38, 80, 83), range(50, 73));

    assertThat(shown(figures, NOT_PERMITTED)).isEqualTo("30 of 2026-01-01");

    Map<Figure.Key, Figure> eleven = release(range(0, 50), range(50, 73));
    assertThat(shown(eleven, NOT_PERMITTED)).isEqualTo("50 of 2026-01-04");
    assertThat(shown(eleven, NOT_IN_COHORT)).isEqualTo("20 of 2026-01-01");
    assertThat(shown(release(range(0, 50), range(50, 81)), NOT_IN_COHORT))
        .as("eleven since it was counted, eight since the last count")
        .isEqualTo("20 of 2026-01-01");
  }

  /** The sum of the rows of twelve, of whom eleven are in the group, reveals who is not. */
  @Test
  void figuresOfRowsWaitWhileFewPeopleMovedInOneGroup() {
    release(range(0, 20), range(50, 70));

    Map<Figure.Key, Figure> twelve = release(range(0, 31), range(50, 71));
    assertThat(shown(twelve, "", NOT_PERMITTED)).isEqualTo("30 of 2026-01-02");
    assertThat(shown(twelve, "visits", NOT_PERMITTED)).isEqualTo("60 of 2026-01-01");

    Map<Figure.Key, Figure> many = release(range(0, 44), range(50, 81));
    assertThat(shown(many, "visits", NOT_PERMITTED)).isEqualTo("130 of 2026-01-03");
  }

  @Test
  void fewPeopleHideTheirRowsHoweverMany() {
    Map<Figure.Key, Figure> figures = release(range(0, 10), range());

    assertThat(shown(figures, "visits", NOT_PERMITTED)).isEqualTo("<11 of 2026-01-01");
  }

  @Test
  void anotherStudyHasItsOwnFigures() {
    release(range(0, 44), range());
    study.of("another study");

    assertThat(shown(release(range(0, 45), range()), NOT_PERMITTED)).isEqualTo("50 of 2026-01-02");
  }

  /** The state folder does not have the figures of a release that another one made. */
  @Test
  void anAdoptedReleaseHasNoFiguresToCompareWith(@TempDir Path other) {
    StateFolder state = new StateFolder(other);
    state.prepare();
    Ledger.open(state, () -> Instant.parse("2026-01-01T00:00:00Z"))
        .append(
            Instant.parse("2026-01-01T00:00:00Z"),
            new LedgerEvent(LedgerEntry.Kind.ADOPTED, "run-0", "job", "S-1", Map.of()));
    study = new StudyReleases(other);

    Memberships memberships = new Memberships(state, Ledger.read(state));
    assertThat(FigureBook.notCompared(memberships, "S-1"))
        .hasValueSatisfying(
            warning ->
                assertThat(warning.message()).startsWith("the study has 1 adopted release, and"));
    assertThat(FigureBook.notCompared(memberships, "S-2")).isEmpty();
    assertThat(shown(release(range(0, 44), range()), NOT_PERMITTED)).isEqualTo("40 of 2026-01-01");
  }

  /** What was sealed and never published was shown to no recipient. */
  @Test
  void aReleaseThatWasNotPublishedCountsForNothing() {
    study.choose("run-0", people(range(0, 44), range()));

    assertThat(shown(release(range(0, 45), range()), NOT_PERMITTED)).isEqualTo("50 of 2026-01-01");
  }

  @Test
  void refusesToCountWhenTheFiguresOfAnEarlierReleaseAreLostOrChanged() throws IOException {
    release(range(0, 44), range());
    Path file = new StateFolder(home).figures("run-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertRefused(file);
    Files.delete(file);
    assertRefused(file);
  }

  private void assertRefused(Path file) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> study.choose("run-2", people(range(0, 44), range())));
    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    assertThat(refused.problems().get(0).toString())
        .contains(file.toString())
        .contains("the figures that an earlier release showed are missing or are not those of the")
        .contains("restore the file from a backup of the state folder");
  }

  /** What is stored is under the ledger's key: no number of a person, no id. */
  @Test
  void theFileNamesNoPerson() throws IOException {
    release(range(0, 44), range());

    byte[] file = Files.readAllBytes(new StateFolder(home).figures("run-1"));
    for (int person = 0; person < 100; person++) {
      assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain(StudyReleases.id(person));
    }
  }

  private Map<Figure.Key, Figure> release(BitSet notPermitted, BitSet notInCohort) {
    return study.publish(people(notPermitted, notInCohort));
  }

  private static StudyReleases.World people(BitSet notPermitted, BitSet notInCohort) {
    return new StudyReleases.World(
        IntStream.range(0, 100).boxed().toList(),
        Map.of(NOT_PERMITTED, notPermitted, NOT_IN_COHORT, notInCohort),
        person -> 3);
  }

  private static String shown(Map<Figure.Key, Figure> figures, String what) {
    return shown(figures, "", what);
  }

  private static String shown(Map<Figure.Key, Figure> figures, String table, String what) {
    Figure figure =
        figures.getOrDefault(new Figure.Key(table, what), new Figure("0", StudyReleases.FIRST));
    return figure.shown() + " of " + figure.countedOn();
  }

  /** The numbers from one to before another, and so on. */
  private static BitSet range(int... ends) {
    BitSet set = new BitSet();
    for (int i = 0; i < ends.length; i += 2) {
      set.set(ends[i], ends[i + 1]);
    }
    return set;
  }
}

package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.consentry.data.BirthForm;
import org.consentry.data.BirthRange;
import org.consentry.data.ClinicDates;
import org.consentry.data.PlausibleDays;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.SourceCalendar;
import org.consentry.data.SubjectIndex;
import org.consentry.plan.Births;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.DecidePlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

  private static final int UNKNOWN = SubjectIndex.UNKNOWN_DAY;
  private static final SourceCalendar REAL = SourceCalendar.usual(LocalDate.of(2026, 11, 1));
  private static final SourceCalendar MOVED =
      new SourceCalendar(
          new PlausibleDays(
              LocalDate.of(2100, 1, 1).toEpochDay(), LocalDate.of(2210, 12, 31).toEpochDay()),
          SourceCalendar.Kind.MOVED);
  private static final List<String> COLUMNS = List.of("born", "patient", "died");

  @Test
  void numbersPersonsInTheOrderOfTheirRows() {
    Subjects subjects = read(row("P-2", "1960-02-29", ""), row("p-1", "1931-01-01", "2020-12-31"));

    assertThat(ids(subjects)).containsExactly("P-2", "P-1");
    assertThat(subjects.births().last()).containsExactly(day("1960-02-29"), day("1931-01-01"));
    assertThat(subjects.deathDays()).containsExactly(SubjectIndex.UNKNOWN_DAY, day("2020-12-31"));
    assertThat(subjects.ambiguous().isEmpty()).isTrue();
  }

  @Test
  void callsAPersonAmbiguousWhomTwoRowsDescribe() {
    Subjects subjects =
        read(row("P-1", "1960-01-01", ""), row("P-2", "", ""), row("P-1", "1970-01-01", ""));

    assertThat(ids(subjects)).containsExactly("P-1", "P-2");
    assertThat(subjects.ambiguous().stream()).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"é-1", " É-1", "E\u0301-1", "e\u0301-1\t", "\u2003É-1"})
  void callsAPersonAmbiguousWhereRawIdsMeet(String other) {
    Subjects subjects = read(row("P-0", "", ""), row("É-1", "", ""), row(other, "", ""));

    assertThat(subjects.keys().size()).isEqualTo(2);
    assertThat(subjects.ambiguous().stream()).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1960-02-30", "1961-02-29", "1960-00-01", "0060-01-01", "01/02/1960", "born"})
  void knowsNoDayThatIsImpossible(String born) {
    Subjects subjects = read(row("P-1", born, born));

    assertThat(subjects.births().last()).containsExactly(SubjectIndex.UNKNOWN_DAY);
    assertThat(subjects.deathDays()).containsExactly(SubjectIndex.UNKNOWN_DAY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u2003", "\t "})
  void makesNoPersonOfABlankId(String blank) {
    Subjects subjects = read(row("P-1", "", ""), row(blank, "", ""), row(blank, "", ""));

    assertThat(ids(subjects)).containsExactly("P-1");
    assertThat(subjects.ambiguous().isEmpty()).isTrue();
  }

  @Test
  void doesNotDependOnHowTheTableIsCut() {
    List<List<String>> rows =
        IntStream.range(0, 3_000)
            .mapToObj(i -> row("P-" + i % 2_900, LocalDate.ofEpochDay(i).toString(), ""))
            .toList();
    MemoryTable table = MemoryTable.of("patients", COLUMNS, rows);

    Subjects whole = read(table);
    Subjects pieces = read(table.cut(70, 3));

    assertThat(whole.keys().size()).isEqualTo(2_900);
    assertThat(whole.births().last()).isEqualTo(IntStream.range(0, 2_900).toArray());
    assertThat(whole.ambiguous().stream()).containsExactlyElementsOf(numbers(0, 100));
    assertThat(ids(pieces)).isEqualTo(ids(whole));
    assertThat(pieces.births().last()).isEqualTo(whole.births().last());
    assertThat(pieces.ambiguous()).isEqualTo(whole.ambiguous());
  }

  @Test
  void toleratesNoRowThatCannotBeRead() {
    List<Rejection> bad = new ArrayList<>();
    for (int line = 10; line < 35; line++) {
      bad.add(new Rejection(RejectReason.RAGGED, line));
    }
    MemoryTable table =
        MemoryTable.of("patients", COLUMNS, List.of(row("P-1", "", ""))).rejecting(bad);

    assertThatThrownBy(() -> read(table))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            String.join(
                    "\n",
                    IntStream.range(10, 30)
                        .mapToObj(
                            line ->
                                "patients.csv:"
                                    + line
                                    + ": error SUBJECT_ROW a row of the subjects table cannot be"
                                    + " used: RAGGED; repair it: rows of the subjects table are"
                                    + " never tolerated")
                        .toList())
                + "\npatients.csv: error SUBJECT_ROW 25 lines have this problem, the first 20 are"
                + " listed")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void reportsTheLinesOfBirthDatesThatCannotBeReadAndNothingElseOfThem() {
    Subjects subjects =
        read(
            row("P-1", "1960-01-01", ""),
            row("P-2", "", ""),
            row("P-3", "1/2/1960", ""),
            row("P-4", "0001-01-01", "x"),
            row("P-5", "1960-02-30", ""));

    assertThat(subjects.reported().listed())
        .extracting(Problem::toString)
        .containsExactly(
            unreadable(4),
            unreadable(5),
            "patients.csv:5: warning DEATH_DATE_UNREADABLE the death date cannot be read, so that"
                + " it counts as missing; write it as yyyy-MM-dd",
            unreadable(6));
    assertThat(subjects.reported().counts())
        .isEqualTo(Map.of("BIRTH_DATE_UNREADABLE", 3L, "DEATH_DATE_UNREADABLE", 1L));
  }

  private static String unreadable(int line) {
    return "patients.csv:"
        + line
        + ": warning BIRTH_DATE_UNREADABLE the birth date cannot be read, so that no permit of the"
        + " patient counts; write it as yyyy-MM-dd, with a year from 1000 to 9999";
  }

  @Test
  void showsNoPatient() {
    assertThat(read(row("P-1", "1960-01-01", ""))).hasToString("Subjects[1]");
  }

  @Test
  void readsBirthYearsAsAllTheirDays() {
    Subjects subjects =
        read(
            BirthForm.YEAR,
            REAL,
            OptionalInt.empty(),
            row("P-1", "1960", ""),
            row("P-2", " 1975-06-01", ""),
            row("P-3", "60", ""),
            row("P-4", "", ""),
            row("P-5", "19600", ""));

    assertThat(subjects.births().first())
        .containsExactly(day("1960-01-01"), day("1975-01-01"), UNKNOWN, UNKNOWN, UNKNOWN);
    assertThat(subjects.births().last())
        .containsExactly(day("1960-12-31"), day("1975-12-31"), UNKNOWN, UNKNOWN, UNKNOWN);
    assertThat(subjects.signers().last()).isEqualTo(subjects.births().last());
    assertThat(subjects.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "patients.csv:4: warning BIRTH_DATE_UNREADABLE the birth year cannot be read, so that"
                + " no permit of the patient counts; write it as yyyy, from 1000 to 9999",
            "patients.csv:6: warning BIRTH_DATE_UNREADABLE the birth year cannot be read, so that"
                + " no permit of the patient counts; write it as yyyy, from 1000 to 9999");
  }

  @Test
  void readsAnAgeInAYearAsTheDaysOfTwoYearsAndOver89AsAtLeast90() {
    Subjects subjects =
        read(
            BirthForm.AGE,
            MOVED,
            OptionalInt.of(21),
            row("P-1", "50", "2150"),
            row("P-2", "91", "2150"),
            row("P-3", "15", "2150"),
            row("P-4", "151", "2150"),
            row("P-5", "50", ""),
            row("P-6", "-1", "2150"));

    assertThat(subjects.births().first())
        .containsExactly(
            day("2099-01-01"), BirthRange.OPEN, day("2134-01-01"), UNKNOWN, UNKNOWN, UNKNOWN);
    assertThat(subjects.births().last())
        .containsExactly(
            day("2100-12-31"), day("2060-12-31"), day("2135-12-31"), UNKNOWN, UNKNOWN, UNKNOWN);
    assertThat(subjects.signers().last())
        .containsExactly(
            BirthRange.OF_AGE, BirthRange.OF_AGE, BirthRange.MINOR, UNKNOWN, UNKNOWN, UNKNOWN);
    assertThat(subjects.reported().counts())
        .isEqualTo(Map.of("ADULTS_ONLY_CONTRADICTED", 1L, "BIRTH_DATE_UNREADABLE", 3L));
  }

  @Test
  void takesAllForAdultsByStatementWhereTheSourceShowsNoBirth() {
    Subjects subjects = read(BirthForm.NONE, REAL, OptionalInt.of(21), row("P-1", "", ""));

    assertThat(subjects.births().last()).containsExactly(UNKNOWN);
    assertThat(subjects.signers().last()).containsExactly(BirthRange.OF_AGE);
  }

  @SafeVarargs
  private static Subjects read(
      BirthForm form, SourceCalendar calendar, OptionalInt adultsOnly, List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    MemoryTable table = MemoryTable.of("patients", COLUMNS, all);
    List<Integer> columns =
        switch (form) {
          case NONE -> List.of();
          case DATE, YEAR -> List.of(0);
          case AGE -> List.of(0, 2);
        };
    Births births = new Births(form, columns, calendar, adultsOnly, List.of());
    DecidePlan plan =
        new DecidePlan(
            table,
            1,
            births,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            ClinicDates.NO_ZONE,
            ConsentForm.USUAL);
    return Subjects.read(plan, table.splits());
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static List<String> row(String id, String born, String died) {
    return List.of(born, id, died);
  }

  @SafeVarargs
  private static Subjects read(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return read(MemoryTable.of("patients", COLUMNS, all));
  }

  private static Subjects read(MemoryTable table) {
    DecidePlan plan =
        new DecidePlan(
            table,
            1,
            Births.dates(0, REAL),
            Optional.of(2),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            ClinicDates.NO_ZONE,
            ConsentForm.USUAL);
    return Subjects.read(plan, table.splits());
  }

  private static List<String> ids(Subjects subjects) {
    return IntStream.range(0, subjects.keys().size())
        .mapToObj(number -> new String(subjects.keys().key(number), StandardCharsets.UTF_8))
        .toList();
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}

package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Inline;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How single values and lists are read: strictly, and never as YAML would guess. */
final class ScalarValuesTest {

  record Whole(int value) {}

  record Long64(long value) {}

  record Fraction(double value) {}

  record Character16(char value) {}

  record Text(String value) {}

  record Day(LocalDate value) {}

  record File(Path value) {}

  enum Mode {
    PLAIN,
    VERY_FAST
  }

  record Choice(Mode value) {}

  record Lists(
      @MayBeEmpty List<String> maybe,
      @OneOrMany List<String> one,
      Map<String, Integer> numbers,
      @Key("for") Optional<String> purpose,
      @Default("very-fast") Mode mode) {}

  @Inline
  record Name(String text, Place place) {}

  record Named(Name value) {}

  private static <T extends Record> Optional<T> bind(
      String text, Class<T> type, Problems problems) {
    return YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "a.yaml", problems)
        .flatMap(yaml -> Binder.bind(yaml.root(), type, problems));
  }

  private static <T extends Record> T bound(String text, Class<T> type) {
    Problems problems = new Problems();
    Optional<T> bound = bind(text, type, problems);
    assertThat(problems.list()).isEmpty();
    return bound.orElseThrow();
  }

  private static <T extends Record> void refuses(String value, Class<T> type, String expected) {
    Problems problems = new Problems();
    assertThat(bind("value: " + value + "\n", type, problems)).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("expected " + expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void readsWholeNumbers(int value) {
    assertThat(bound("value: " + value + "\n", Whole.class).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "01",
        "+1",
        "1_000",
        "0x1",
        "0o7",
        "1e3",
        "2147483648",
        "-0",
        "\"1\"",
        ".inf",
        "a"
      })
  void refusesWhatIsNoWholeNumber(String written) {
    refuses(written, Whole.class, "a whole number");
  }

  @ParameterizedTest
  @ValueSource(longs = {2_147_483_648L, -999_999_999_999_999_999L})
  void readsLargeWholeNumbers(long value) {
    assertThat(bound("value: " + value + "\n", Long64.class).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0.5", "-1.25, -1.25", "10, 10"})
  void readsNumbers(String written, double value) {
    assertThat(bound("value: " + written + "\n", Fraction.class).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {".5", "1.", "1e3", "NaN", ".nan", "1,5", "'0.5'", "00.5"})
  void refusesWhatIsNoNumber(String written) {
    refuses(written, Fraction.class, "a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01", "2024-02-29", "'2024-02-29'", "0001-01-01"})
  void readsDates(String written) {
    assertThat(bound("value: " + written + "\n", Day.class).value())
        .isEqualTo(LocalDate.parse(written.replace("'", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "2024-2-9",
        "24-02-09",
        "2024-02-09T00:00",
        "+12024-01-01",
        "02/09/2024",
        "today"
      })
  void refusesWhatIsNoDate(String written) {
    refuses(written, Day.class, "a date such as 2026-01-31");
  }

  @ParameterizedTest
  @CsvSource({"no, no", "~x, ~x", "007, 007", "1.10, 1.10", "'\" a \"', ' a '", "null x, null x"})
  void readsTextsAsTheyAreWritten(String written, String value) {
    assertThat(bound("value: " + written + "\n", Text.class).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'  '", "[a]", "{a: b}"})
  void refusesWhatIsNoText(String written) {
    refuses(written, Text.class, "a text");
  }

  @Test
  void readsASingleCharacter() {
    assertThat(bound("value: '\"'\n", Character16.class).value()).isEqualTo('"');
    assertThat(bound("value: 1\n", Character16.class).value()).isEqualTo('1');
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "''", "🙂"})
  void refusesMoreOrLessThanACharacter(String written) {
    refuses(written, Character16.class, "a single character");
  }

  @Test
  void readsPaths() {
    assertThat(bound("value: ../a/b.csv\n", File.class).value()).isEqualTo(Path.of("../a/b.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"' '", "\"a\\0b\""})
  void refusesWhatIsNoPath(String written) {
    refuses(written, File.class, "a path");
  }

  @Test
  void readsWordsInLowerCaseWithDashes() {
    assertThat(bound("value: very-fast\n", Choice.class).value()).isEqualTo(Mode.VERY_FAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERY_FAST", "very_fast", "Plain", "fast"})
  void refusesOtherWords(String written) {
    refuses(written, Choice.class, "one of plain, very-fast");
  }

  @Test
  void readsListsAndMaps() {
    Lists lists =
        bound("one: [a, b]\nnumbers: {x: 1, y: 2}\nfor: good\nmode: plain\n", Lists.class);

    assertThat(lists)
        .isEqualTo(
            new Lists(
                List.of(),
                List.of("a", "b"),
                Map.of("x", 1, "y", 2),
                Optional.of("good"),
                Mode.PLAIN));
  }

  @Test
  void oneItemNeedsNoBracketsWhereOneIsUsual() {
    assertThat(bound("one: a\nnumbers: {x: 1}\n", Lists.class).one()).containsExactly("a");
  }

  @Test
  void anEmptyListIsAllowedWhereItIsMarkedSo() {
    assertThat(bound("one: a\nnumbers: {x: 1}\nmaybe: []\n", Lists.class).maybe()).isEmpty();
    assertThat(bound("one: a\nnumbers: {x: 1}\nmaybe:\n", Lists.class).maybe()).isEmpty();
  }

  @Test
  void anEmptyListIsRefusedElsewhere() {
    Problems problems = new Problems();

    assertThat(bind("one: []\nnumbers: {}\n", Lists.class, problems)).isEmpty();

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "a.yaml:1:6: error EMPTY_LIST the list is empty; name at least one",
            "a.yaml:2:10: error EMPTY_LIST the mapping is empty; name at least one");
  }

  @Test
  void everyWrongItemOfAListIsFound() {
    Problems problems = new Problems();

    assertThat(bind("one: [a, [b], '']\nnumbers: {x: one, y: 2, z: 3.5}\n", Lists.class, problems))
        .isEmpty();

    assertThat(problems.list())
        .extracting(problem -> problem.place().line() + ":" + problem.place().column())
        .containsExactly("1:10", "1:15", "2:14", "2:28");
  }

  @Test
  void theOrderOfAMapIsThatOfTheFile() {
    assertThat(bound("one: a\nnumbers: {z: 1, a: 2, m: 3}\n", Lists.class).numbers().keySet())
        .containsExactly("z", "a", "m");
  }

  @Test
  void aDefaultIsTakenWhereTheKeyIsAbsent() {
    assertThat(bound("one: a\nnumbers: {x: 1}\n", Lists.class).mode()).isEqualTo(Mode.VERY_FAST);
  }

  @Test
  void anInlineRecordIsWrittenAsItsValueAndKnowsThePlaceOfItsKey() {
    Name name = bound("value: Ann\n", Named.class).value();

    assertThat(name.text()).isEqualTo("Ann");
    assertThat(name.place()).isEqualTo(new Place("a.yaml", 1, 1));
  }
}

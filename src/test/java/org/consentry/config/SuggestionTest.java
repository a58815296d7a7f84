package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which word is suggested for a wrong one, and which words of a file a message repeats. */
final class SuggestionTest {

  private static final List<String> KNOWN =
      List.of("role", "do", "type", "onInvalid", "category", "acknowledge");

  @ParameterizedTest
  @CsvSource({
    "rol, role",
    "roles, role",
    "rule, role",
    "orle, role",
    "ROLE, role",
    "od, do",
    "d, do",
    "on-invalid, onInvalid",
    "oninvald, onInvalid",
    "catgeory, category",
    "kategorie, category",
    "acknowlegde, acknowledge",
    "aknowlege, acknowledge"
  })
  void suggestsAWordWithFewMistakes(String word, String meant) {
    assertThat(Suggestion.nearest(word, KNOWN)).contains(meant);
    assertThat(Suggestion.hint(word, KNOWN)).isEqualTo("did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "x", "tipo", "categories of all", ""})
  void suggestsNothingThatIsFar(String word) {
    assertThat(Suggestion.nearest(word, List.of("role", "typical", "category", "onInvalid")))
        .isEmpty();
  }

  @Test
  void suggestsTheFirstOfTwoThatAreEquallyNear() {
    assertThat(Suggestion.nearest("tope", List.of("type", "tape", "tope2"))).contains("type");
    assertThat(Suggestion.nearest("tope", List.of("tape", "type"))).contains("tape");
  }

  @Test
  void suggestsTheNearerOfTwo() {
    assertThat(Suggestion.nearest("visits", List.of("visit", "visits_old", "visit_s")))
        .contains("visit");
  }

  @Test
  void listsWhatThereIsWhereNothingIsNear() {
    assertThat(Suggestion.hint("zip", List.of("role", "do"))).isEqualTo("one of: role, do");
    assertThat(Suggestion.hint("zip", List.of())).isEqualTo("remove it");
  }

  @Test
  void listsTwentyWordsAtMost() {
    List<String> many = IntStream.range(0, 25).mapToObj(i -> "column" + i).toList();

    assertThat(Suggestion.hint("zip", many))
        .startsWith("one of: column0, column1, ")
        .endsWith("column19, ... (25 in all)");
  }

  @Test
  void checksAWordOfACatalogue() {
    Problems problems = new Problems();
    Place place = new Place("job.yaml", 6, 9);

    Suggestion.check(
        "target", new WithPlace<>("safe-harbor", place), List.of("safe-harbor"), problems);
    Suggestion.check(
        "target", new WithPlace<>("save-harbor", place), List.of("safe-harbor"), problems);

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "job.yaml:6:9: error UNKNOWN_WORD there is no target 'save-harbor'; did you mean"
                + " 'safe-harbor'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "visit_id",
        "H02.4",
        "a, b",
        "data/visits.csv",
        "Größe",
        "decimal(9,2)",
        "2026-014"
      })
  void repeatsAPlainWord(String word) {
    assertThat(SafeWord.word(word)).isEqualTo("'" + word + "'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "jane@clinic.example, 19",
        "a'b, 3",
        "c2VjcmV0=, 9",
        "1%, 2",
        "`a\nb`, 3",
        "`a\tb`, 3",
        "🙂, 1",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddX, 41"
      })
  void describesAWordThatMayBeASecretOrAPerson(String word, int characters) {
    assertThat(SafeWord.word(word)).isEqualTo("a text of " + characters + " characters");
  }

  @Test
  void namesATextThatIsEmpty() {
    assertThat(SafeWord.word("")).isEqualTo("an empty text");
  }
}

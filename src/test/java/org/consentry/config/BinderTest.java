package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.Binding.ReservedWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

class BinderTest {

  @ReservedWords("turbo")
  enum Color {
    RED,
    DARK_BLUE
  }

  @Doc("yea or nay")
  record Vote(int value) {
    static Optional<Vote> parse(String word) {
      return word.equals("yea")
          ? Optional.of(new Vote(1))
          : Optional.of(new Vote(0)).filter(no -> word.equals("nay"));
    }
  }

  record Wheel(int size, @Default("red") Color color, Place place) {
    Wheel {
      if (size < 1) {
        throw new IllegalArgumentException("size must be at least 1 but was " + size);
      }
    }
  }

  @ReservedWords({"engine", "wings"})
  record Cart(
      @Doc("what it is called") String name,
      Optional<LocalDate> builtOn,
      @OneOrMany List<Wheel> wheels,
      Map<String, @OneOrMany List<String>> notes,
      @MayBeEmpty List<Path> manuals,
      Optional<Vote> vote,
      @Default("0.5") double load,
      @Key("do") Optional<WithPlace<String>> action) {}

  record Tool(String use, @RemainingKeys Node.Mapping settings) {}

  record Saw(int teeth) {}

  private static Node.Mapping yaml(String text) {
    return YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "a.yaml", new Problems())
        .orElseThrow()
        .root();
  }

  private static <T extends Record> List<String> problems(String text, Class<T> type) {
    Problems problems = new Problems();
    assertThat(Binder.bind(yaml(text), type, problems)).isEmpty();
    return problems.list().stream().map(Problem::toString).toList();
  }

  @Test
  void bindsEveryKindOfComponent() {
    String text =
        """
        name: 2026-014
        builtOn: 2026-02-01
        wheels: {size: 3}
        notes: {a: no, b: [1, "x"]}
        manuals: [../a.pdf]
        vote: nay
        do: drive
        """;

    Cart cart = Binder.bind(yaml(text), Cart.class, new Problems()).orElseThrow();

    assertThat(cart)
        .isEqualTo(
            new Cart(
                "2026-014",
                Optional.of(LocalDate.of(2026, 2, 1)),
                List.of(new Wheel(3, Color.RED, new Place("a.yaml", 3, 1))),
                Map.of("a", List.of("no"), "b", List.of("1", "x")),
                List.of(Path.of("../a.pdf")),
                Optional.of(new Vote(0)),
                0.5,
                Optional.of(new WithPlace<>("drive", new Place("a.yaml", 7, 5)))));
  }

  @Test
  void findsEveryMistakeInOnePass() {
    String text =
        """
        nmae: x
        builtOn: 2026-02-30
        wheels:
          - {size: 0}
          - {size: "3", color: dark_blue}
          - {color: turbo}
          - 4
        notes: {}
        manuals: yes
        vote: maybe
        load: heavy
        do:
        wings: 2
        """;

    assertThat(problems(text, Cart.class))
        .containsExactly(
            "a.yaml:1:1: error UNKNOWN_KEY unknown key 'nmae'; did you mean 'name'?",
            "a.yaml:13:1: error NOT_IMPLEMENTED 'wings' is not implemented in this version; remove"
                + " it; nothing would be done",
            "a.yaml:2:10: error WRONG_TYPE expected a date such as 2026-01-31 but found"
                + " '2026-02-30'",
            "a.yaml:4:12: error INVALID_VALUE size must be at least 1 but was 0",
            "a.yaml:5:12: error WRONG_TYPE expected a whole number but found '3'; remove the"
                + " quotes",
            "a.yaml:5:24: error UNKNOWN_WORD expected one of red, dark-blue but found 'dark_blue';"
                + " did you mean 'dark-blue'?",
            "a.yaml:6:5: error MISSING_KEY the key 'size' is missing",
            "a.yaml:6:13: error NOT_IMPLEMENTED 'turbo' is not implemented in this version; remove"
                + " it; nothing would be done",
            "a.yaml:7:5: error WRONG_TYPE expected a mapping with the keys size, color but found a"
                + " single value",
            "a.yaml:8:8: error EMPTY_LIST the mapping is empty; name at least one",
            "a.yaml:9:10: error WRONG_TYPE expected a list, such as [a, b] but found a single"
                + " value",
            "a.yaml:10:7: error WRONG_TYPE expected yea or nay",
            "a.yaml:11:7: error WRONG_TYPE expected a number but found 'heavy'",
            "a.yaml:12:1: error MISSING_VALUE the key 'do' has no value; write one, or remove the"
                + " key");
  }

  @Test
  void neverShowsALongOrUnusualText() {
    assertThat(problems("teeth: \"-----BEGIN KEY-----\\nabc\"\n", Saw.class))
        .containsExactly(
            "a.yaml:1:8: error WRONG_TYPE expected a whole number but found a text of 23"
                + " characters; remove the quotes");
  }

  @Test
  void leavesRemainingKeysWithTheirPlaces() {
    Tool tool =
        Binder.bind(yaml("use: saw\nteeth: many\n"), Tool.class, new Problems()).orElseThrow();
    Problems problems = new Problems();

    Optional<Saw> saw = Binder.bind(tool.settings(), Saw.class, problems);

    assertThat(tool.use()).isEqualTo("saw");
    assertThat(saw).isEmpty();
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly("a.yaml:2:8: error WRONG_TYPE expected a whole number but found 'many'");
  }

  @Test
  void suggestsTheNearestWord() {
    List<String> known = List.of("role", "do", "type", "onInvalid");

    assertThat(Suggestion.nearest("rloe", known)).contains("role");
    assertThat(Suggestion.nearest("on-invalid", known)).contains("onInvalid");
    assertThat(Suggestion.nearest("TYPE", known)).contains("type");
    assertThat(Suggestion.nearest("zip", known)).isEmpty();
    assertThat(Suggestion.hint("zip", known)).isEqualTo("one of: role, do, type, onInvalid");
  }
}

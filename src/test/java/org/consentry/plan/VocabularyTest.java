package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.config.Node;
import org.consentry.config.YamlFile;
import org.consentry.consent.PurposeOfUse;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person who writes a wrong word reads at its place which words are allowed. A job and a mapping
 * have every key of the schemas that takes words of a closed list; each is damaged in turn.
 */
final class VocabularyTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Path SAMPLE = Path.of("src/test/resources/vocabulary");
  private static final String WRONG = "qqq";

  /** Closed lists that the schemas do not have, by the key of their words. */
  private static final Map<String, List<String>> OTHERS =
      Map.ofEntries(
          Map.entry("do", List.of("one of: ")),
          Map.entry("type", List.of("text, code, integer, decimal(p,s)")),
          Map.entry("zone", List.of("IANA time zone database", "America/Phoenix")),
          Map.entry("country", List.of("ISO 3166-1", "US", "CA")),
          Map.entry("purpose", List.of("HRESCH", "CLINTRCH", "TREAT", "consent.md")),
          Map.entry("format", List.of("yyyy, M, MM", "iso, excel", "epoch-seconds")),
          Map.entry("decision", List.of("PERMIT, DENY, WITHDRAW")),
          Map.entry("tables", List.of("patients, visits")),
          Map.entry("table", List.of("patients, visits")),
          Map.entry("identity", List.of("patients.sex, patients.zip3")),
          Map.entry("column", List.of("visits.kind")),
          Map.entry("key", List.of("pid")),
          Map.entry("recordDate", List.of("day, kind")),
          Map.entry("dateColumn", List.of("day, kind")),
          Map.entry("code", List.of("RISK_SMALL_K")),
          Map.entry("study", List.of("file:", "env:", "exec:")),
          Map.entry("signing", List.of("file:", "env:", "exec:")));

  private static final Set<String> KEYWORDS =
      Set.of(
          "items",
          "properties",
          "anyOf",
          "oneOf",
          "allOf",
          "$defs",
          "additionalProperties",
          "if",
          "then",
          "else");

  @TempDir static Path folder;

  private static Map<String, Set<Set<String>>> schemas = Map.of();

  /**
   * A word of a sample.
   *
   * @param keys that lead to it
   * @param line its line, from 1
   * @param column its column, from 1
   * @param length how many characters it has in the file
   */
  record Word(String file, List<String> keys, String text, int line, int column, int length) {

    String key() {
      return keys.get(keys.size() - 1);
    }

    @Override
    public String toString() {
      return file + " " + String.join(".", keys) + ": " + text;
    }
  }

  @BeforeAll
  static void read() throws IOException {
    Map<String, Set<Set<String>>> found = new TreeMap<>();
    for (String schema : List.of(Schemas.job(), Schemas.mapping())) {
      collect("", JsonMapper.shared().readTree(schema), found);
    }
    schemas = found;
    for (String name :
        List.of(
            "job.yaml", "map.yaml", "consents.csv", "clinic/patients.csv", "clinic/visits.csv")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.copy(SAMPLE.resolve(name), folder.resolve(name));
    }
  }

  /** The lists of every property. */
  private static void collect(String name, JsonNode node, Map<String, Set<Set<String>>> found) {
    if (node.has("enum")) {
      Set<String> words = new LinkedHashSet<>();
      node.get("enum").forEach(word -> words.add(word.asString()));
      found.computeIfAbsent(name, none -> new HashSet<>()).add(words);
    }
    node.properties()
        .forEach(
            entry -> {
              boolean isKeyword = KEYWORDS.contains(entry.getKey());
              collect(isKeyword ? name : entry.getKey(), entry.getValue(), found);
            });
    if (node.isArray()) {
      node.forEach(item -> collect(name, item, found));
    }
  }

  static List<Word> words() throws IOException {
    List<Word> words = new ArrayList<>();
    for (String file : List.of("job.yaml", "map.yaml")) {
      YamlFile.readPartly(SAMPLE.resolve(file), file, new Problems())
          .ifPresent(yaml -> add(file, List.of(), yaml.root(), words));
    }
    return words;
  }

  private static void add(String file, List<String> keys, Node node, List<Word> words) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        List<String> longer = new ArrayList<>(keys);
        longer.add(entry.key());
        add(file, longer, entry.value(), words);
      }
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> add(file, keys, item, words));
    } else if (node instanceof Node.Scalar scalar) {
      int quotes = scalar.style() == Node.Scalar.Style.QUOTED ? 2 : 0;
      Place place = scalar.place();
      words.add(
          new Word(
              file,
              keys,
              scalar.text(),
              Math.toIntExact(place.line()),
              Math.toIntExact(place.column()),
              scalar.text().length() + quotes));
    }
  }

  static Stream<Word> closed() throws IOException {
    read(schemas.isEmpty());
    return words().stream().filter(word -> !allowed(word).isEmpty());
  }

  private static void read(boolean isNeeded) throws IOException {
    if (isNeeded) {
      read();
    }
  }

  /** The words that its place takes; empty where it takes any. */
  private static Set<String> allowed(Word word) {
    Set<String> allowed = new LinkedHashSet<>();
    schemas.getOrDefault(word.key(), Set.of()).stream()
        .filter(list -> list.contains(word.text()))
        .forEach(allowed::addAll);
    String key = word.key().equals("ja") ? "decision" : word.key();
    if (allowed.isEmpty()) {
      allowed.addAll(OTHERS.getOrDefault(key, List.of()));
    }
    if (key.equals("do")) {
      allowed.add(word.text());
    }
    return allowed;
  }

  @ParameterizedTest
  @MethodSource("closed")
  void aRefusedWordIsAnsweredWithTheWordsAllowed(Word word) throws IOException {
    String text = Files.readString(SAMPLE.resolve(word.file()));
    Files.writeString(folder.resolve(word.file()), damaged(text, word));
    List<Problem> found;
    try {
      found = Planner.check(folder.resolve("job.yaml"), TODAY);
    } finally {
      Files.writeString(folder.resolve(word.file()), text);
    }

    List<String> here =
        found.stream()
            .filter(problem -> problem.place().file().endsWith(word.file()))
            .filter(problem -> problem.place().line() == word.line())
            .filter(problem -> problem.place().column() == word.column())
            .map(Problem::toString)
            .toList();
    assertThat(here).as(() -> found.toString()).hasSize(1);
    assertThat(here.get(0)).contains(allowed(word));
  }

  private static String damaged(String text, Word word) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    String line = lines.get(word.line() - 1);
    int start = word.column() - 1;
    lines.set(
        word.line() - 1, line.substring(0, start) + WRONG + line.substring(start + word.length()));
    return String.join("\n", lines) + "\n";
  }

  @Test
  void everyClosedListOfTheSchemasIsDamaged() throws IOException {
    Map<String, Boolean> damaged = new LinkedHashMap<>();
    schemas.keySet().stream()
        .filter(key -> !key.equals("channel")) // of a mailing, which JobKindTest damages
        .forEach(key -> damaged.put(key, false));
    words().forEach(word -> damaged.computeIfPresent(word.key(), (key, before) -> true));

    assertThat(damaged).hasSizeGreaterThan(20).doesNotContainValue(false);
  }

  @Test
  void thePageOfConsentHasEveryPurpose() throws IOException {
    String page = Files.readString(Path.of("src/docs/consent.md"));

    assertThat(PurposeOfUse.bundled().codes()).allMatch(code -> page.contains("`" + code + "`"));
  }
}

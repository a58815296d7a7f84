package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.YamlFile;
import org.consentry.data.EnumWord;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Which columns of research schemas Safe Harbor questions when they are kept as codes, by their
 * names alone.
 */
final class SchemaNamesTest {

  private static final Path NAMES = Path.of("src/test/resources/columns/names.csv");
  private static final Path PAGE = Path.of("src/docs/mapping.md");

  /** False questions on harmless columns, at most so many of a thousand. */
  private static final int FALSE_QUESTIONS = 20;

  private static final String HEAD =
      """
      mapping: names
      version: 1
      subjects: {table: people, key: person}
      tables:
        people:
          subject: person
          key: [person]
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            person: {role: linkage-key, do: drop}
        records:
          subject: person
          key: [person]
          category: VISIT
          columns:
      """;

  /**
   * A column.
   *
   * @param kind the letter of the identifier, {@code text}, {@code may} or {@code no}
   * @param role what a draft should suggest; may be empty
   */
  private record Name(String schema, String column, String kind, String role) {

    static Name parse(String line) {
      String[] parts = line.split(",", -1);
      return new Name(parts[0], parts[1], parts[2], parts[3]);
    }

    boolean isNamedByLaw() {
      return !isHarmless() && !kind.equals("may");
    }

    boolean isHarmless() {
      return kind.equals("no");
    }
  }

  private static List<Name> names() throws IOException {
    try (Stream<String> lines = Files.lines(NAMES)) {
      return lines.filter(line -> !line.startsWith("#")).skip(1).map(Name::parse).toList();
    }
  }

  /** Which of these names are reported, each kept as a code. */
  private static Set<String> questioned(List<Name> names) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Name name : names) {
      text.append("      \"")
          .append(name.column())
          .append("\": {role: non-sensitive, do: keep, type: code}\n");
    }
    Problems problems = new Problems();
    Mapping mapping =
        YamlFile.parse(text.toString().getBytes(StandardCharsets.UTF_8), "m.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems))
            .orElseThrow();
    PolicyReport report = new SafeHarbor().check(PolicySpecTest.input(mapping));
    long before = HEAD.lines().count();
    return report.problems().stream()
        .map(problem -> names.get((int) (problem.place().line() - before - 1)).column())
        .collect(Collectors.toSet());
  }

  private static Map<String, List<Name>> bySchema() throws IOException {
    return names().stream()
        .collect(Collectors.groupingBy(Name::schema, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<String> missed(Predicate<Name> wanted, boolean isQuestioned)
      throws IOException {
    List<String> missed = new ArrayList<>();
    bySchema()
        .forEach(
            (schema, names) -> {
              Set<String> questioned = questioned(names);
              names.stream()
                  .filter(wanted)
                  .filter(name -> questioned.contains(name.column()) != isQuestioned)
                  .forEach(name -> missed.add(schema + " " + name.column()));
            });
    return missed;
  }

  @Test
  void questionsEveryColumnThatTheLawNames() throws IOException {
    assertThat(missed(Name::isNamedByLaw, true)).isEmpty();
  }

  @Test
  void questionsHardlyAnyHarmlessColumn() throws IOException {
    long harmless = names().stream().filter(Name::isHarmless).count();

    List<String> falsely = missed(Name::isHarmless, false);

    assertThat(falsely.size() * 1000L).as("%s", falsely).isLessThan(FALSE_QUESTIONS * harmless);
  }

  @Test
  void suggestsTheRoleOfEveryColumnThatTheLawNames() throws IOException {
    List<String> others =
        names().stream()
            .filter(name -> !name.role().isEmpty())
            .filter(name -> !EnumWord.of(ColumnAdvice.of(name.column()).role()).equals(name.role()))
            .map(name -> name + " " + EnumWord.of(ColumnAdvice.of(name.column()).role()))
            .toList();

    assertThat(others).isEmpty();
  }

  @Test
  void thePageOfMappingsHasTheShares(TestReporter reporter) throws IOException {
    List<String> table = new ArrayList<>();
    Map<String, Set<String>> questioned = new LinkedHashMap<>();
    bySchema().forEach((schema, names) -> questioned.put(schema, questioned(names)));
    bySchema().forEach((schema, names) -> table.add(line(schema, names, questioned)));
    table.add(line("all", names(), questioned));
    reporter.publishEntry(String.join("\n", table));

    assertThat(Files.readString(PAGE)).contains(String.join("\n", table) + "\n");
  }

  private static String line(String title, List<Name> names, Map<String, Set<String>> questioned) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s |",
        title,
        names.size(),
        share(names, questioned, Name::isNamedByLaw),
        share(names, questioned, Name::isHarmless));
  }

  private static String share(
      List<Name> names, Map<String, Set<String>> questioned, Predicate<Name> wanted) {
    List<Name> all = names.stream().filter(wanted).toList();
    long found =
        all.stream()
            .filter(
                name -> questioned.getOrDefault(name.schema(), Set.of()).contains(name.column()))
            .count();
    return String.format(
        Locale.ROOT, "%d of %d (%.1f %%)", found, all.size(), 100.0 * found / all.size());
  }
}

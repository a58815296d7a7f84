package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Obligation;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The rules of consent as cases people can read: given lines, config, expectation, and the sentence
 * of the rule.
 */
final class ConsentSpecTest {

  private static final List<String> FILES =
      List.of(
          "truth-table",
          "edge-cases",
          "purposes",
          "duo",
          "minors",
          "withdrawals",
          "denials",
          "records",
          "bad-input",
          "traps");
  private static final Set<String> CASE_KEYS = Set.of("name", "rule", "config", "given", "expect");
  private static final Set<String> CONFIG_KEYS =
      Set.of(
          "born",
          "now",
          "study",
          "state",
          "purpose",
          "methods",
          "diseases",
          "recipient",
          "board",
          "obligations",
          "steward",
          "parentalPermit");
  private static final Set<String> EXPECT_KEYS =
      Set.of("patient", "represented", "records", "reported");

  @TestFactory
  Stream<DynamicContainer> meetsEverySentence() {
    return FILES.stream()
        .map(
            file ->
                DynamicContainer.dynamicContainer(
                    file,
                    cases(file)
                        .map(
                            spec ->
                                DynamicTest.dynamicTest(
                                    spec.get("name").asString(), () -> check(spec)))));
  }

  private static void check(JsonNode spec) {
    assertThat(spec.propertyNames()).as("keys of a case").isSubsetOf(CASE_KEYS);
    assertThat(spec.path("rule").asString("")).as("the sentence of the rule").isNotEmpty();
    JsonNode config = spec.path("config");
    JsonNode expect = spec.path("expect");
    assertThat(config.propertyNames()).as("config").isSubsetOf(CONFIG_KEYS);
    assertThat(expect.propertyNames()).as("expect").isSubsetOf(EXPECT_KEYS);
    SubjectKeys keys = ConsentFile.keys("P1", "P2");
    ConsentDecider decider =
        new ConsentDecider(request(config), keys, BirthDays.on(born(config), born(config)));
    decider.watch(0);

    ConsentReadResult reading = file(spec.path("given")).readInto(decider, keys);
    ConsentDecisions decisions = decider.decide();

    String rule = spec.path("rule").asString("");
    assertThat(name(decisions.exclusionCode(0)))
        .as(rule)
        .isEqualTo(expect.path("patient").asString(""));
    assertThat(decisions.represented().get(0))
        .as("represented: %s", rule)
        .isEqualTo(expect.has("represented"));
    for (JsonNode record : expect.path("records")) {
      assertRecord(decisions, record, rule);
    }
    if (expect.has("reported")) {
      assertThat(reported(reading, decisions)).as(rule).isEqualTo(texts(expect.path("reported")));
    }
  }

  private static void assertRecord(ConsentDecisions decisions, JsonNode record, String rule) {
    RecordCategory category = RecordCategory.valueOf(record.path("category").asString(""));
    RecordDates dates = dates(record.path("dates"));
    String expected = record.path("is").asString("");
    byte code =
        switch (dates.knowledge()) {
          case TIMELESS -> decisions.timelessRecord(0, category);
          case SOME_UNKNOWN -> decisions.record(0, category, 0, 0, true);
          case ALL_KNOWN -> decisions.record(0, category, dates.first(), dates.last(), false);
        };
    assertThat(name(code)).as("%s %s: %s", category, dates, rule).isEqualTo(expected);
    assertThat(
            decisions
                .explanation()
                .orElseThrow()
                .record(category, dates)
                .exclusion()
                .map(Exclusion::name)
                .orElse("PERMIT"))
        .as("explained: %s", rule)
        .isEqualTo(expected);
  }

  /** A list of days, or the word for a timeless or an undated table. */
  private static RecordDates dates(JsonNode node) {
    if (node.isString()) {
      return switch (node.asString()) {
        case "timeless" -> RecordDates.timeless();
        case "none" -> RecordDates.unknown();
        default -> throw new IllegalArgumentException("dates are a list, timeless or none");
      };
    }
    List<String> words = texts(node);
    if (words.isEmpty() || words.contains("unknown")) {
      return RecordDates.unknown();
    }
    List<Long> days = words.stream().map(word -> LocalDate.parse(word).toEpochDay()).toList();
    return RecordDates.known(Collections.min(days), Collections.max(days));
  }

  private static List<String> reported(ConsentReadResult reading, ConsentDecisions decisions) {
    return Stream.concat(
            reading.reported().listed().stream(), decisions.reported().listed().stream())
        .map(problem -> problem.place().line() + " " + problem.code())
        .sorted()
        .toList();
  }

  private static ConsentFile file(JsonNode given) {
    ConsentFile file = new ConsentFile();
    for (JsonNode line : given) {
      file.line(
          line.properties().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, cell -> cell.getValue().asString())));
    }
    return file;
  }

  private static int born(JsonNode config) {
    String born = config.path("born").asString("1980-03-04");
    return born.equals("unknown")
        ? SubjectIndex.UNKNOWN_DAY
        : Math.toIntExact(LocalDate.parse(born).toEpochDay());
  }

  private static ConsentRequest request(JsonNode config) {
    JsonNode recipient = config.path("recipient");
    return new ConsentRequest(
        config.path("study").asString("IRB-2026-014"),
        word(StudyState.class, config.path("state").asString("open")),
        config.path("purpose").asString("CLINTRCH"),
        word(MethodsResearch.class, config.path("methods").asString("no")),
        config.has("diseases") ? texts(config.path("diseases")) : List.of("H02.4"),
        new Recipient(
            recipient.path("id").asString("uni-x"),
            Set.copyOf(texts(recipient.path("classes"))),
            word(Profit.class, recipient.path("profit").asString("non-profit")),
            word(Use.class, recipient.path("use").asString("non-commercial")),
            recipient.path("country").asString("US"),
            Set.copyOf(texts(recipient.path("institutions"))),
            Set.copyOf(texts(recipient.path("users")))),
        text(config, "board").map(LocalDate::parse),
        texts(config.path("obligations")).stream()
            .map(name -> word(Obligation.class, name))
            .collect(Collectors.toSet()),
        text(config, "steward"),
        text(config, "now").map(LocalDateTime::parse).orElse(Requests.NOW),
        new Minors(
            word(ParentalPermit.class, config.path("parentalPermit").asString("reconsent")),
            Minors.STRICT.majority(),
            18,
            7));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Optional<String> text(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.path(key).asString()) : Optional.empty();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static Stream<JsonNode> cases(String file) {
    String name = "/spec/consent/" + file + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(ConsentSpecTest.class.getResourceAsStream(name), name)) {
      JsonNode cases = new YAMLMapper().readTree(in).path("cases");
      assertThat(cases.isEmpty()).as("%s has cases", name).isFalse();
      return StreamSupport.stream(cases.spliterator(), false);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  private static String name(byte code) {
    return code == 0 ? "PERMIT" : Exclusion.ofCode(code).name();
  }
}

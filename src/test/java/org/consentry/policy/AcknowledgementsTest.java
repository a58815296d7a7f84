package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.config.Mapping;
import org.consentry.operator.Operators;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;

/** What a person answers, and what becomes of answers that answer nothing. */
final class AcknowledgementsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static final String MAPPING =
      """
      mapping: spec
      version: 1
      subjects: {table: patients, key: id}
      tables:
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            surgeon:
              role: non-sensitive
              do: keep
              type: code
              %s
            skin: {role: sensitive, do: keep, type: text}
      """;

  private static final String ANSWER =
      "acknowledge: {code: SH_ACTUAL_KNOWLEDGE, reason: codes of a rota, until: 2026-11-23}";

  private static PolicyReport report(String answer, String target) {
    PolicyInput input = PolicySpecTest.input(PolicySpecTest.mapping(MAPPING.replace("%s", answer)));
    return Acknowledgements.answer(
        Policies.SHIPPED.named(target).orElseThrow().check(input), input, Policies.SHIPPED, TODAY);
  }

  private static List<String> found(String answer, String target) {
    return report(answer, target).problems().stream()
        .map(Problem::toString)
        .filter(line -> !line.contains("SH_TEXT_KEPT"))
        .toList();
  }

  @Test
  void anAnsweredWarningIsListedAndNoLongerFound() {
    PolicyReport report = report(ANSWER, "safe-harbor");

    assertThat(report.findings())
        .extracting(PolicyReport.Finding::code)
        .containsExactly("SH_TEXT_KEPT");
    assertThat(report.acknowledged())
        .extracting(
            answer ->
                answer.finding().toProblem() + " | " + answer.reason() + " | " + answer.until())
        .containsExactly(
            "m.yaml:14:13: warning SH_ACTUAL_KNOWLEDGE column 'surgeon' of table 'patients' names"
                + " staff, by whom patients may be found (45 CFR 164.514(b)(2)(ii)); drop it, or"
                + " generalize it | codes of a rota | 2026-11-23");
  }

  @Test
  void anAnswerIsForItsOwnColumnOnly() {
    String wrong = ANSWER.replace("SH_ACTUAL_KNOWLEDGE", "SH_TEXT_KEPT");

    assertThat(report(wrong, "safe-harbor").findings())
        .extracting(PolicyReport.Finding::code)
        .containsExactly("SH_ACTUAL_KNOWLEDGE", "SH_TEXT_KEPT", "ACK_UNUSED");
  }

  @Test
  void anAnswerToNothingIsFound() {
    assertThat(found(ANSWER.replace("SH_ACTUAL_KNOWLEDGE", "SH_NUMBER_KEPT"), "safe-harbor"))
        .hasSize(2)
        .contains(
            "m.yaml:16:29: warning ACK_UNUSED column 'surgeon' of table 'patients' acknowledges"
                + " SH_NUMBER_KEPT, which is not found there; remove it");
  }

  @Test
  void anAnswerToAnotherTargetsWarningIsLeftAlone() {
    assertThat(found(ANSWER, "limited-data-set")).isEmpty();
    assertThat(report(ANSWER, "limited-data-set").acknowledged()).isEmpty();
  }

  @Test
  void anExpiredAnswerRefusesAndAnswersNothing() {
    assertThat(found(ANSWER.replace("11-23", "11-22"), "safe-harbor"))
        .hasSize(2)
        .contains(
            "m.yaml:16:82: error ACK_EXPIRED column 'surgeon' of table 'patients' acknowledges"
                + " SH_ACTUAL_KNOWLEDGE until 2026-11-22; look at the warning again; then name"
                + " another day, or change the rule");
  }

  @Test
  void anErrorIsNotAcknowledged() {
    String answer = ANSWER.replace("SH_ACTUAL_KNOWLEDGE", "SH_IDENTIFIER");

    assertThat(found(answer, "safe-harbor"))
        .hasSize(2)
        .contains(
            "m.yaml:16:29: error ACK_OF_ERROR column 'surgeon' of table 'patients' acknowledges"
                + " SH_IDENTIFIER, which is an error; errors are not acknowledged; change the"
                + " rule");
  }

  @Test
  void anUnknownCodeIsAnErrorUnderEveryTargetAndWithoutOne() {
    String answer = ANSWER.replace("SH_ACTUAL_KNOWLEDGE", "SH_ACTUAL_KNOWLEGE");
    String expected =
        "m.yaml:16:29: error ACK_UNKNOWN_CODE column 'surgeon' of table 'patients' acknowledges"
            + " 'SH_ACTUAL_KNOWLEGE', which no check finds; did you mean 'SH_ACTUAL_KNOWLEDGE'?";

    for (Policy policy : Policies.SHIPPED.all()) {
      assertThat(found(answer, policy.target().word())).contains(expected);
    }
    Mapping mapping = PolicySpecTest.mapping(MAPPING.replace("%s", answer));
    assertThat(
            Acknowledgements.check(
                mapping, Operators.SHIPPED.effects(mapping), Policies.SHIPPED, TODAY))
        .extracting(Problem::toString)
        .containsExactly(expected);
  }

  /** Codes about values are found in {@link ContentCheckTest}. */
  @Test
  void everyCodeIsFoundInSomeSpec() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/spec/policy"))) {
      for (Path file : files.toList()) {
        Matcher codes =
            Pattern.compile("(?:error|warning) ([A-Z_]+)").matcher(Files.readString(file));
        while (codes.find()) {
          found.add(codes.group(1));
        }
      }
    }

    assertThat(found)
        .containsExactlyInAnyOrder(
            Policies.SHIPPED.codes().stream()
                .map(FindingCode::name)
                .filter(name -> !name.contains("CONTENT_"))
                .toArray(String[]::new));
  }
}

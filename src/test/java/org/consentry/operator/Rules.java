package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.consentry.config.YamlFile;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/** Rules for tests: the shipped ones, and small ones with a part exchanged. */
public final class Rules {

  private static final String SMALL =
      """
      rules: small
      version: 1
      functional: {yes: [yes], no: [no]}
      languages: [generous, mean]
      sets:
        listed: {kind: procedure, codes: [15780-15783], source: none, asOf: 2026-01-01}
        repaired: {kind: procedure, codes: [40700], source: none, asOf: 2026-01-01}
        wanted: {kind: diagnosis, codes: [Z41.1], source: none, asOf: 2026-01-01}
        born: {kind: diagnosis, codes: [Q35-Q37], source: none, asOf: 2026-01-01}
      mandates: {}
      benefits: {}
      table:
        - {rule: 1, class: COSMETIC, basis: WANTED, when: {procedure: listed, diagnosis: wanted}}
        - {rule: 2, class: RECONSTRUCTIVE_BY_BENEFIT, basis: LAW, when: {procedure: repaired, mandate: any-state}}
        - {rule: 3, class: RECONSTRUCTIVE_BY_BENEFIT, basis: PLAN, when: {diagnosis: born, benefit: any}}
        - {rule: 4, class: INDETERMINATE, basis: NO_RULE}
      """;

  private Rules() {}

  public static String shippedText() {
    try {
      return Files.readString(Path.of("mappings/clinic-service-class.yaml"), UTF_8);
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  static RuleFile shipped() {
    return valid(shippedText());
  }

  /** The small rules with one text of them exchanged. */
  public static String small(String from, String to) {
    assertThat(SMALL.split(Pattern.quote(from), -1)).as(from).hasSize(2);
    return SMALL.replace(from, to);
  }

  public static String small() {
    return SMALL;
  }

  public static RuleFile valid(String text) {
    Problems problems = new Problems();
    Optional<RuleFile> file = read(text, problems);
    assertThat(problems.list()).isEmpty();
    return file.orElseThrow();
  }

  /** What is found, each problem as one line. */
  public static List<String> findings(String text) {
    Problems problems = new Problems();
    read(text, problems);
    return problems.list().stream().map(Problem::toString).toList();
  }

  private static Optional<RuleFile> read(String text, Problems problems) {
    return YamlFile.parse(text.getBytes(UTF_8), "rules.yaml", problems)
        .flatMap(yaml -> RuleFile.read(yaml, problems));
  }

  /** A row: procedure, diagnoses with a bar between them, impairment, state, language. */
  static ServiceInput row(
      String procedure, String diagnoses, String functional, String state, String benefits) {
    return new ServiceInput(
        filled(procedure),
        diagnoses.isEmpty() ? List.of() : List.of(diagnoses.split("\\|")),
        filled(functional),
        filled(state),
        filled(benefits));
  }

  private static Optional<String> filled(String cell) {
    return Optional.of(cell).filter(text -> !text.isEmpty());
  }

  /** Class and basis. */
  static String label(RuleFile rules, ServiceInput row) {
    ServiceLabel label = rules.classify(row);
    return label.serviceClass() + " " + label.basis();
  }
}

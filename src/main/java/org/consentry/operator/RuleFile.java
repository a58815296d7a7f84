package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.JsonSchema;
import org.consentry.config.YamlFile;
import org.consentry.operator.rules.RuleLint;
import org.consentry.operator.rules.RuleSet;
import org.consentry.problem.Problems;

/**
 * A rules file that was read, found to be without fault, and compiled.
 *
 * @param name how messages name the file
 * @param sha256 64 lower-case hexadecimal digits over its bytes
 * @param classifier the compiled rules
 * @param cases its cases, to be run
 */
public record RuleFile(String name, String sha256, Classifier classifier, RuleCases cases) {

  /** The first key of a rules file. */
  public static final String KEY = "rules";

  /**
   * Binds, checks and compiles a rules file.
   *
   * @param problems receives everything found, warnings too
   * @return empty when there was at least one error
   */
  public static Optional<RuleFile> read(YamlFile yaml, Problems problems) {
    Problems found = new Problems();
    Optional<RuleSet> rules = Binder.bind(yaml.root(), RuleSet.class, found);
    rules.ifPresent(set -> new RuleLint(set, found).run());
    problems.addAll(found.list());
    return found.hasErrors() ? Optional.empty() : rules.map(set -> compiled(yaml, set));
  }

  private static RuleFile compiled(YamlFile yaml, RuleSet rules) {
    Classifier classifier = new Classifier(rules);
    return new RuleFile(yaml.name(), yaml.sha256(), classifier, new RuleCases(classifier, rules));
  }

  /** The JSON Schema of rules files. */
  public static String schema() {
    return JsonSchema.of(RuleSet.class, Map.of());
  }
}

package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.JsonSchema;
import org.consentry.config.YamlFile;
import org.consentry.operator.rules.Classifier;
import org.consentry.operator.rules.RuleLint;
import org.consentry.operator.rules.RuleSet;
import org.consentry.problem.Problems;

/** A rules file that was read, found to be without fault, and compiled. Immutable. */
public final class RuleFile {

  /** The first key of a rules file. */
  public static final String KEY = "rules";

  /** Parameters of a note on labelled columns: name, version and digest of the rule set. */
  public static final String RULE_SET = "ruleSet";

  public static final String VERSION = "version";
  public static final String SHA256 = "sha256";

  private final String sha256;
  private final Classifier classifier;
  private final RuleCases cases;

  private RuleFile(String sha256, RuleSet rules) {
    this.sha256 = sha256;
    this.classifier = new Classifier(rules);
    this.cases = new RuleCases(classifier, rules);
  }

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
    return found.hasErrors()
        ? Optional.empty()
        : rules.map(set -> new RuleFile(yaml.sha256(), set));
  }

  /** The JSON Schema of rules files. */
  public static String schema() {
    return JsonSchema.of(RuleSet.class, Map.of());
  }

  /** Name of the rule set. */
  public String id() {
    return classifier.id();
  }

  /** Version of the rule set. */
  public int version() {
    return classifier.version();
  }

  /** 64 lower-case hexadecimal digits over the bytes of the file. */
  public String sha256() {
    return sha256;
  }

  /** Gives a row its label. */
  public ServiceLabel classify(ServiceInput input) {
    return classifier.classify(input);
  }

  /** Gives a row its label and lists every test on the way. */
  public ServicePath explain(ServiceInput input) {
    return classifier.explain(input);
  }

  /** The cases of the file, to be run. */
  public RuleCases cases() {
    return cases;
  }

  Classifier classifier() {
    return classifier;
  }
}

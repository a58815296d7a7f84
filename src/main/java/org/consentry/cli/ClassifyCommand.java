package org.consentry.cli;

import java.nio.file.Path;
import java.util.Map;
import org.consentry.operator.RuleFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Explains, tests and validates the rules that call a procedure cosmetic or reconstructive. */
@Command(
    name = "classify",
    description = {
      "Explains, tests and compares the rules that label procedures.",
      "The class is a label for research, never a coverage decision."
    },
    mixinStandardHelpOptions = true,
    subcommands = {ClassifyExplain.class, ClassifyCases.class, ClassifyValidate.class})
final class ClassifyCommand {

  /** The rules file that is shipped. */
  static final String SHIPPED = "mappings/clinic-service-class.yaml";

  /** Which rules are meant. */
  static final class RulesOption {

    @Option(
        names = "--rules",
        paramLabel = "FILE",
        description = "The rules file; default: ${DEFAULT-VALUE}.",
        defaultValue = SHIPPED)
    private Path rules = Path.of(SHIPPED);

    Path path() {
      return rules;
    }
  }

  /** Prints which rules an answer comes from. */
  static void print(Console console, RuleFile file) {
    console.line("rules " + file.id() + " version " + file.version() + " sha256:" + file.sha256());
    console.result(
        "rules",
        Map.of(
            "rules", file.id(),
            "version", file.version(),
            "sha256", file.sha256()));
  }
}

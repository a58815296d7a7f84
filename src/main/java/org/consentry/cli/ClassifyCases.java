package org.consentry.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.operator.RuleCases;
import org.consentry.operator.RuleFile;
import org.consentry.plan.RuleFiles;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the cases of a rules file. */
@Command(
    name = "test",
    description = "Runs the cases of a rules file.",
    mixinStandardHelpOptions = true)
final class ClassifyCases implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RULES",
      arity = "0..1",
      description = "The rules file; default: ${DEFAULT-VALUE}.",
      defaultValue = ClassifyCommand.SHIPPED)
  private Path rules = Path.of(ClassifyCommand.SHIPPED);

  @Override
  public Integer call() {
    Console console = common.console();
    RuleFile file = RuleFiles.read(rules);
    ClassifyCommand.print(console, file);
    RuleCases.Report report = file.cases().run();
    report.problems().forEach(problem -> console.line(problem.toString()));
    for (RuleCases.Outcome outcome : report.outcomes()) {
      console.result(
          "ruleCase",
          Map.of(
              "file", outcome.place().file(),
              "line", outcome.place().line(),
              "expected", outcome.wanted(),
              "found", outcome.found(),
              "passes", outcome.passes()));
    }
    long passed = report.outcomes().stream().filter(RuleCases.Outcome::passes).count();
    console.line(passed + " of " + CountWords.of(report.outcomes().size(), "case") + " pass");
    if (!report.untested().isEmpty()) {
      console.line("no case is decided by rule " + String.join(", ", report.untested()));
    }
    console.result(
        "ruleCases",
        Map.of(
            "cases", report.outcomes().size(),
            "passed", passed,
            "rulesWithoutCase", report.untested()));
    return report.passes() ? 0 : Category.FILES_INVALID.exitCode();
  }
}

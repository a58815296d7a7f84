package org.consentry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.operator.RuleFile;
import org.consentry.operator.ServiceInput;
import org.consentry.operator.ServicePath;
import org.consentry.plan.RuleFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the path of one given row through the decision table, with every test. */
@Command(
    name = "explain",
    description = "Shows the answer of every test of the table for one row.",
    mixinStandardHelpOptions = true)
final class ClassifyExplain implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private ClassifyCommand.RulesOption rules = new ClassifyCommand.RulesOption();

  @Option(names = "--procedure", paramLabel = "CODE", description = "A CPT or HCPCS code.")
  private @Nullable String procedure;

  @Option(
      names = "--diagnosis",
      paramLabel = "CODES",
      split = "\\|",
      description = "ICD-10-CM codes with | between them; may be repeated.")
  private List<String> diagnoses = new ArrayList<>();

  @Option(
      names = "--functional",
      paramLabel = "WORD",
      description = "The functional impairment: yes, no or unknown.")
  private @Nullable String functional;

  @Option(names = "--state", paramLabel = "STATE", description = "The two letters of a state.")
  private @Nullable String state;

  @Option(names = "--benefits", paramLabel = "WORD", description = "The plan's benefits language.")
  private @Nullable String benefits;

  @Override
  public Integer call() {
    Console console = common.console();
    RuleFile file = RuleFiles.read(rules.path());
    ServicePath path =
        file.explain(
            new ServiceInput(
                Optional.ofNullable(procedure),
                diagnoses,
                Optional.ofNullable(functional),
                Optional.ofNullable(state),
                Optional.ofNullable(benefits)));
    ClassifyCommand.print(console, file);
    path.inputs().forEach(input -> console.line(input.name() + ": " + input.read()));
    path.steps().forEach(step -> print(console, step));
    print(console, path);
    return 0;
  }

  private static void print(Console console, ServicePath.Step step) {
    String given =
        switch (step.answer()) {
          case YES -> "applies: " + step.serviceClass() + " " + step.basis();
          case NO -> "does not apply";
          case UNKNOWN -> "may apply: " + step.serviceClass() + " " + step.basis();
        };
    console.line("rule " + step.rule() + " " + given);
    List<List<Map<String, String>>> alternatives = new ArrayList<>();
    for (List<ServicePath.Asked> asked : step.alternatives()) {
      List<Map<String, String>> tests = new ArrayList<>();
      for (ServicePath.Asked test : asked) {
        String mark = tests.isEmpty() && !alternatives.isEmpty() ? "  or " : "     ";
        console.line(mark + test.words() + ": " + test.answer());
        tests.add(Map.of("test", test.words(), "answer", test.answer().name()));
      }
      alternatives.add(tests);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rule", step.rule());
    fields.put("class", step.serviceClass().name());
    fields.put("basis", step.basis());
    fields.put("answer", step.answer().name());
    fields.put("alternatives", alternatives);
    console.result("askedRule", fields);
  }

  private static void print(Console console, ServicePath path) {
    console.line("=> " + path.label().serviceClass() + " " + path.label().basis() + why(path));
    console.line("a label for research, never a coverage decision");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("class", path.label().serviceClass().name());
    fields.put("basis", path.label().basis());
    fields.put("reason", path.label().why());
    Map<String, String> inputs = new LinkedHashMap<>();
    path.inputs().forEach(input -> inputs.put(input.name(), input.read()));
    fields.put("inputs", inputs);
    console.result("serviceClass", fields);
  }

  private static String why(ServicePath path) {
    String why = path.label().why();
    return why.equals(path.label().basis()) ? "" : " (" + why + ")";
  }
}

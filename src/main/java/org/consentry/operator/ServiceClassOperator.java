package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.config.Binding.Default;
import org.consentry.config.Doc;
import org.consentry.config.SafeWord;
import org.consentry.config.YamlFile;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.operator.Attachments.Attachment;
import org.consentry.operator.rules.Classifier;
import org.consentry.problem.Problems;

/**
 * What a rule set calls each procedure line: the class, its basis, the rule set's name and version,
 * and of INDETERMINATE lines the reason. A label for research, never a coverage decision.
 *
 * <p>Every line gets a label: what cannot be read is unknown, and no input is ever invalid. The
 * label depends on the cells of the line and the rule set alone.
 */
final class ServiceClassOperator implements OperatorFactory<ServiceClassOperator.Config> {

  /** The word after {@code do:}. */
  static final String NAME = "service-class";

  private static final String PROCEDURE = "procedure";
  private static final String DIAGNOSES = "diagnoses";
  private static final String FUNCTIONAL = "functional";
  private static final String STATE = "state";
  private static final String BENEFITS = "benefits";

  /** What it gives, in words of the mapping. */
  private enum Gives {
    CLASS("class"),
    BASIS("basis"),
    RULES("rules"),
    VERSION("version"),
    REASON("reason");

    private final String word;

    Gives(String word) {
      this.word = word;
    }

    static Gives of(String word) {
      for (Gives each : values()) {
        if (each.word.equals(word)) {
          return each;
        }
      }
      throw new IllegalArgumentException("the operator has no such output");
    }
  }

  /**
   * Keys of {@code service-class}.
   *
   * @param rules the rules file, relative to the mapping
   * @param separator between diagnosis codes in one cell, an ASCII character
   */
  record Config(
      @Doc("the rules file, relative to the mapping") String rules,
      @Doc("the character between diagnosis codes in one cell") @Default("|") char separator) {

    Config {
      if (separator <= ' '
          || separator > '~'
          || separator == '.'
          || Character.isLetterOrDigit(separator)) {
        throw new IllegalArgumentException(
            "separator must be a printable ASCII character that is in no code");
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Label();
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        new Input(PROCEDURE, Takes.ONE),
        new Input(DIAGNOSES, Takes.MANY),
        new Input(FUNCTIONAL, Takes.ONE_OR_NONE),
        new Input(STATE, Takes.ONE_OR_NONE),
        new Input(BENEFITS, Takes.ONE_OR_NONE));
  }

  @Override
  public List<String> outputs() {
    List<String> words = new ArrayList<>();
    for (Gives each : Gives.values()) {
      words.add(each.word);
    }
    return words;
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    Optional<RuleFile> rules = rules(config, context, problems);
    boolean fits = typesFit(context, problems);
    fits &= TypeCheck.readsRowsOnly(NAME, context, problems);
    return fits ? rules.map(file -> new Planned(config, context, file)) : Optional.empty();
  }

  private static Optional<RuleFile> rules(Config config, RuleContext context, Problems problems) {
    Optional<Attachment> attachment = context.mapping().attachments().read(config.rules());
    if (attachment.isEmpty()) {
      problems.error(
          "NO_SUCH_FILE",
          context.place(),
          "there is no readable rules file at " + SafeWord.word(config.rules()),
          "paths are relative to the folder of the mapping");
      return Optional.empty();
    }
    Attachment file = attachment.get();
    Problems found = new Problems();
    Optional<RuleFile> rules =
        YamlFile.parse(file.text().getBytes(UTF_8), file.name(), found)
            .map(yaml -> new YamlFile(file.name(), file.sha256(), yaml.root()))
            .flatMap(yaml -> RuleFile.read(yaml, found));
    rules.ifPresent(read -> found.addAll(read.cases().run().problems()));
    problems.addAll(found.list());
    return found.hasErrors() ? Optional.empty() : rules;
  }

  private static boolean typesFit(RuleContext context, Problems problems) {
    boolean fits = true;
    for (RuleContext.Output output : context.outputs()) {
      FieldType wanted =
          Gives.of(output.of()) == Gives.VERSION ? FieldType.INTEGER : FieldType.CODE;
      if (!output.type().equals(wanted)) {
        problems.error(
            "TYPE_MISMATCH",
            output.place(),
            "'" + NAME + "' gives " + output.of() + " as type " + wanted,
            "declare type: " + wanted);
        fits = false;
      }
    }
    return fits;
  }

  /** The operator, checked. */
  private record Planned(Config config, RuleContext context, RuleFile rules) implements Operator {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<OperatorNote> notes() {
      Map<String, String> parameters = new TreeMap<>(context.words());
      parameters.put(RuleFile.RULE_SET, rules.classifier().id());
      parameters.put(RuleFile.VERSION, Integer.toString(rules.classifier().version()));
      parameters.put(RuleFile.SHA256, rules.sha256());
      return context.outputs().stream().map(output -> note(output, parameters)).toList();
    }

    private static OperatorNote note(RuleContext.Output output, Map<String, String> parameters) {
      String what =
          switch (Gives.of(output.of())) {
            case CLASS -> "The class that the rule set gives the line";
            case BASIS -> "The rule that decided the class, or the input that was not known";
            case RULES -> "The name of the rule set";
            case VERSION -> "The version of the rule set";
            case REASON -> "Why the class of the line is INDETERMINATE";
          };
      OperatorNote note =
          new OperatorNote(
              "generalization",
              what + ". The class is a label for research, never a coverage decision.",
              "The class of the procedure and its indication, not the codes.",
              parameters);
      return Gives.of(output.of()) == Gives.CLASS
          ? note.withValues(Arrays.stream(ServiceClass.values()).map(Enum::name).toList())
          : note;
    }

    @Override
    public Set<Integer> counted() {
      Set<Integer> counted = new HashSet<>();
      for (int i = 0; i < context.outputs().size(); i++) {
        switch (Gives.of(context.outputs().get(i).of())) {
          case CLASS, BASIS, REASON -> counted.add(i);
          case RULES, VERSION -> {}
        }
      }
      return counted;
    }

    @Override
    public Transformer open(OperatorKeys keys) {
      List<FieldType> types = context.outputs().stream().map(RuleContext.Output::type).toList();
      return PerTuple.of(types, PerTuple.Memory.ONCE_PER_TUPLE, function());
    }

    private PerTuple.Function function() {
      List<Gives> gives = context.outputs().stream().map(each -> Gives.of(each.of())).toList();
      return new Labelling(rules.classifier(), positions(), gives, (byte) config.separator());
    }

    private Positions positions() {
      return new Positions(
          context.positions(PROCEDURE),
          context.positions(DIAGNOSES),
          context.positions(FUNCTIONAL),
          context.positions(STATE),
          context.positions(BENEFITS));
    }
  }

  /** Positions of the inputs in a tuple; none for an input that the mapping leaves out. */
  private record Positions(
      List<Integer> procedure,
      List<Integer> diagnoses,
      List<Integer> functional,
      List<Integer> state,
      List<Integer> benefits) {}

  /** Labels one tuple. */
  private record Labelling(Classifier classifier, Positions at, List<Gives> gives, byte separator)
      implements PerTuple.Function {

    /** Hands a cell on. */
    private interface Cell {
      void take(byte[] buffer, int start, int end);
    }

    @Override
    public void of(Tuple tuple, TupleAnswer answer) {
      Classifier.Row row = classifier.row();
      each(tuple, at.procedure(), row::procedure);
      each(tuple, at.diagnoses(), (cell, from, to) -> row.diagnoses(cell, from, to, separator));
      each(tuple, at.functional(), row::functional);
      each(tuple, at.state(), row::state);
      each(tuple, at.benefits(), row::benefits);
      ServiceLabel label = classifier.labels().get(row.decide());
      for (int i = 0; i < gives.size(); i++) {
        switch (gives.get(i)) {
          case CLASS -> answer.text(i, label.serviceClass().name());
          case BASIS -> answer.text(i, label.basis());
          case RULES -> answer.text(i, classifier.id());
          case VERSION -> answer.number(i, classifier.version());
          case REASON -> answer.text(i, reason(label));
        }
      }
    }

    /** Missing for a line that has a class. */
    private static String reason(ServiceLabel label) {
      return label.serviceClass() == ServiceClass.INDETERMINATE ? label.why() : "";
    }

    private static void each(Tuple tuple, List<Integer> inputs, Cell cell) {
      for (int input : inputs) {
        if (!tuple.isMissing(input)) {
          cell.take(tuple.buffer(input), tuple.start(input), tuple.end(input));
        }
      }
    }
  }
}

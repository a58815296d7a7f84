package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Contacts.Channel;
import org.consentry.config.Doc;
import org.consentry.config.SafeWord;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.operator.TransformInput.Values;
import org.consentry.problem.Problems;

/**
 * How the clinic contacts a person: for whom a message is, by which channel, and whether one may be
 * left. Rows of people who have died, or whose chosen channel is not known or has no address, are
 * left out: another channel is never used instead.
 */
final class ContactChannel implements OperatorFactory<ContactChannel.Config> {

  private static final String NAME = Operators.CONTACT_CHANNEL;

  private static final List<String> READERS = List.of("patient", "parent or guardian");
  private static final List<String> CHANNELS =
      List.of(Channel.MAIL.word(), Channel.TELEPHONE.word(), Channel.EMAIL.word());
  private static final List<String> ANSWERS = List.of("yes", "no");

  /** What it gives, in words of the mapping. */
  private enum Gives {
    FOR("for", "Whom a message is for: a minor's is for the parent or guardian."),
    CHANNEL("channel", "The channel that the person chose."),
    LEAVE_MESSAGE("leaveMessage", "Whether a message may be left, of those who chose telephone.");

    private final String word;
    private final String done;

    Gives(String word, String done) {
      this.word = word;
      this.done = done;
    }

    /** Every answer, by the number that {@link Planned} gives it. */
    List<String> answers() {
      return switch (this) {
        case FOR -> READERS;
        case CHANNEL -> CHANNELS;
        case LEAVE_MESSAGE -> ANSWERS;
      };
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
   * Keys of {@code contactChannel}.
   *
   * @param channels what the words of the input {@code preferred} mean: {@code mail}, {@code
   *     telephone}, {@code email}, or one column of the input {@code telephone}
   */
  record Config(
      @Doc("what the words of preferred mean: mail, telephone, email, or one column of telephone")
          Map<String, String> channels) {
    Config {
      channels = new TreeMap<>(channels);
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
        new Input(ChosenChannel.PREFERRED, Takes.ONE),
        new Input(ChosenChannel.LEAVE_MESSAGE, Takes.ONE_OR_NONE),
        new Input(Channel.MAIL.word(), Takes.ANY),
        new Input(Channel.TELEPHONE.word(), Takes.ANY),
        new Input(Channel.EMAIL.word(), Takes.ONE_OR_NONE),
        new Input(ChosenChannel.DEATH_DATE, Takes.ONE_OR_NONE));
  }

  @Override
  public List<String> outputs() {
    return List.of(Gives.FOR.word, Gives.CHANNEL.word, Gives.LEAVE_MESSAGE.word);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean fits = TypeCheck.readsRowsOnly(name(), context, problems);
    fits &= typesFit(context, problems);
    for (String meaning : config.channels().values()) {
      fits &= hasAddress(meaning, context, problems);
    }
    return fits
        ? Optional.of(new Planned(context, ChosenChannel.of(config.channels(), context)))
        : Optional.empty();
  }

  private static boolean typesFit(RuleContext context, Problems problems) {
    boolean fits = true;
    for (RuleContext.Output output : context.outputs()) {
      if (!output.type().equals(FieldType.CODE)) {
        problems.error(
            "TYPE_MISMATCH",
            output.place(),
            "'" + NAME + "' gives " + output.of() + " as type code",
            "declare type: code");
        fits = false;
      }
    }
    return fits;
  }

  private static boolean hasAddress(String meaning, RuleContext context, Problems problems) {
    if (!ChosenChannel.addresses(meaning, context).isEmpty()) {
      return true;
    }
    problems.error(
        "NO_CHANNEL",
        context.place(),
        "channels has " + SafeWord.word(meaning) + ", which has no column under from:",
        "write mail, telephone or email, or one column of telephone");
    return false;
  }

  /** The operator, checked. */
  private record Planned(RuleContext context, ChosenChannel chosen) implements Operator {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<OperatorNote> notes() {
      return context.outputs().stream().map(output -> note(Gives.of(output.of()))).toList();
    }

    private OperatorNote note(Gives gives) {
      return new OperatorNote(
              "generalization", gives.done, "The answer.", new TreeMap<>(context.words()))
          .withValues(gives.answers());
    }

    @Override
    public Optional<RowTest> rowTest() {
      return Optional.of(chosen::reason);
    }

    @Override
    public Transformer open(OperatorKeys keys) {
      List<Gives> gives = context.outputs().stream().map(each -> Gives.of(each.of())).toList();
      return input -> gives.stream().map(each -> column(each, input)).toList();
    }

    private Column column(Gives gives, TransformInput input) {
      List<BytesColumn> cells =
          input.inputs().stream().map(values -> ((Values.Cells) values).column()).toList();
      int[] numbers = new int[input.count()];
      for (int i = 0; i < numbers.length; i++) {
        int row = input.rows()[i];
        numbers[i] =
            switch (gives) {
              case FOR -> input.index().represented().get(input.subjects()[i]) ? 1 : 0;
              case CHANNEL -> chosen.channel(cells, row).map(Channel::ordinal).orElse(-1);
              case LEAVE_MESSAGE -> leaveMessage(cells, row);
            };
      }
      return new Labels(gives.answers()).column(numbers.length, numbers);
    }

    /** The number of an answer; none where no message is spoken. */
    private int leaveMessage(List<BytesColumn> cells, int row) {
      boolean isCalled = chosen.channel(cells, row).filter(Channel.TELEPHONE::equals).isPresent();
      return isCalled ? (chosen.mayLeaveMessage(cells, row) ? 0 : 1) : -1;
    }
  }
}

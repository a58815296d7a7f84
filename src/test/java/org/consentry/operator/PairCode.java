package org.consentry.operator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.data.Prf;
import org.consentry.problem.Problems;

/** An operator that is not shipped: one code of two columns, under the key of the release. */
public final class PairCode implements OperatorFactory<PairCode.Config> {

  /**
   * Keys of {@code pair-code}.
   *
   * @param domain what the codes name
   */
  public record Config(@Doc("what the codes name") String domain) {}

  @Override
  public String name() {
    return "pair-code";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Code(Effect.CodeKind.ONE_TIME, config.domain());
  }

  @Override
  public List<Input> inputs() {
    return List.of(new Input("first", Takes.ONE), new Input("second", Takes.ONE));
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE)) {
      return Optional.empty();
    }
    CodeForm form = context.mapping().codeForms().apply(config.domain());
    OperatorNote note =
        new OperatorNote(
            "pseudonymization",
            "Two values were replaced by one code.",
            "Equality.",
            context.words());
    return Optional.of(
        PlannedOperator.of(
            name(),
            note,
            keys -> {
              Prf prf = keys.oneTime(config.domain());
              return PerTuple.of(
                  List.of(FieldType.CODE),
                  PerTuple.Memory.ONCE_PER_TUPLE,
                  (tuple, answer) -> answer.text(0, code(prf, form, tuple)));
            }));
  }

  private static String code(Prf prf, CodeForm form, Tuple tuple) {
    byte[] digest = new byte[Prf.SIZE];
    for (int input = 0; input < 2; input++) {
      int length = tuple.end(input) - tuple.start(input);
      byte[] next = new byte[Prf.SIZE + length];
      System.arraycopy(digest, 0, next, 0, Prf.SIZE);
      System.arraycopy(tuple.buffer(input), tuple.start(input), next, Prf.SIZE, length);
      prf.compute(next, 0, next.length, digest, 0);
    }
    byte[] code = new byte[form.size()];
    form.encode(digest, 0, code, 0);
    return new String(code, StandardCharsets.US_ASCII);
  }
}

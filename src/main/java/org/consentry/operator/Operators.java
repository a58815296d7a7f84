package org.consentry.operator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.ColumnRule;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.data.Effect;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Every operator there is. A new one is a new line here. */
public final class Operators {

  private static final List<OperatorFactory<?>> ALL =
      List.of(
          new Keep(),
          new Drop(),
          new Redact(),
          new Mask(),
          new Substitute(),
          new Recode(),
          new Pseudonymize(),
          new Generalize(),
          new Age(),
          new BirthYear(),
          new DateShift());

  private static final List<RowOperatorFactory<?>> OF_ROWS =
      List.of(new Interval(), new ServiceClassOperator());

  private static final Map<String, String> RESERVED =
      Map.of(
          "encrypt",
          "'encrypt' is not implemented; use pseudonymize with code: keyed",
          "fpe",
          "'fpe' is not implemented; use pseudonymize with code: keyed",
          "perturb",
          "'perturb' is not implemented; use generalize to: rounding",
          "scrubText",
          "'scrubText' is not implemented; use drop or redact for free text",
          "suppress",
          "'suppress' belongs to the risk stage, which is not implemented; use drop",
          "hash",
          "a hash without a key is an identifying code (45 CFR 164.514(c)) and is never made; use"
              + " pseudonymize",
          "anonymize",
          "no operator makes data anonymous by itself; say what is to happen, such as drop,"
              + " pseudonymize or generalize");

  private Operators() {}

  /** All operators, in the order in which documentation shows them. */
  public static List<OperatorFactory<?>> all() {
    return ALL;
  }

  /** The operator of that name. */
  public static Optional<OperatorFactory<?>> named(String name) {
    for (OperatorFactory<?> factory : ALL) {
      if (factory.name().equals(name)) {
        return Optional.of(factory);
      }
    }
    return Optional.empty();
  }

  /** All operators that look at several columns, for rules under {@code derive:}. */
  public static List<RowOperatorFactory<?>> ofRows() {
    return OF_ROWS;
  }

  /** The operator of that name for rules under {@code derive:}. */
  public static Optional<RowOperatorFactory<?>> ofRowsNamed(String name) {
    for (RowOperatorFactory<?> factory : OF_ROWS) {
      if (factory.name().equals(name)) {
        return Optional.of(factory);
      }
    }
    return Optional.empty();
  }

  /**
   * What every rule of a mapping still reveals, by the place of the operator's word. A rule that
   * names no operator, or whose settings cannot be read, is not among them.
   */
  public static Map<Place, Effect> effects(Mapping mapping) {
    Map<Place, Effect> effects = new HashMap<>();
    for (TableRule table : mapping.tables().values()) {
      for (ColumnRule column : table.columns().values()) {
        for (OutputRule output : column.outputs()) {
          named(output.operator().value())
              .flatMap(factory -> effect(factory, output))
              .ifPresent(effect -> effects.put(output.operator().place(), effect));
        }
      }
      for (DeriveRule rule : table.derive()) {
        ofRowsNamed(rule.operator().value())
            .flatMap(factory -> effect(factory, rule))
            .ifPresent(effect -> effects.put(rule.operator().place(), effect));
      }
    }
    return Map.copyOf(effects);
  }

  private static <C extends Record> Optional<Effect> effect(
      OperatorFactory<C> factory, OutputRule rule) {
    return Binder.bind(
            rule.settings(),
            rule.place(),
            factory.config(),
            OutputRule.commonKeys(),
            new Problems())
        .map(factory::effect);
  }

  private static <C extends Record> Optional<Effect> effect(
      RowOperatorFactory<C> factory, DeriveRule rule) {
    return Binder.bind(
            rule.settings(),
            rule.place(),
            factory.config(),
            DeriveRule.commonKeys(),
            new Problems())
        .map(factory::effect);
  }

  /** Words that are refused after {@code do:}, each with what to say instead. */
  public static Map<String, String> reserved() {
    return RESERVED;
  }
}

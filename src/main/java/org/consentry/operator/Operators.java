package org.consentry.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.Node;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.Effect;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Every operator. A new one is a new line here. Immutable. */
public final class Operators {

  /** Releases a column as it is. */
  public static final String KEEP = "keep";

  /** Releases a column where another one has some words. */
  public static final String KEEP_WHERE = "keepWhere";

  /** Releases how a person is contacted, and leaves out who cannot be. */
  public static final String CONTACT_CHANNEL = "contactChannel";

  /** The operators that are shipped. */
  public static final Operators SHIPPED =
      new Operators(
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
              new DateShift(),
              new Interval(),
              new KeepWhere(),
              new ContactChannel(),
              new ServiceClassOperator()));

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
          "no operator makes data anonymous by itself; write what is to happen, such as drop,"
              + " pseudonymize or generalize");

  private final List<OperatorFactory<?>> all;

  private Operators(List<OperatorFactory<?>> all) {
    this.all = List.copyOf(all);
  }

  /** These operators and one more. */
  public Operators with(OperatorFactory<?> factory) {
    List<OperatorFactory<?>> more = new ArrayList<>(all);
    more.add(factory);
    return new Operators(more);
  }

  /** All operators, in the order in which documentation shows them. */
  public List<OperatorFactory<?>> all() {
    return all;
  }

  /** The operator of that name. */
  public Optional<OperatorFactory<?>> named(String name) {
    for (OperatorFactory<?> factory : all) {
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
  public Map<Place, Effect> effects(Mapping mapping) {
    Map<Place, Effect> effects = new HashMap<>();
    for (TableRule table : mapping.tables().values()) {
      for (ColumnRule column : table.columns().values()) {
        for (OutputRule rule : column.outputs()) {
          ofColumn(rule.operator())
              .flatMap(each -> effect(each, rule.settings(), OutputRule.commonKeys()))
              .ifPresent(effect -> effects.put(rule.operator().place(), effect));
        }
      }
      for (DeriveRule rule : table.derive()) {
        derived(rule.operator())
            .flatMap(each -> effect(each, rule.settings(), DeriveRule.commonKeys()))
            .ifPresent(effect -> effects.put(rule.operator().place(), effect));
      }
    }
    return Map.copyOf(effects);
  }

  private Optional<OperatorFactory<?>> ofColumn(WithPlace<String> word) {
    return named(word.value()).filter(OperatorFactory::isOfColumn);
  }

  private Optional<OperatorFactory<?>> derived(WithPlace<String> word) {
    return named(word.value()).filter(factory -> !factory.isOfColumn());
  }

  private static <C extends Record> Optional<Effect> effect(
      OperatorFactory<C> factory, Node.Mapping settings, List<String> commonKeys) {
    Node.Mapping known = settings.only(Binder.keys(factory.config()));
    return Binder.bind(known, settings.place(), factory.config(), commonKeys, new Problems())
        .map(factory::effect);
  }

  /** Words that are refused after {@code do:}, each with what to write instead. */
  public static Map<String, String> reserved() {
    return RESERVED;
  }
}

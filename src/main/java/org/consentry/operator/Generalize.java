package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.consentry.config.Binder;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.problem.Problems;

/** Makes values coarser: the word after {@code to:} picks one of eight operators. */
final class Generalize implements OperatorFactory<Generalize.Config> {

  /** An operator and how its keys are taken from the common ones. */
  private record Choice<C extends Record>(OperatorFactory<C> operator, Function<Config, C> keys) {

    Effect effect(Config config) {
      return operator.effect(keys.apply(config));
    }

    Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
      return operator.bind(keys.apply(config), context, problems);
    }
  }

  /** What values become. */
  enum To {
    YEAR(new Choice<>(new Years(), config -> new Years.Config())),
    QUARTER(new Choice<>(new Quarters(), config -> new Periods.Config())),
    MONTH(new Choice<>(new Months(), config -> new Periods.Config())),
    WEEK(new Choice<>(new Weeks(), config -> new Periods.Config())),
    ZIP3(new Choice<>(new Zip3(), config -> new Zip3.Config(config.list().orElseThrow()))),
    RANGES(
        new Choice<>(
            new Ranges(), config -> new Ranges.Config(config.lowerBounds().orElseThrow()))),
    ROUNDING(
        new Choice<>(new Rounding(), config -> new Rounding.Config(config.by().orElseThrow()))),
    HIERARCHY(
        new Choice<>(
            new Hierarchy(),
            config ->
                new Hierarchy.Config(config.file().orElseThrow(), config.level().orElseThrow())));

    @SuppressWarnings("ImmutableEnumChecker") // factories are immutable
    private final Choice<?> choice;

    To(Choice<?> choice) {
      this.choice = choice;
    }

    private String word() {
      return choice.operator().name().substring(Generalization.to("").length());
    }

    private List<String> keys() {
      return Binder.keys(choice.operator().config());
    }
  }

  /**
   * Keys of {@code generalize}. Each belongs to some words of {@code to:} only.
   *
   * @param to what values become
   * @param list zip3: the list of populations
   * @param lowerBounds ranges: where each range begins, ascending
   * @param by rounding: the step, a positive number such as {@code 10} or {@code 0.5}
   * @param file hierarchy: a CSV file with one column per level, relative to the mapping
   * @param level hierarchy: the header of the level that values become
   */
  record Config(
      @Doc("what values become") To to,
      @Doc("zip3: the list of populations") Optional<Zip3.ZipList> list,
      @Doc("ranges: where each range begins, ascending") Optional<List<Long>> lowerBounds,
      @Doc("rounding: the step, such as 10 or 0.5") Optional<String> by,
      @Doc("hierarchy: a CSV file with one column per level") Optional<String> file,
      @Doc("hierarchy: the header of the level that values become") Optional<String> level) {

    Config {
      check("list", to, list.isPresent());
      check("lowerBounds", to, lowerBounds.isPresent());
      check("by", to, by.isPresent());
      check("file", to, file.isPresent());
      check("level", to, level.isPresent());
      lowerBounds.ifPresent(Ranges::check);
      by.ifPresent(Rounding::check);
      lowerBounds = lowerBounds.map(List::copyOf);
    }

    private static void check(String key, To to, boolean present) {
      boolean wanted = to.keys().contains(key);
      if (present && !wanted) {
        throw new IllegalArgumentException(key + " does not belong to " + to.word());
      }
      if (!present && wanted) {
        throw new IllegalArgumentException(to.word() + " needs the key " + key);
      }
    }
  }

  @Override
  public String name() {
    return Generalization.NAME;
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return config.to().choice.effect(config);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    return config.to().choice.bind(config, context, problems);
  }
}

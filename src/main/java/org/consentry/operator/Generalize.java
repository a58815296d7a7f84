package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.operator.text.DateFormat;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/** Makes values coarser. Which way is the word after {@code to:}. */
final class Generalize implements OperatorFactory<Generalize.Config> {

  /** What values become. */
  enum To {
    YEAR,
    QUARTER,
    MONTH,
    WEEK,
    ZIP3,
    RANGES,
    ROUNDING,
    HIERARCHY;

    String word() {
      return switch (this) {
        case YEAR -> "year";
        case QUARTER -> "quarter";
        case MONTH -> "month";
        case WEEK -> "week";
        case ZIP3 -> "zip3";
        case RANGES -> "ranges";
        case ROUNDING -> "rounding";
        case HIERARCHY -> "hierarchy";
      };
    }

    boolean isPeriod() {
      return this == YEAR || this == QUARTER || this == MONTH || this == WEEK;
    }
  }

  /** A list of areas and their population. */
  enum ZipList {
    CENSUS_2020
  }

  /**
   * Keys of {@code generalize}. Each belongs to some words of {@code to:} only.
   *
   * @param to what values become
   * @param format year, quarter, month, week: how dates are written in the source; default {@code
   *     iso}
   * @param list zip3: the list of populations
   * @param lowerBounds ranges: where each range begins, ascending
   * @param by rounding: the step, a positive number such as {@code 10} or {@code 0.5}
   * @param file hierarchy: a CSV file with one column per level, relative to the mapping
   * @param level hierarchy: the header of the level that values become
   */
  record Config(
      @Doc("what values become") To to,
      @Doc("year, quarter, month, week: how dates are written in the source; default iso")
          Optional<DateFormat> format,
      @Doc("zip3: the list of populations") Optional<ZipList> list,
      @Doc("ranges: where each range begins, ascending") Optional<List<Long>> lowerBounds,
      @Doc("rounding: the step, such as 10 or 0.5") Optional<String> by,
      @Doc("hierarchy: a CSV file with one column per level") Optional<String> file,
      @Doc("hierarchy: the header of the level that values become") Optional<String> level) {

    Config {
      if (format.isPresent() && !to.isPeriod()) {
        throw new IllegalArgumentException("format does not belong to " + to.word());
      }
      check("list", to, To.ZIP3, list.isPresent());
      check("lowerBounds", to, To.RANGES, lowerBounds.isPresent());
      check("by", to, To.ROUNDING, by.isPresent());
      check("file", to, To.HIERARCHY, file.isPresent());
      check("level", to, To.HIERARCHY, level.isPresent());
      lowerBounds.ifPresent(Ranges::check);
      by.ifPresent(Rounding::check);
      lowerBounds = lowerBounds.map(List::copyOf);
    }

    private static void check(String key, To to, To owner, boolean present) {
      if (present && to != owner) {
        throw new IllegalArgumentException(key + " does not belong to " + to.word());
      }
      if (!present && to == owner) {
        throw new IllegalArgumentException(to.word() + " needs the key " + key);
      }
    }
  }

  @Override
  public String name() {
    return "generalize";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public String summary() {
    return "Makes values coarser: dates to periods, ZIP codes to three digits, numbers to ranges or"
        + " multiples, codes to a level of a hierarchy.";
  }

  @Override
  public Effect effect(Config config) {
    return switch (config.to()) {
      case YEAR -> new Effect.Period(Effect.PeriodUnit.YEAR);
      case QUARTER -> new Effect.Period(Effect.PeriodUnit.QUARTER);
      case MONTH -> new Effect.Period(Effect.PeriodUnit.MONTH);
      case WEEK -> new Effect.Period(Effect.PeriodUnit.WEEK);
      case ZIP3 -> new Effect.Area(3);
      case RANGES -> {
        List<Long> bounds = config.lowerBounds().orElseThrow();
        yield new Effect.TruePart(Optional.of(bounds.get(bounds.size() - 1)));
      }
      case ROUNDING -> new Effect.TruePart(Optional.empty());
      case HIERARCHY -> new Effect.Listed();
    };
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    DateReader format = context.reader(config.format());
    return switch (config.to()) {
      case YEAR -> Periods.year(format, context, problems);
      case QUARTER, MONTH, WEEK -> Periods.shorter(config.to(), format, context, problems);
      case ZIP3 -> Zip3.bind(context, problems);
      case RANGES -> Ranges.bind(config.lowerBounds().orElseThrow(), context, problems);
      case ROUNDING -> Rounding.bind(config.by().orElseThrow(), context, problems);
      case HIERARCHY ->
          Hierarchy.bind(
              config.file().orElseThrow(), config.level().orElseThrow(), context, problems);
    };
  }

  /** What the operator is called in messages and notes. */
  static String operator(To to) {
    return "generalize to " + to.word();
  }
}

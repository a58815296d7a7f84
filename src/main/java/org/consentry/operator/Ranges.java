package org.consentry.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.data.PowersOfTen;
import org.consentry.operator.text.Numbers;
import org.consentry.problem.Problems;

/**
 * Numbers to ranges. A range begins at its lower bound and ends before the next. As a code, ranges
 * read {@code <18}, {@code 18-39}, {@code 65+}; as an integer, they are their lower bound, and a
 * value below the first is invalid. A fraction belongs to the range of its whole part: 39.5 is in
 * {@code 18-39} when the next range begins at 40. Digits beyond the sixth after the point are
 * rounded first: programs write 40 as {@code 39.999999999999996}.
 */
final class Ranges implements OperatorFactory<Ranges.Config> {

  private static final int SCALE = 6;

  /**
   * Keys of {@code generalize} with {@code to: ranges}.
   *
   * @param lowerBounds where each range begins, ascending
   */
  record Config(List<Long> lowerBounds) {
    Config {
      lowerBounds = List.copyOf(lowerBounds);
    }
  }

  @Override
  public String name() {
    return Generalization.to("ranges");
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.TruePart(
        Optional.of(config.lowerBounds().get(config.lowerBounds().size() - 1)));
  }

  /** Checks what a mapping lists. */
  static void check(List<Long> lowerBounds) {
    for (int i = 1; i < lowerBounds.size(); i++) {
      if (lowerBounds.get(i) <= lowerBounds.get(i - 1)) {
        throw new IllegalArgumentException("lowerBounds must ascend");
      }
    }
    for (long bound : lowerBounds) {
      if (Math.abs(bound) >= PowersOfTen.of(18 - SCALE)) {
        throw new IllegalArgumentException("lowerBounds must have at most 12 digits each");
      }
    }
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(
        name(), context, problems, FieldType.Kind.CODE, FieldType.Kind.INTEGER)) {
      return Optional.empty();
    }
    List<Long> lowerBounds = config.lowerBounds();
    long[] bounds = lowerBounds.stream().mapToLong(Long::longValue).toArray();
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Numbers were replaced by their range.",
            "The order of ranges.",
            Map.of(
                "to",
                "ranges",
                "lowerBounds",
                lowerBounds.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    boolean isCode = context.type().kind() == FieldType.Kind.CODE;
    List<String> values =
        isCode ? labels(lowerBounds) : lowerBounds.stream().map(String::valueOf).toList();
    Transformer transformer =
        isCode
            ? PerValue.labels(
                "a number", new Labels(labels(lowerBounds)), (b, s, e) -> label(bounds, b, s, e))
            : PerValue.numbers(
                "a number of at least " + bounds[0], (b, s, e) -> lowerBound(bounds, b, s, e));
    List<Level> levels = isCode ? levelsOfCodes(lowerBounds) : levelsOfNumbers(lowerBounds);
    return Optional.of(
        PlannedOperator.keyless(Generalization.NAME, note.withValues(values), transformer)
            .with(levels));
  }

  /** Two, four, eight and so on ranges become one. */
  private static List<Level> levelsOfCodes(List<Long> bounds) {
    List<String> fine = labels(bounds);
    List<Level> levels = new ArrayList<>();
    for (int joined = 2; joined < fine.size(); joined *= 2) {
      List<Long> left = new ArrayList<>();
      for (int range = joined; range < fine.size(); range += joined) {
        left.add(bounds.get(range - 1));
      }
      Map<String, String> coarse = new HashMap<>();
      for (int range = 0; range < fine.size(); range++) {
        coarse.put(fine.get(range), labels(left).get(range / joined));
      }
      levels.add(
          Level.ofTexts(word(joined), done(joined), range -> coarse.getOrDefault(range, range)));
    }
    levels.add(Level.NONE);
    return levels;
  }

  private static List<Level> levelsOfNumbers(List<Long> bounds) {
    List<Level> levels = new ArrayList<>();
    for (int joined = 2; joined < bounds.size(); joined *= 2) {
      int size = joined;
      levels.add(
          Level.ofNumbers(
              word(joined),
              done(joined),
              Map.of(),
              bound -> bounds.get(bounds.indexOf(bound) / size * size)));
    }
    levels.add(Level.NONE);
    return levels;
  }

  private static String word(int joined) {
    return joined + " ranges";
  }

  private static String done(int joined) {
    return "Then each " + joined + " ranges were joined.";
  }

  private static int label(long[] bounds, byte[] b, int start, int end) {
    long number = Numbers.rounded(b, start, end, SCALE);
    return number == Numbers.INVALID ? PerValue.INVALID_LABEL : rangeOf(bounds, number);
  }

  private static long lowerBound(long[] bounds, byte[] b, int start, int end) {
    long number = Numbers.rounded(b, start, end, SCALE);
    int range = number == Numbers.INVALID ? 0 : rangeOf(bounds, number);
    return range == 0 ? PerValue.INVALID : bounds[range - 1];
  }

  /** 0 below the first bound, else the number of the range from 1. */
  private static int rangeOf(long[] bounds, long number) {
    int range = 0;
    while (range < bounds.length && number >= bounds[range] * PowersOfTen.of(SCALE)) {
      range++;
    }
    return range;
  }

  private static List<String> labels(List<Long> bounds) {
    List<String> labels = new ArrayList<>();
    labels.add("<" + bounds.get(0));
    for (int i = 0; i + 1 < bounds.size(); i++) {
      long from = bounds.get(i);
      long to = bounds.get(i + 1) - 1;
      labels.add(from == to ? Long.toString(from) : from + "-" + to);
    }
    labels.add(bounds.get(bounds.size() - 1) + "+");
    return labels;
  }
}

package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.ValueList;
import org.consentry.operator.text.BytesLookup;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Problems;

/**
 * Replaces listed values by others. A value that is not listed is never passed through: it is
 * invalid, missing, or one named category.
 */
final class Recode implements OperatorFactory<Recode.Config> {

  private static final String STOP = "stop";
  private static final String BLANK = "blank";

  /**
   * Keys of {@code recode}.
   *
   * @param map what becomes what
   * @param table instead of {@code map}: a CSV file of a value and what it becomes in its first two
   *     columns
   * @param other what becomes of a value that is not listed: {@code stop} (it is invalid, and
   *     {@code onInvalid} decides), {@code blank}, or any other text, which it then reads; default
   *     {@code stop}
   */
  record Config(
      @Doc("what becomes what") Optional<Map<String, String>> map,
      @Doc("instead of map: a CSV file of a value and what it becomes in its first two columns")
          Optional<String> table,
      @Doc("what an unlisted value becomes: stop, blank, or any other text; default stop")
          Optional<String> other) {
    Config {
      if (map.isPresent() == table.isPresent()) {
        throw new IllegalArgumentException("map or table is needed, and not both");
      }
      map = map.map(TreeMap::new);
    }
  }

  @Override
  public String name() {
    return "recode";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Listed();
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("other", config.other().orElse(STOP));
    Optional<ValueList> listing;
    if (config.map().isPresent()) {
      List<ValueList.Entry> entries = new ArrayList<>();
      config.map().get().forEach((key, text) -> entries.add(new ValueList.Entry(key, text, 0)));
      parameters.put("values", Integer.toString(entries.size()));
      listing = Optional.of(new ValueList(Optional.empty(), entries, text(config)));
    } else {
      Optional<SmallTable> table = SmallTable.read(config.table().orElseThrow(), context, problems);
      table.ifPresent(
          read -> {
            parameters.put("table", read.name());
            parameters.put("sha256", read.sha256());
          });
      listing = table.map(read -> read.listing(1, text(config)));
    }
    return listing.flatMap(list -> plan(list, config, parameters, context, problems));
  }

  /** What unlisted values become, if that is a text. */
  private static Optional<String> text(Config config) {
    return config.other().filter(word -> !word.equals(STOP) && !word.equals(BLANK));
  }

  private Optional<Operator> plan(
      ValueList listing,
      Config config,
      Map<String, String> parameters,
      RuleContext context,
      Problems problems) {
    List<String> keys = listing.entries().stream().map(ValueList.Entry::value).toList();
    List<String> answers = listing.entries().stream().map(ValueList.Entry::answer).toList();
    String other = config.other().orElse(STOP);
    Optional<Transformer> transformer =
        context.type().isBytes()
            ? Optional.of(texts(keys, answers, other))
            : numbers(keys, answers, other, context, problems);
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Listed values were replaced by others.",
            "Equality, as far as different values were given different ones.",
            parameters);
    return transformer.map(made -> PlannedOperator.keyless(name(), note, made).listed(listing));
  }

  private static Transformer texts(List<String> keys, List<String> answers, String other) {
    return switch (other) {
      case STOP -> Lookup.labels("a listed value", keys, answers, Lookup.INVALID);
      case BLANK -> Lookup.labels("any value", keys, answers, Lookup.MISSING);
      default -> Lookup.labelsOrElse(keys, answers, other);
    };
  }

  private static Optional<Transformer> numbers(
      List<String> keys,
      List<String> answers,
      String other,
      RuleContext context,
      Problems problems) {
    FieldType type = context.type();
    long[] values = new long[answers.size()];
    boolean typed = true;
    for (int i = 0; i < values.length; i++) {
      Optional<Long> value = ValueReader.constant(answers.get(i), type);
      values[i] = value.orElse(PerValue.INVALID);
      typed &= value.isPresent();
    }
    Optional<Long> otherwise =
        switch (other) {
          case STOP -> Optional.of(PerValue.INVALID);
          case BLANK -> Optional.of(LongColumn.MISSING);
          default -> ValueReader.constant(other, type);
        };
    if (!typed || otherwise.isEmpty()) {
      problems.error(
          "CONSTANT_NOT_OF_TYPE",
          context.place(),
          "what a value becomes is not always " + ValueReader.expected(type, DateReader.ISO),
          "write constants of the declared type, or declare another type");
      return Optional.empty();
    }
    BytesLookup lookup = new BytesLookup(keys);
    long unlisted = otherwise.get();
    return Optional.of(
        PerValue.numbers(
            "a listed value",
            (b, start, end) -> {
              int key = lookup.findTrimmed(b, start, end);
              return key < 0 ? unlisted : values[key];
            }));
  }
}

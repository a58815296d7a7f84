package org.consentry.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.config.SensitiveRule;
import org.consentry.export.extract.KnownTuples;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.RiskPlan.Sensitive;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.ProblemException;
import org.consentry.risk.PrivacyModels;
import org.consentry.risk.SensitiveColumn;

/** The sensitive columns of a rule with the values of all subjects, as they are measured. */
final class SensitiveColumns {

  private final List<Measured> columns;

  private SensitiveColumns(List<Measured> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A column and what is required of its values. */
  private record Measured(SensitiveColumn column, SensitiveColumn.Model model) {}

  /**
   * Reads the values.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when a hierarchy lacks a value
   */
  static SensitiveColumns read(RiskPlan risk, RiskMeasure.Known known) {
    return new SensitiveColumns(
        risk.sensitive().stream().map(column -> read(risk, column, known)).toList());
  }

  private static Measured read(RiskPlan risk, Sensitive column, RiskMeasure.Known known) {
    Values values = new Values();
    known.forEach(
        (table, tuples) -> {
          if (table.name().equals(column.table())) {
            values.isNumber = !table.schema().fields().get(column.position()).type().isBytes();
            KnownTuples.read(
                tuples,
                risk.sensitiveOf(table),
                (position, subject, value) -> {
                  if (position == column.position()) {
                    values.add(subject, value);
                  }
                });
          }
        });
    return new Measured(values.column(), model(column, values));
  }

  List<SensitiveColumn.Result> measure(int[] groups) {
    return columns.stream().map(one -> one.column.measure(groups, one.model)).toList();
  }

  private static SensitiveColumn.Model model(Sensitive column, Values values) {
    SensitiveRule rule = column.rule();
    if (rule.closeness().isPresent()) {
      double most = rule.closeness().get();
      return switch (rule.distance().orElseThrow()) {
        case EQUAL -> PrivacyModels.equalCloseness(most);
        case ORDERED -> PrivacyModels.orderedCloseness(most);
        case HIERARCHICAL -> PrivacyModels.hierarchicalCloseness(most, values.labels(column));
      };
    }
    return rule.distinct()
        .map(PrivacyModels::distinct)
        .or(() -> rule.entropy().map(PrivacyModels::entropy))
        .or(() -> rule.recursive().map(most -> PrivacyModels.recursive(most.c(), most.l())))
        .orElseThrow();
  }

  /** The values of one column, numbered from 1 on in their order once all are added. */
  private static final class Values {
    private final Map<String, Integer> numbers = new TreeMap<>();
    private boolean isNumber;
    private long[] pairs = new long[0];
    private int count;

    void add(int subject, String value) {
      Integer known = numbers.putIfAbsent(value, numbers.size());
      int number = known == null ? numbers.size() - 1 : known;
      if (count == pairs.length) {
        pairs = Arrays.copyOf(pairs, Math.max(16, 2 * count));
      }
      pairs[count++] = (long) subject << Integer.SIZE | number;
    }

    SensitiveColumn column() {
      int[] places = new int[numbers.size()];
      int place = SensitiveColumn.MISSING + 1;
      for (int number : numbers.values()) {
        places[number] = place++;
      }
      long[] ordered = new long[count];
      for (int i = 0; i < count; i++) {
        ordered[i] = pairs[i] >> Integer.SIZE << Integer.SIZE | places[(int) pairs[i]];
      }
      return new SensitiveColumn(place, ordered);
    }

    /** The coarser levels of each value; a missing one is its own up to the last. */
    List<List<String>> labels(Sensitive column) {
      List<String> any = column.levels().values().iterator().next();
      String root = any.get(any.size() - 1);
      List<String> ofMissing = new ArrayList<>();
      for (int level = 1; level < any.size(); level++) {
        ofMissing.add("\0");
      }
      ofMissing.add(root);
      List<List<String>> labels = new ArrayList<>(List.of(ofMissing));
      long unlisted =
          numbers.keySet().stream().filter(v -> !column.levels().containsKey(text(v))).count();
      if (unlisted > 0) {
        throw ProblemException.of(
            Category.DISCLOSURE_CHECK,
            "HIERARCHY_VALUE",
            column.rule().hierarchy().orElseThrow().place(),
            CountWords.of(unlisted, "value", "different values")
                + " of column '"
                + column.rule().column().value()
                + "' "
                + (unlisted == 1 ? "is" : "are")
                + " not in the hierarchy; nothing was released",
            "add rows for all values of the column to the file");
      }
      numbers.keySet().forEach(value -> labels.add(column.levels().getOrDefault(text(value), any)));
      return labels;
    }

    private String text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
      return isNumber
          ? Long.toString(ByteBuffer.wrap(bytes).getLong() ^ Long.MIN_VALUE)
          : new String(bytes, StandardCharsets.UTF_8);
    }
  }
}

package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.SmallCounts;
import org.consentry.export.extract.ReleasedBatches;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.release.Disclosure;

/**
 * From whom suppression took: shares of the released values of each identity column of the subjects
 * table, of all people and of those who stay. Whole numbers are joined to spans of twenty; a value
 * of fewer than {@value SmallCounts#FEWEST} people is not shown. Values leave it by such shares
 * alone.
 */
final class LeftOutPeople {

  private static final int SPAN = 20;

  private final BitSet out;
  private final Map<String, Map<String, long[]>> counts = new TreeMap<>();

  private LeftOutPeople(BitSet out) {
    this.out = out;
  }

  /**
   * Reads the subjects table again.
   *
   * @param decided what was decided before anyone was left out
   * @param out who was left out
   */
  static List<Disclosure.LeftOut> of(
      ExportPlan plan, RiskPlan risk, RunKeys keys, RunDecisions decided, BitSet out) {
    LeftOutPeople people = new LeftOutPeople(out);
    new ReleasedBatches(plan, decided.splits(), keys)
        .readSubjects(
            decided.decisions(),
            (table, rows, subjects) -> {
              for (int position : risk.identityOf(table)) {
                people.add(table, position, rows.columns().get(position), subjects);
              }
            });
    return people.shares();
  }

  private void add(TableExtract table, int position, Column column, int[] subjects) {
    FieldType.Kind kind = table.schema().fields().get(position).type().kind();
    if (column instanceof LongColumn && kind != FieldType.Kind.INTEGER) {
      return; // dates and fractions have no few values
    }
    String name = table.name() + "." + table.schema().fields().get(position).name();
    Map<String, long[]> ofColumn = counts.computeIfAbsent(name, unseen -> new TreeMap<>());
    IntFunction<String> words = row -> column.isMissing(row) ? "no value" : words(column, row);
    for (int row = 0; row < column.rows(); row++) {
      long[] count = ofColumn.computeIfAbsent(words.apply(row), unseen -> new long[2]);
      count[0]++;
      count[1] += out.get(subjects[row]) ? 0 : 1;
    }
  }

  private static String words(Column column, int row) {
    if (column instanceof LongColumn numbers) {
      long first = Math.floorDiv(numbers.values()[row], SPAN) * SPAN;
      return first + "-" + (first + SPAN - 1);
    }
    BytesColumn texts = (BytesColumn) column;
    int start = texts.starts()[row];
    return new String(texts.buffer(), start, texts.ends()[row] - start, StandardCharsets.UTF_8);
  }

  private List<Disclosure.LeftOut> shares() {
    List<Disclosure.LeftOut> shares = new ArrayList<>();
    counts.forEach(
        (column, values) -> {
          if (values.size() == 1) {
            return; // as of all people
          }
          long[] all = sum(values.values().stream());
          values.forEach(
              (value, count) -> {
                if (count[0] >= SmallCounts.FEWEST) {
                  shares.add(share(column, value, count, all));
                }
              });
          long[] few = sum(values.values().stream().filter(count -> count[0] < SmallCounts.FEWEST));
          if (few[0] >= SmallCounts.FEWEST) {
            shares.add(share(column, "values of few people", few, all));
          }
        });
    return shares;
  }

  private static Disclosure.LeftOut share(String column, String value, long[] count, long[] all) {
    return new Disclosure.LeftOut(
        column,
        value,
        percent(count[0], all[0]),
        percent(count[1], all[1]),
        SmallCounts.rounded(count[0] - count[1], count[0] - count[1]));
  }

  private static long percent(long part, long all) {
    return all == 0 ? 0 : Math.round(100.0 * part / all);
  }

  private static long[] sum(Stream<long[]> counts) {
    return counts.reduce(
        new long[2], (one, other) -> new long[] {one[0] + other[0], one[1] + other[1]});
  }
}

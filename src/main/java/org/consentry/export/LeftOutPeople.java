package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.SmallCounts;
import org.consentry.export.extract.ReleasedBatches;
import org.consentry.ledger.Figure;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.RiskPlan;
import org.consentry.plan.TableExtract;
import org.consentry.release.Disclosure;

/**
 * From whom suppression took: of each identity column of the subjects table, who was left out by
 * released value, beside the shares of all people and of those who stay. Whole numbers are joined
 * to spans of twenty. A value of fewer than {@value SmallCounts#FEWEST} people who stay is joined
 * with all others of few. So which values have a count depends on the released data alone.
 */
final class LeftOutPeople {

  private static final int SPAN = 20;
  private static final String MISSING = "no value";
  private static final String OTHERS = "all other values";

  private final BitSet out;
  private final Map<String, Map<String, Count>> counts = new TreeMap<>();

  private LeftOutPeople(BitSet out) {
    this.out = out;
  }

  /** People of a value: how many stay, and who does not. */
  private static final class Count {
    private long stay;
    private final BitSet left = new BitSet();

    void add(Count other) {
      stay += other.stay;
      left.or(other.left);
    }

    long all() {
      return stay + left.cardinality();
    }
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
    Map<String, Count> ofColumn = counts.computeIfAbsent(name, unseen -> new TreeMap<>());
    IntFunction<String> words = row -> column.isMissing(row) ? MISSING : words(column, row);
    for (int row = 0; row < column.rows(); row++) {
      Count count = ofColumn.computeIfAbsent(words.apply(row), unseen -> new Count());
      if (out.get(subjects[row])) {
        count.left.set(subjects[row]);
      } else {
        count.stay++;
      }
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
    shares.add(
        new Disclosure.LeftOut(
            "all people", "", new Figure.Key("", "SMALL_GROUP of all"), 100, 100, out));
    counts.forEach((column, values) -> shares.addAll(shares(column, values)));
    return shares;
  }

  private static List<Disclosure.LeftOut> shares(String column, Map<String, Count> values) {
    Count all = new Count();
    values.values().forEach(all::add);
    Count missing = values.getOrDefault(MISSING, new Count());
    if (missing.stay == all.stay) {
      return List.of(); // the column has no values in the data
    }
    List<Disclosure.LeftOut> shares = new ArrayList<>();
    Count others = new Count();
    List<String> shown = new ArrayList<>();
    values.forEach(
        (value, count) -> {
          if (count.stay < SmallCounts.FEWEST) {
            others.add(count);
          } else {
            shown.add(value);
            shares.add(share(column, value, value, count, all));
          }
        });
    shares.add(share(column, OTHERS, "none of " + String.join("|", shown), others, all));
    return shares;
  }

  /**
   * What became of a value.
   *
   * @param what names the value in the book of figures: who is among all others depends on the
   *     values that are not, so that the others of two releases are two counts
   */
  private static Disclosure.LeftOut share(
      String column, String value, String what, Count count, Count all) {
    return new Disclosure.LeftOut(
        column,
        value,
        new Figure.Key("", "SMALL_GROUP " + column + " " + what),
        percent(count.all(), all.all()),
        percent(count.stay, all.stay),
        count.left);
  }

  private static long percent(long part, long all) {
    return all == 0 ? 0 : Math.round(100.0 * part / all);
  }
}

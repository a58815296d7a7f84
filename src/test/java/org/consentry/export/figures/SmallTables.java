package org.consentry.export.figures;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.release.ColumnFigures;
import org.consentry.release.ColumnFigures.Shape;

/** Tables of a code of the subject and one other column, counted as a run counts them. */
final class SmallTables {

  /** Every value beside it is one of another person. */
  static final Effect TRUE = new Effect.TrueValue();

  private SmallTables() {}

  /** A row of a person; a value that is empty text is missing. */
  record Row(int person, String value) {}

  /** Counts rows in the order of their people, in batches of that many rows. */
  static TableCount count(FieldType type, Effect effect, int most, List<Row> rows, int batch) {
    TableCount count = empty(type, effect, most);
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(Row::person));
    for (int from = 0; from < sorted.size(); from += batch) {
      count.add(batch(type, sorted.subList(from, Math.min(sorted.size(), from + batch))));
    }
    return count;
  }

  static TableCount empty(FieldType type, Effect effect, int most) {
    return new TableCount(
        List.of(new Field("code", FieldType.CODE, ""), new Field("value", type, "")),
        List.of(new Subjects(), TableCount.count(type, effect, Shape.EVENTS, most)),
        0);
  }

  static ColumnFigures figures(FieldType type, List<Row> rows) {
    return of(count(type, TRUE, 4096, rows, 1000));
  }

  /** The figures of the column beside the code. */
  static ColumnFigures of(TableCount count) {
    return Optional.ofNullable(count.figures().get("value")).orElseThrow();
  }

  private static RowBatch batch(FieldType type, List<Row> rows) {
    List<String> codes = rows.stream().map(row -> "person-" + row.person()).toList();
    List<String> values = rows.stream().map(Row::value).toList();
    Column second = type.isBytes() ? texts(values) : numbers(values);
    return new RowBatch(rows.size(), List.of(texts(codes), second), List.of(), row -> row);
  }

  private static BytesColumn texts(List<String> values) {
    byte[] buffer = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[values.size()];
    int[] ends = new int[values.size()];
    int at = 0;
    for (int row = 0; row < values.size(); row++) {
      int length = values.get(row).getBytes(StandardCharsets.UTF_8).length;
      starts[row] = length == 0 ? BytesColumn.MISSING : at;
      at += length;
      ends[row] = at;
    }
    return new BytesColumn(values.size(), buffer, starts, ends);
  }

  private static LongColumn numbers(List<String> values) {
    long[] numbers =
        values.stream()
            .mapToLong(value -> value.isEmpty() ? LongColumn.MISSING : Long.parseLong(value))
            .toArray();
    return new LongColumn(numbers.length, numbers);
  }

  /** How many people have a row whose value is one of these. */
  static int people(List<Row> rows, List<String> values) {
    TreeSet<Integer> people = new TreeSet<>();
    rows.stream()
        .filter(row -> values.contains(row.value()))
        .forEach(row -> people.add(row.person()));
    return people.size();
  }

  static long rows(List<Row> rows, List<String> values) {
    return rows.stream().filter(row -> values.contains(row.value())).count();
  }

  /** One row each of as many people as a map has for a value. */
  static List<Row> onePerPerson(Map<String, Integer> people) {
    List<Row> rows = new ArrayList<>();
    people.forEach(
        (value, count) -> {
          for (int i = 0; i < count; i++) {
            rows.add(new Row(rows.size(), value));
          }
        });
    return rows;
  }
}

package org.consentry.benchmark;

import static org.consentry.benchmark.CsvRow.mix;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Any number of tables with any number of columns. Beside the columns of every {@link Work}, codes,
 * whole numbers and decimals take turns, which are released, with texts, which are not.
 *
 * @param count how many tables
 * @param columns how many columns each table has
 * @param rowsOfEach how many rows each table has
 * @param people whose rows they are
 */
record Grid(int count, int columns, int rowsOfEach, People people) implements Work {

  /** What the columns are, in turn. */
  private enum Kind {
    CODE("code", "VARCHAR"),
    INTEGER("integer", "BIGINT"),
    DECIMAL("decimal(9,2)", "DECIMAL(9,2)"),
    DROPPED("", "VARCHAR");

    private final String type;
    private final String sql;

    Kind(String type, String sql) {
      this.type = type;
      this.sql = sql;
    }
  }

  private static final int FIRST_DAY = 16_436;
  private static final int DAYS = 4_000;
  private static final byte[][] WORDS =
      CsvRow.bytes("H02.401", "H02.831", "N62", "Z42.1", "J34.2", "H02.103", "L90.5", "H02.32");
  private static final List<String> FIRST = List.of("patient_id", "visited_on", "sequence");

  @Override
  public String folder() {
    return "grid-" + count + "-" + columns + "-" + rowsOfEach;
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT,
        "%d %s of %,d columns and %,d rows",
        count,
        count == 1 ? "table" : "tables",
        columns,
        rowsOfEach);
  }

  @Override
  public long rows() {
    return (long) count * rowsOfEach;
  }

  @Override
  public List<String> tables() {
    return IntStream.range(0, count).mapToObj(table -> "events_" + table).toList();
  }

  @Override
  public void write(Path folder) throws IOException {
    people.write(folder);
    long sequence = 0;
    for (String table : tables()) {
      try (OutputStream out = People.open(folder.resolve(table + ".csv"))) {
        CsvRow row = new CsvRow();
        row.put(String.join(",", FIRST) + each(column -> "," + name(column)));
        row.end(out);
        for (int i = 0; i < rowsOfEach; i++) {
          row(row, sequence++);
          row.end(out);
        }
      }
    }
  }

  private void row(CsvRow row, long sequence) {
    row.patient((int) (mix(sequence, 0) % people.count()));
    row.put(',');
    row.date(FIRST_DAY + (int) (mix(sequence, 1) % DAYS));
    row.put(',');
    row.plain(sequence);
    for (int column = FIRST.size(); column < columns; column++) {
      long number = mix(sequence, column) % 900_000;
      row.put(',');
      switch (kind(column)) {
        case CODE -> row.word(WORDS, number);
        case INTEGER -> row.plain(number);
        case DECIMAL -> row.money(number);
        case DROPPED -> row.put("seen");
      }
    }
  }

  @Override
  public String rules() throws IOException {
    String rules =
        each(
            column ->
                String.format(
                    Locale.ROOT,
                    "      %s: {role: non-sensitive, %s}%n",
                    name(column),
                    kind(column) == Kind.DROPPED
                        ? "do: drop, why: not in the protocol"
                        : "do: keep, type: \""
                            + kind(column).type
                            + "\", why: outcome, label: Value"));
    return ofEachTable("events.yaml", Map.of("columns", rules));
  }

  @Override
  public String copies() throws IOException {
    String read = each(column -> ", '" + name(column) + "': '" + kind(column).sql + "'");
    String released = each(column -> kind(column) == Kind.DROPPED ? "" : ", e." + name(column));
    return ofEachTable("events.sql", Map.of("columns", read, "released", released));
  }

  private String ofEachTable(String file, Map<String, String> values) throws IOException {
    String one = Template.file(file, values);
    return tables().stream()
        .map(table -> one.replace("${table}", table))
        .collect(Collectors.joining());
  }

  @Override
  public Map<String, String> compared() {
    return IntStream.range(FIRST.size(), columns)
        .filter(column -> kind(column) != Kind.DROPPED)
        .boxed()
        .collect(Collectors.toMap(Grid::name, column -> kind(column).sql));
  }

  /** Something of each column after the first ones. */
  private String each(IntFunction<String> text) {
    return IntStream.range(FIRST.size(), columns).mapToObj(text).collect(Collectors.joining());
  }

  private static Kind kind(int column) {
    return Kind.values()[column % Kind.values().length];
  }

  private static String name(int column) {
    return "value_" + column;
  }
}
